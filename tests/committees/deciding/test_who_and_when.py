"""Who may not decide, and when: each way round is refused, and leaves nothing behind."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from committees import deciding as rules
from committees.actions import deciding
from committees.enums import GroupKind, MeetingState
from committees.models import Apology, Decision, Group, GroupMember, Meeting
from committees.refusals import NOT_YOURS, GroupRefused
from organisations.enums import Role
from organisations.models import Membership, Organisation, User
from recommendations.actions.closing import withdraw_proposal
from recommendations.enums import Ruling, State
from recommendations.models import Action, ClosureProposal
from recommendations.refusals import ENDED_PROPOSAL, RecommendationRefused
from tests.committees.deciding.conftest import NOW, TODAY, joined, seated, state_of
from tests.factories.committees import GroupFactory, MeetingFactory


def decide(proposal: ClosureProposal, meeting: Meeting, by: User, **said: Any) -> Decision:
    given = {"pack": None, "ruling": Ruling.APPROVED, "reason": "", "now": NOW, **said}
    return deciding.decide_closure(proposal=proposal, meeting=meeting, by=by, **given)


class TestWho:
    def refused(self, proposal: ClosureProposal, meeting: Meeting, by: User) -> str:
        with pytest.raises(PermissionDenied) as refusal:
            decide(proposal, meeting, by)
        assert Decision.objects.count() == 0
        assert state_of(proposal.recommendation) == State.PROPOSED_FOR_CLOSURE
        return str(refusal.value)

    def test_not_the_lead_who_proposed_it(
        self, proposal: ClosureProposal, meeting: Meeting, lead: User
    ) -> None:
        seated(meeting.group, lead, is_chair=True)
        assert self.refused(proposal, meeting, lead) == rules.ASKED["closure"]

    def test_not_who_proposed_it_and_owns_it_no_more(
        self, proposal: ClosureProposal, meeting: Meeting, lead: User, sponsor: User
    ) -> None:
        Action.objects.update(responsible_owner=sponsor, accepted_by=None)
        seated(meeting.group, lead, is_chair=True)
        assert self.refused(proposal, meeting, lead) == rules.ASKED["closure"]

    def test_not_the_sponsor(
        self, proposal: ClosureProposal, meeting: Meeting, sponsor: User
    ) -> None:
        seated(meeting.group, sponsor, is_chair=True)
        assert self.refused(proposal, meeting, sponsor) == rules.OWNS

    def test_not_a_coordinator(
        self, proposal: ClosureProposal, meeting: Meeting, harbour: Organisation
    ) -> None:
        both = joined(harbour, "Both", Role.COORDINATOR, Role.CHAIR)
        seated(meeting.group, both, is_chair=True)
        assert self.refused(proposal, meeting, both) == rules.COORDINATES

    def test_not_a_stranger(self, proposal: ClosureProposal, meeting: Meeting, chidi: User) -> None:
        seated(meeting.group, chidi, is_chair=True)
        assert self.refused(proposal, meeting, chidi) == rules.LEFT

    def test_not_somebody_who_left(
        self, proposal: ClosureProposal, meeting: Meeting, chair: User
    ) -> None:
        Membership.objects.filter(user=chair).update(ended_at=NOW)
        assert self.refused(proposal, meeting, chair) == rules.LEFT

    def test_not_without_a_seat(
        self, proposal: ClosureProposal, meeting: Meeting, harbour: Organisation
    ) -> None:
        other = joined(harbour, "Other", Role.CHAIR, Role.COMMITTEE, Role.TRUSTEE)
        assert self.refused(proposal, meeting, other) == rules.NO_SEAT

    def test_a_seat_ends_with_its_last_day(
        self, proposal: ClosureProposal, meeting: Meeting, chair: User
    ) -> None:
        seat = GroupMember.objects.filter(user=chair)
        seat.update(to_date=TODAY - timedelta(days=1))
        seated(meeting.group, joined(meeting.group.organisation, "Another"))
        assert self.refused(proposal, meeting, chair) == rules.NO_SEAT
        seat.update(to_date=TODAY)
        assert decide(proposal, meeting, chair).decided_by == chair

    def test_a_seat_begins_with_its_first_day(
        self, proposal: ClosureProposal, meeting: Meeting, chair: User, harbour: Organisation
    ) -> None:
        late = joined(harbour, "Late", Role.COMMITTEE)
        seated(meeting.group, late, is_chair=True, from_date=TODAY + timedelta(days=1))
        assert self.refused(proposal, meeting, late) == rules.NO_SEAT

    def test_a_member_only_where_the_chair_is_not_free(
        self, proposal: ClosureProposal, meeting: Meeting, chair: User, member: User
    ) -> None:
        assert self.refused(proposal, meeting, member) == rules.CHAIR_RECORDS
        Apology.objects.create(meeting=meeting, member=GroupMember.objects.get(user=chair))
        assert self.refused(proposal, meeting, chair) == rules.WAS_AWAY
        assert decide(proposal, meeting, member).decided_by == member

    def test_passed_on_where_nobody_is_free(
        self,
        proposal: ClosureProposal,
        meeting: Meeting,
        chair: User,
        sponsor: User,
        harbour: Organisation,
    ) -> None:
        trustee = joined(harbour, "Trustee", Role.TRUSTEE)
        assert self.refused(proposal, meeting, trustee) == rules.NO_SEAT
        GroupMember.objects.filter(user=chair).update(user=sponsor)
        staff = joined(harbour, "Staff")
        assert self.refused(proposal, meeting, staff) == rules.PASSED_ON_TO_OTHERS
        assert decide(proposal, meeting, trustee).was_passed_on


class TestWhen:
    def refused(self, proposal: ClosureProposal, meeting: Meeting, by: User) -> str:
        with pytest.raises(GroupRefused) as refusal:
            decide(proposal, meeting, by)
        assert Decision.objects.count() == 0
        return str(refusal.value)

    def test_not_before_the_meeting(
        self, proposal: ClosureProposal, committee: Group, chair: User
    ) -> None:
        ahead = MeetingFactory(group=committee, date=TODAY + timedelta(days=1))
        assert self.refused(proposal, ahead, chair) == rules.STILL_TO_COME

    def test_not_at_a_cancelled_one(
        self, proposal: ClosureProposal, meeting: Meeting, chair: User
    ) -> None:
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CANCELLED)
        assert self.refused(proposal, meeting, chair) == rules.CANCELLED

    def test_not_at_one_before_it_was_proposed(
        self, proposal: ClosureProposal, committee: Group, chair: User
    ) -> None:
        before = MeetingFactory(group=committee, date=TODAY - timedelta(days=1))
        assert self.refused(proposal, before, chair) == rules.BEFORE_IT_WAS_ASKED

    def test_not_by_another_group(
        self, proposal: ClosureProposal, chair: User, harbour: Organisation
    ) -> None:
        board = MeetingFactory(group=GroupFactory(organisation=harbour, kind=GroupKind.BOARD))
        seated(board.group, chair, is_chair=True)
        assert self.refused(proposal, board, chair) == rules.NOT_THE_COMMITTEE

    def test_not_at_another_organisation_s_meeting(
        self, proposal: ClosureProposal, chair: User, northside: Organisation
    ) -> None:
        theirs = MeetingFactory(group=GroupFactory(organisation=northside))
        seated(theirs.group, chair, is_chair=True)
        assert self.refused(proposal, theirs, chair) == NOT_YOURS

    def test_not_once_it_was_withdrawn(
        self, proposal: ClosureProposal, meeting: Meeting, chair: User, lead: User
    ) -> None:
        withdraw_proposal(proposal=proposal, by=lead, now=NOW)
        with pytest.raises(RecommendationRefused, match=ENDED_PROPOSAL):
            decide(proposal, meeting, chair)
        assert Decision.objects.count() == 0

    def test_not_twice(self, proposal: ClosureProposal, meeting: Meeting, chair: User) -> None:
        decide(proposal, meeting, chair)
        with pytest.raises(RecommendationRefused, match=ENDED_PROPOSAL):
            decide(proposal, meeting, chair, ruling=Ruling.RETURNED, reason="On second thoughts")
        assert Decision.objects.get().ruling == Ruling.APPROVED
