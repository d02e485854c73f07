"""Two at once: one proposal, one request, one ending of each."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from committees.actions.deciding import decide_closure
from organisations.models import User
from recommendations.actions import closing
from recommendations.actions.objecting import object_to_action
from recommendations.enums import Ruling
from recommendations.models import Action, ClosureProposal, Extension, Objection, Recommendation
from tests.factories.closing import asked_for, proposed
from tests.factories.deciding import committee_member, sitting
from tests.factories.recommendations import ActionFactory
from tests.panels.test_answering_races import at_once
from tests.recommendations.closing.conftest import DUE, NOW, TODAY

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = "RecommendationRefused"


def outcomes(*work: Callable[[], Any]) -> list[bool]:
    """Which of them were refused, sorted."""
    return sorted(found == REFUSED for found in at_once(*work))


def test_two_proposals(proven: Recommendation, lead: User, sponsor: User) -> None:
    found = outcomes(
        lambda: proposed(proven, by=lead, at=NOW), lambda: proposed(proven, by=sponsor, at=NOW)
    )
    assert (found, ClosureProposal.objects.count()) == ([False, True], 1)


def test_two_requests(action: Action, lead: User, sponsor: User) -> None:
    day = DUE + timedelta(days=30)
    found = outcomes(
        lambda: asked_for(action, day, by=lead, at=NOW),
        lambda: asked_for(action, day, by=sponsor, at=NOW),
    )
    assert (found, Extension.objects.count()) == ([False, True], 1)


def test_a_decision_against_a_withdrawal(proven: Recommendation, lead: User) -> None:
    """Whichever comes first, the other finds it over."""
    proposal = proposed(proven, by=lead, at=NOW)

    def withdraw() -> object:
        return closing.withdraw_proposal(proposal=proposal, by=lead, now=NOW)

    by = committee_member(proven.organisation)
    meeting = sitting(proven.organisation, member=by, day=TODAY)

    def decide() -> object:
        return decide_closure(
            proposal=proposal,
            meeting=meeting,
            pack=None,
            ruling=Ruling.RETURNED,
            reason="Show us the figures of one more quarter.",
            by=by,
            now=NOW,
        )

    found = at_once(withdraw, decide)
    proposal.refresh_from_db()
    assert found.count(REFUSED) == 1
    assert (proposal.withdrawn_at is None) != (proposal.settled_at is None)


def test_two_clicks_on_no(recommendation: Recommendation, lead: User) -> None:
    asked = ActionFactory(recommendation=recommendation, position=1, responsible_owner=lead)

    def say_no() -> object:
        return object_to_action(action=asked, kind="objects", reason="No time.", by=lead, now=NOW)

    assert (outcomes(say_no, say_no), Objection.objects.count()) == ([False, True], 1)
