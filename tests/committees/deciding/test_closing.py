"""The committee closes a recommendation, or gives it back."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError

from committees import deciding as rules
from committees.actions import deciding
from committees.models import Decision, Group, Meeting, Pack
from committees.refusals import OTHER_PACK, GroupRefused
from history.models import Entry
from organisations.models import User
from recommendations.enums import Ruling, State
from recommendations.models import Action, ClosureProposal, Recommendation
from recommendations.refusals import RecommendationRefused
from tests.committees.deciding.conftest import NOW, TODAY, row, state_of
from tests.factories.closing import proposed, shown
from tests.factories.committees import MeetingFactory
from tests.recommendations.actions.conftest import fail, verbs


def decide(proposal: ClosureProposal, meeting: Meeting, by: User, **said: Any) -> Decision:
    given = {"pack": None, "ruling": Ruling.APPROVED, "reason": "", "now": NOW, **said}
    return deciding.decide_closure(proposal=proposal, meeting=meeting, by=by, **given)


def frozen(meeting: Meeting, by: User) -> Pack:
    return Pack.objects.create(
        organisation=meeting.group.organisation,
        meeting=meeting,
        number=1,
        frozen_at=NOW,
        frozen_by=by,
        content={},
        sha256="0" * 64,
    )


class TestDecide:
    def test_approved(
        self, proposal: ClosureProposal, meeting: Meeting, chair: User, lead: User, sponsor: User
    ) -> None:
        decision = decide(proposal, meeting, chair)
        recommendation = proposal.recommendation
        assert state_of(recommendation) == State.CLOSED_SUPERSEDED
        assert recommendation.closed_on == TODAY
        assert row(decision) == {
            "kind": "closure",
            "ruling": "approved",
            "response": "",
            "reason": "",
            "decided_by": chair,
            "asked_by": lead,
            "owners": {lead.pk, sponsor.pk},
            "was_passed_on": False,
        }
        assert verbs(recommendation)[-1:] == ["recommendation.closed"]
        entry = Entry.objects.about(meeting.group).get()
        assert entry.verb == "committee.decided"
        assert entry.details == {
            "date": TODAY.isoformat(),
            "meeting": str(meeting.pk),
            "decision": "closure",
            "row": str(decision.pk),
            "recommendation": str(recommendation.pk),
        }

    def test_not_yet(self, proposal: ClosureProposal, meeting: Meeting, chair: User) -> None:
        reason = " Two reports are missing. "
        decision = decide(proposal, meeting, chair, ruling=Ruling.RETURNED, reason=reason)
        assert state_of(proposal.recommendation) == State.IN_PROGRESS
        assert decision.reason == "Two reports are missing."

    def test_not_yet_owes_a_reason(
        self, proposal: ClosureProposal, meeting: Meeting, chair: User
    ) -> None:
        with pytest.raises(GroupRefused, match=rules.REASON_OWED):
            decide(proposal, meeting, chair, ruling=Ruling.RETURNED, reason=" ")
        assert Decision.objects.count() == 0

    def test_on_the_pack(self, proposal: ClosureProposal, meeting: Meeting, chair: User) -> None:
        pack = frozen(meeting, chair)
        assert decide(proposal, meeting, chair, pack=pack).pack == pack

    def test_on_the_pack_of_this_meeting_alone(
        self, proposal: ClosureProposal, meeting: Meeting, committee: Group, chair: User
    ) -> None:
        other = MeetingFactory(group=committee, date=TODAY - timedelta(days=90))
        with pytest.raises(GroupRefused, match=OTHER_PACK):
            decide(proposal, meeting, chair, pack=frozen(other, chair))

    @pytest.mark.parametrize("module", ["history", "closing"])
    def test_it_rolls_back_whole(
        self,
        module: str,
        proposal: ClosureProposal,
        meeting: Meeting,
        chair: User,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        where = {
            "history": "committees.actions.deciding.record_meeting_step",
            "closing": "recommendations.actions.closing.record_about",
        }
        monkeypatch.setattr(where[module], fail)
        with pytest.raises(DatabaseError):
            decide(proposal, meeting, chair)
        assert Decision.objects.count() == 0
        assert state_of(proposal.recommendation) == State.PROPOSED_FOR_CLOSURE
        assert Entry.objects.about(meeting.group).count() == 0

    def test_what_is_no_longer_shown_is_not_closed_as_implemented(
        self,
        recommendation: Recommendation,
        action: Action,
        meeting: Meeting,
        chair: User,
        lead: User,
    ) -> None:
        shown(action, by=lead, at=NOW)
        said = {"wanted": State.CLOSED_IMPLEMENTED, "reason": "", "outcome": "Waits are shorter."}
        proposal = proposed(recommendation, by=lead, at=NOW, **said)
        action.evidence.update(withdrawn_at=NOW)
        with pytest.raises(RecommendationRefused, match="Action 1 is not shown to be done yet"):
            decide(proposal, meeting, chair)
        assert Decision.objects.count() == 0
