"""What a check-in writes, and what it refuses."""

from datetime import UTC, date, datetime

import pytest

from commitments import actions
from commitments.enums import Kept, PledgeState, PledgeVerb
from commitments.models import Pledge, Wording
from history.models import Entry
from organisations.models import User
from tests.commitments.actions.conftest import NOW, everything, look_back
from tests.factories.commitments import InvitationFactory, PledgeFactory

TODAY = date(2026, 5, 20)


def test_a_check_in_answers_every_kept_promise(old: Pledge, alice: User) -> None:
    check_in = look_back(old, alice, {1: (Kept.KEPT, "Asked twice")})
    assert check_in.period == date(2026, 4, 1)
    lines = check_in.lines.order_by("promise__position").values_list("kept", "remark__text")
    assert list(lines) == [(Kept.KEPT, "Asked twice"), *[(Kept.NOTHING, None)] * 7]
    assert Entry.objects.get(verb=PledgeVerb.CHECKED_IN).details == {"period": "April 2026"}


def test_a_promise_left_out_is_not_asked_about(alice: User, wording: Wording) -> None:
    made = datetime(2026, 1, 5, tzinfo=UTC)
    pledge = PledgeFactory(
        leader=alice, signing=wording, signing__left_out=("balanced_panels",), created_at=made
    )
    assert look_back(pledge, alice).lines.count() == 7


def test_a_second_check_in_of_a_period_finds_the_first(old: Pledge, alice: User) -> None:
    first = look_back(old, alice, {1: (Kept.KEPT, "")})
    before = everything()
    assert look_back(old, alice, {1: (Kept.PARTLY, "")}) == first
    assert everything() == before


@pytest.mark.parametrize("period", [date(2026, 3, 1), date(2026, 5, 1), date(2026, 4, 2)])
def test_answers_about_another_period_are_refused(old: Pledge, alice: User, period: date) -> None:
    """Asked about March on the last evening of April, and sent in May."""
    before = everything()
    with pytest.raises(actions.CheckInRefused, match=r"check-in for April 2026 is open now"):
        look_back(old, alice, period=period)
    assert everything() == before


def test_a_closed_pledge_is_kept_no_more(old: Pledge, alice: User) -> None:
    InvitationFactory(pledge=old, received_on=TODAY)
    Pledge.objects.update(state=PledgeState.CLOSED, closed_at=NOW)
    before = everything()
    with pytest.raises(actions.CheckInRefused):
        look_back(old, alice)
    assert everything() == before


def test_a_young_pledge_has_no_check_in_yet(alice: User, wording: Wording) -> None:
    young = PledgeFactory(leader=alice, signing=wording, created_at=NOW)
    with pytest.raises(actions.CheckInRefused):
        look_back(young, alice)
