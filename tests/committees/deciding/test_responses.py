"""The committee says whether the organisation agrees."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError

from committees import deciding as rules
from committees.actions import deciding
from committees.models import Decision, Meeting
from committees.refusals import STANDS_ALREADY, GroupRefused
from organisations.models import User
from recommendations.models import Recommendation
from recommendations.refusals import CLOSED, RecommendationRefused
from tests.committees.deciding.conftest import NOW, row, seated
from tests.factories.deciding import closed_by_decision
from tests.recommendations.actions.conftest import fail


def decide(recommendation: Recommendation, meeting: Meeting, by: User, **said: Any) -> Decision:
    given = {"pack": None, "response": "accepted", "reason": "", "now": NOW, **said}
    return deciding.decide_response(recommendation=recommendation, meeting=meeting, by=by, **given)


def test_it_works(
    recommendation: Recommendation, meeting: Meeting, chair: User, sponsor: User
) -> None:
    said = {"response": "accepted_in_part", "reason": " Not for the shops. "}
    decision = decide(recommendation, meeting, chair, **said)
    recommendation.refresh_from_db()
    assert recommendation.response == "accepted_in_part"
    assert recommendation.response_reason == "Not for the shops."
    assert row(decision) == {
        "kind": "response",
        "ruling": "",
        "response": "accepted_in_part",
        "reason": "Not for the shops.",
        "decided_by": chair,
        "asked_by": None,
        "owners": {sponsor.pk},
        "was_passed_on": False,
    }


def test_less_than_a_yes_owes_a_reason(
    recommendation: Recommendation, meeting: Meeting, chair: User
) -> None:
    with pytest.raises(GroupRefused, match=rules.REASON_OWED):
        decide(recommendation, meeting, chair, response="not_accepted")


def test_the_same_again_is_refused(
    recommendation: Recommendation, meeting: Meeting, chair: User
) -> None:
    decide(recommendation, meeting, chair)
    with pytest.raises(GroupRefused, match=STANDS_ALREADY):
        decide(recommendation, meeting, chair)
    decide(recommendation, meeting, chair, response="not_accepted", reason="No money.")
    assert Decision.objects.count() == 2


def test_an_owner_with_a_seat_may(
    recommendation: Recommendation, meeting: Meeting, sponsor: User
) -> None:
    seated(meeting.group, sponsor, is_chair=True)
    assert decide(recommendation, meeting, sponsor).decided_by == sponsor


def test_not_without_a_seat(recommendation: Recommendation, meeting: Meeting, alice: User) -> None:
    with pytest.raises(PermissionDenied):
        decide(recommendation, meeting, alice)


def test_not_once_it_is_closed(
    recommendation: Recommendation, meeting: Meeting, chair: User
) -> None:
    closed_by_decision(recommendation)
    with pytest.raises(RecommendationRefused, match=CLOSED):
        decide(recommendation, meeting, chair)


def test_it_rolls_back_whole(
    recommendation: Recommendation, meeting: Meeting, chair: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recommendations.actions.responding.record_about", fail)
    with pytest.raises(DatabaseError):
        decide(recommendation, meeting, chair)
    recommendation.refresh_from_db()
    assert (recommendation.response, Decision.objects.count()) == ("none_yet", 0)
