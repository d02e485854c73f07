"""What the demo tells of effect: one measure that rises, one that does not, and the registers."""

from django.utils import timezone

from organisations.models import Organisation
from recommendations.assessing import is_overdue
from recommendations.effect import Movement
from recommendations.enums import State
from recommendations.queries.effect import effects_of, indicators_of, measured


def test_it_is_told(demo: str, db: None) -> None:
    home = Organisation.objects.exclude(indicators=None).get()
    found = {one.indicator.kind: one for one in measured(indicators_of(home))}
    assert {kind: one.standing.movement for kind, one in found.items()} == {
        "workforce": Movement.RIGHT_WAY,
        "survey": Movement.NOT_MOVED,
    }
    closed = home.recommendations.filter(state=State.CLOSED_IMPLEMENTED)
    flat = [each.flat for said in effects_of(closed).values() for each in said]
    assert [text.startswith("Closed, but") for text in flat] == [True] * bool(closed)
    today = timezone.localdate()
    reviews = home.assessments.values_list("next_review", flat=True)
    assert sorted(is_overdue(day, today=today) for day in reviews) == [False, True]
    assert home.partners.count() == 2
