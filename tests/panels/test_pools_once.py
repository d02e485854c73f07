"""Nobody is in two pools of one measure, and a quarter that was passed by stays as it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Count as Rows

from organisations.models import Organisation, User
from panels.actions.over_time import release_pools
from panels.audit import Count, LineUp, Tally, audit_line_up
from panels.enums import Audience, Basis, Counted, Definition, GatheringKind, Measure, Part
from panels.models import PooledGathering, PooledRelease
from panels.pools import Range, candidate
from panels.thresholds import Thresholds
from tests.factories.panels import GatheringFactory, enter_count, numbers

LONDON = ZoneInfo("Europe/London")
IN_THE_FOURTH = datetime(2026, 11, 22, 12, tzinfo=LONDON)
IN_THE_NEXT = datetime(2027, 1, 2, 12, tzinfo=LONDON)


def three_counted(harbour: Organisation, by: User, day: date) -> None:
    for _ in range(3):
        found = GatheringFactory(organisation=harbour, held_on=day)
        enter_count(
            found,
            numbers(9, 2, 5, 2, 5),
            by=by,
            now=datetime(day.year, day.month, day.day, 12, tzinfo=LONDON),
            women_basis=Basis.SELF_DECLARED,
        )


def test_the_next_pool_holds_others_alone(harbour: Organisation, alice: User) -> None:
    three_counted(harbour, alice, date(2026, 8, 3))
    assert release_pools(now=IN_THE_FOURTH) == 2
    three_counted(harbour, alice, date(2026, 10, 5))
    assert release_pools(now=IN_THE_NEXT) == 2
    assert {release.facts["gatherings"] for release in PooledRelease.objects.all()} == {3}
    of_each = PooledGathering.objects.values("gathering", "measure").annotate(pools=Rows("pk"))
    assert [row["pools"] for row in of_each.order_by()] == [1] * 12


def test_none_for_a_quarter_before_the_last(harbour: Organisation, alice: User) -> None:
    """As when the clock was wrong: what was released since was made without it."""
    three_counted(harbour, alice, date(2026, 8, 3))
    assert release_pools(now=IN_THE_NEXT) == 2
    three_counted(harbour, alice, date(2026, 8, 4))
    assert release_pools(now=IN_THE_FOURTH) == 0


@pytest.mark.parametrize("audience", Audience)
def test_being_in_a_pool_says_that_somebody_is_known(audience: Audience) -> None:
    hidden = Tally(
        Part.WHOLE,
        Counted.COUNTED,
        Measure.MINORITISED,
        Count(0, 2, 6),
        Basis.SELF_DECLARED,
        Definition.MINORITISED_SELF_DEFINED,
    )
    judged = audit_line_up(LineUp(GatheringKind.PANEL, (hidden,)), Thresholds()).minoritised
    waiting = candidate("one", judged)
    assert waiting is not None
    assert waiting.told(audience).known == Range(1, 8)
