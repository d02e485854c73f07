"""Proposing to close, taking it back, and what follows from the decision."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from history.models import Entry
from organisations.models import User
from recommendations.actions import closing
from recommendations.closing import ALREADY_PROPOSED, OUTCOME_OWED, REASON_OWED
from recommendations.enums import Ruling, State
from recommendations.models import (
    Action,
    ClosureProposal,
    ExtensionEnd,
    Recheck,
    Recommendation,
)
from recommendations.refusals import CLOSED, ENDED_PROPOSAL, NOT_DECIDED, RecommendationRefused
from tests.factories.closing import asked_for, decide_closure, implemented, proposed
from tests.factories.deciding import closed_by_decision
from tests.recommendations.actions.conftest import fail, verbs
from tests.recommendations.closing.conftest import DUE, NOW, TODAY, taken_away

OUTCOME: dict[str, Any] = {
    "wanted": State.CLOSED_IMPLEMENTED,
    "reason": "",
    "outcome": "Waiting times are shorter.",
}


def details(recommendation: Recommendation, verb: str) -> dict[str, str]:
    found: dict[str, str] = Entry.objects.about(recommendation).get(verb=verb).details
    return found


class TestPropose:
    def test_the_lead_proposes(self, proven: Recommendation, lead: User) -> None:
        proposal = proposed(proven, by=lead, at=NOW, **OUTCOME)
        proven.refresh_from_db()
        assert proven.state == State.PROPOSED_FOR_CLOSURE
        assert (proposal.outcome, proposal.is_open) == ("Waiting times are shorter.", True)
        assert details(proven, "recommendation.closure_proposed") == {
            "state": "closed_implemented",
            "proposal": str(proposal.pk),
        }

    def test_the_sponsor_proposes(self, proven: Recommendation, sponsor: User) -> None:
        assert proposed(proven, by=sponsor, at=NOW, **OUTCOME).proposed_by == sponsor

    def test_a_role_is_not_enough(self, proven: Recommendation, alice: User) -> None:
        with pytest.raises(PermissionDenied):
            proposed(proven, by=alice, at=NOW)
        assert verbs(proven) == []

    @pytest.mark.parametrize(
        ("said", "why"),
        [
            ({**OUTCOME, "outcome": ""}, OUTCOME_OWED),
            ({"reason": " "}, REASON_OWED),
        ],
    )
    def test_what_is_owed(
        self, proven: Recommendation, lead: User, said: dict[str, Any], why: str
    ) -> None:
        with pytest.raises(RecommendationRefused, match=why):
            proposed(proven, by=lead, at=NOW, **said)
        assert (ClosureProposal.objects.count(), verbs(proven)) == (0, [])

    def test_an_action_that_is_not_shown(self, proven: Recommendation, lead: User) -> None:
        taken_away(proven, 2)
        with pytest.raises(RecommendationRefused, match="Action 2 is not shown to be done yet"):
            proposed(proven, by=lead, at=NOW, **OUTCOME)

    def test_one_at_a_time(self, proven: Recommendation, lead: User) -> None:
        proposed(proven, by=lead, at=NOW)
        with pytest.raises(RecommendationRefused, match=ALREADY_PROPOSED):
            proposed(proven, by=lead, at=NOW)

    def test_a_closed_one(self, proven: Recommendation, lead: User) -> None:
        closed_by_decision(proven, at=NOW)
        with pytest.raises(RecommendationRefused, match=CLOSED):
            proposed(proven, by=lead, at=NOW)

    def test_it_rolls_back_whole(
        self, proven: Recommendation, lead: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(closing, "record_about", fail)
        with pytest.raises(DatabaseError), transaction.atomic():
            proposed(proven, by=lead, at=NOW)
        proven.refresh_from_db()
        assert (ClosureProposal.objects.count(), proven.state) == (0, State.NOT_STARTED)


class TestWithdraw:
    @pytest.mark.parametrize("who", ["lead", "sponsor"])
    def test_any_owner_takes_it_back(
        self, proven: Recommendation, lead: User, sponsor: User, who: str
    ) -> None:
        proposal = proposed(proven, by=lead, at=NOW)
        by = {"lead": lead, "sponsor": sponsor}[who]
        closing.withdraw_proposal(proposal=proposal, by=by, now=NOW)
        proven.refresh_from_db()
        proposal.refresh_from_db()
        assert (proven.state, proposal.withdrawn_at) == (State.IN_PROGRESS, NOW)
        assert proposed(proven, by=lead, at=NOW).is_open

    def test_nobody_else(self, proven: Recommendation, lead: User, alice: User) -> None:
        proposal = proposed(proven, by=lead, at=NOW)
        with pytest.raises(PermissionDenied):
            closing.withdraw_proposal(proposal=proposal, by=alice, now=NOW)

    def test_twice(self, proven: Recommendation, lead: User) -> None:
        proposal = proposed(proven, by=lead, at=NOW)
        closing.withdraw_proposal(proposal=proposal, by=lead, now=NOW)
        with pytest.raises(RecommendationRefused, match=ENDED_PROPOSAL):
            closing.withdraw_proposal(proposal=proposal, by=lead, now=NOW)

    def test_once_it_is_decided(self, proven: Recommendation, lead: User) -> None:
        proposal = implemented(proven, by=lead, at=NOW)
        with pytest.raises(RecommendationRefused, match=ENDED_PROPOSAL):
            closing.withdraw_proposal(proposal=proposal, by=lead, now=NOW)

    def test_it_rolls_back_whole(
        self, proven: Recommendation, lead: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        proposal = proposed(proven, by=lead, at=NOW)
        monkeypatch.setattr(closing, "record_about", fail)
        with pytest.raises(DatabaseError), transaction.atomic():
            closing.withdraw_proposal(proposal=proposal, by=lead, now=NOW)
        proposal.refresh_from_db()
        assert proposal.is_open


class TestSettle:
    def test_approved_as_implemented(self, proven: Recommendation, lead: User) -> None:
        proposal = implemented(proven, by=lead, at=NOW)
        proposal.refresh_from_db()
        assert (proven.state, proven.closed_on, proven.outcome, proven.is_activity_only) == (
            State.CLOSED_IMPLEMENTED,
            TODAY,
            "Waiting times are shorter.",
            False,
        )
        assert proposal.settled_at == NOW
        assert list(
            Recheck.objects.order_by("months").values_list("months", "due_on", "proposal")
        ) == [(6, date(2026, 9, 10), proposal.pk), (12, date(2027, 3, 10), proposal.pk)]
        assert details(proven, "recommendation.closed") == {
            "state": "closed_implemented",
            "activity_only": "",
            "proposal": str(proposal.pk),
        }

    def test_activity_only_is_marked(self, proven: Recommendation, lead: User) -> None:
        said = {**OUTCOME, "outcome": "", "is_activity_only": True}
        decide_closure(proposed(proven, by=lead, at=NOW, **said), Ruling.APPROVED, at=NOW)
        proven.refresh_from_db()
        assert (proven.is_activity_only, proven.outcome) == (True, "")
        assert details(proven, "recommendation.closed")["activity_only"] == "yes"

    def test_superseded_is_not_looked_at_again(self, proven: Recommendation, lead: User) -> None:
        decide_closure(proposed(proven, by=lead, at=NOW), Ruling.APPROVED, at=NOW)
        proven.refresh_from_db()
        assert (proven.state, proven.state_reason) == (
            State.CLOSED_SUPERSEDED,
            "The new plan covers it.",
        )
        assert Recheck.objects.count() == 0

    def test_not_yet(self, proven: Recommendation, lead: User) -> None:
        proposal = proposed(proven, by=lead, at=NOW, **OUTCOME)
        decide_closure(proposal, Ruling.RETURNED, at=NOW)
        proven.refresh_from_db()
        assert (proven.state, proven.closed_on) == (State.IN_PROGRESS, None)
        assert verbs(proven)[-1] == "recommendation.closure_returned"
        assert proposed(proven, by=lead, at=NOW, **OUTCOME).is_open

    @pytest.mark.parametrize("ruling", Ruling.values)
    def test_not_without_a_decision(
        self, proven: Recommendation, lead: User, member: User, ruling: str
    ) -> None:
        proposal = proposed(proven, by=lead, at=NOW, **OUTCOME)
        with pytest.raises(RecommendationRefused, match=NOT_DECIDED):
            closing.settle_proposal(proposal=proposal, ruling=ruling, by=member, now=NOW)

    @pytest.mark.parametrize("said", Ruling.values)
    def test_not_another_ruling(
        self, proven: Recommendation, lead: User, monkeypatch: pytest.MonkeyPatch, said: str
    ) -> None:
        """The committee said one thing, and something else is made of it."""
        proposal = proposed(proven, by=lead, at=NOW, **OUTCOME)
        settle, [other] = closing.settle_proposal, set(Ruling.values) - {said}
        monkeypatch.setattr(
            closing, "settle_proposal", lambda **given: settle(**given | {"ruling": other})
        )
        with pytest.raises(RecommendationRefused, match=NOT_DECIDED), transaction.atomic():
            decide_closure(proposal, said, at=NOW)
        proposal.refresh_from_db()
        assert proposal.is_open

    def test_proof_that_went_meanwhile(self, proven: Recommendation, lead: User) -> None:
        proposal = proposed(proven, by=lead, at=NOW, **OUTCOME)
        taken_away(proven, 1)
        with (
            pytest.raises(RecommendationRefused, match="Action 1 is not shown"),
            transaction.atomic(),
        ):
            decide_closure(proposal, Ruling.APPROVED, at=NOW)
        proposal.refresh_from_db()
        assert proposal.is_open

    def test_it_ends_what_was_asked_for(
        self, recommendation: Recommendation, action: Action, lead: User
    ) -> None:
        asked = asked_for(action, DUE + timedelta(days=30), by=lead, at=NOW)
        decide_closure(proposed(recommendation, by=lead, at=NOW), Ruling.APPROVED, at=NOW)
        assert list(ExtensionEnd.objects.values_list("extension", "ruling")) == [(asked.pk, "")]

    def test_it_rolls_back_whole(
        self, proven: Recommendation, lead: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        proposal = proposed(proven, by=lead, at=NOW, **OUTCOME)
        monkeypatch.setattr(closing, "_plan_rechecks", fail)
        with pytest.raises(DatabaseError), transaction.atomic():
            decide_closure(proposal, Ruling.APPROVED, at=NOW)
        proven.refresh_from_db()
        assert (proven.state, proven.closed_on) == (State.PROPOSED_FOR_CLOSURE, None)
