"""Straight into the table, as the product's own role: Postgres asks all of it again."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from committees.actions import deciding, record_meeting
from committees.enums import DecisionKind, GroupKind, MeetingState
from committees.models import Decision, GroupMember, Meeting
from committees.refusals import DECIDED_AT, GroupRefused
from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.actions.closing import withdraw_proposal
from recommendations.enums import Ruling, State
from recommendations.models import Action, ClosureProposal, Extension, Recommendation
from tests.committees.deciding.conftest import LATER, NOW, TODAY, joined, seated, state_of
from tests.factories.committees import GroupFactory, MeetingFactory

ABOUT = "decisions belong to the accountability committee"
STRANGER = "a coordinator or a stranger decides nothing"
SEAT = "deciding needs a seat on the committee"
NOT_BEEN = "nothing is decided at a meeting that has not been"
OWNER = "an owner never decides on their own work"
ENDED = "this proposal is not open"


@pytest.fixture
def given(proposal: ClosureProposal, meeting: Meeting, chair: User) -> dict[str, Any]:
    """What Postgres takes; each test spoils one thing."""
    return {
        "organisation": meeting.group.organisation,
        "meeting": meeting,
        "kind": DecisionKind.CLOSURE,
        "recommendation": proposal.recommendation,
        "proposal": proposal,
        "ruling": Ruling.APPROVED,
        "decided_by": chair,
        "decided_at": NOW,
        "asked_by": proposal.proposed_by,
        "owners": [],
    }


def refused(given: dict[str, Any], why: str, **spoilt: Any) -> None:
    with pytest.raises(IntegrityError, match=why), transaction.atomic():
        Decision.objects.create(**{**given, **spoilt})
    assert Decision.objects.count() == 0


def test_nothing_is_wrong_with_it(given: dict[str, Any]) -> None:
    assert Decision.objects.create(**given).ruling == Ruling.APPROVED


def test_by_who_proposed_it(given: dict[str, Any], lead: User, sponsor: User) -> None:
    Action.objects.update(responsible_owner=sponsor, accepted_by=None)
    seated(given["meeting"].group, lead)
    refused(given, "decision_never_by_who_asked", decided_by=lead)
    refused(given, ENDED, decided_by=lead, asked_by=sponsor)
    refused(given, ENDED, asked_by=None)


def test_by_an_owner(given: dict[str, Any], sponsor: User) -> None:
    seated(given["meeting"].group, sponsor)
    refused(given, OWNER, decided_by=sponsor)
    refused(given, OWNER, decided_by=sponsor, was_passed_on=True)


def test_by_somebody_copied_as_an_owner(given: dict[str, Any], chair: User) -> None:
    refused(given, OWNER, owners=[chair.pk])


def test_at_a_meeting_still_to_come_or_cancelled(given: dict[str, Any], meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CANCELLED)
    refused(given, NOT_BEEN)
    tomorrow = TODAY + timedelta(days=1)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.PLANNED, date=tomorrow)
    refused(given, NOT_BEEN)


def test_by_a_coordinator(given: dict[str, Any], alice: User) -> None:
    seated(given["meeting"].group, alice)
    refused(given, STRANGER, decided_by=alice)


def test_by_a_stranger(given: dict[str, Any], chidi: User) -> None:
    seated(given["meeting"].group, chidi)
    refused(given, STRANGER, decided_by=chidi)


def test_without_a_seat(given: dict[str, Any], harbour: Organisation) -> None:
    refused(given, SEAT, decided_by=joined(harbour, "No seat", Role.CHAIR))
    staff = joined(harbour, "Staff")
    refused(given, SEAT, decided_by=staff, was_passed_on=True)


def test_after_the_seat_has_ended(given: dict[str, Any], chair: User) -> None:
    GroupMember.objects.filter(user=chair).update(to_date=TODAY - timedelta(days=1))
    refused(given, SEAT)


def test_at_the_meeting_of_another_group(given: dict[str, Any], harbour: Organisation) -> None:
    board = MeetingFactory(group=GroupFactory(organisation=harbour, kind=GroupKind.BOARD))
    seated(board.group, given["decided_by"])
    refused(given, ABOUT, meeting=board)


def test_at_the_meeting_of_another_organisation(
    given: dict[str, Any], northside: Organisation
) -> None:
    theirs = MeetingFactory(group=GroupFactory(organisation=northside))
    refused(given, ABOUT, meeting=theirs)
    refused(given, STRANGER, meeting=theirs, organisation=northside)


def test_about_a_withdrawn_proposal(given: dict[str, Any], lead: User) -> None:
    withdraw_proposal(proposal=given["proposal"], by=lead, now=NOW)
    refused(given, ENDED)


def test_about_two_things_or_none(given: dict[str, Any], extension: Extension) -> None:
    refused(given, "decision_about_one_thing", extension=extension)
    refused(given, "decision_about_one_thing", proposal=None)
    refused(given, "decision_about_one_thing", ruling="")
    refused(given, "decision_about_one_thing", response="accepted")


def test_a_second_time(given: dict[str, Any], meeting: Meeting, chair: User) -> None:
    said = {"pack": None, "ruling": Ruling.APPROVED, "reason": "", "by": chair, "now": NOW}
    deciding.decide_closure(proposal=given["proposal"], meeting=meeting, **said)
    with pytest.raises(IntegrityError, match=ENDED), transaction.atomic():
        Decision.objects.create(**given)
    assert Decision.objects.count() == 1


def test_without_any_decision(
    proposal: ClosureProposal, recommendation: Recommendation, action: Action
) -> None:
    closed = {"state": State.CLOSED_SUPERSEDED, "closed_on": TODAY}
    with pytest.raises(IntegrityError, match="only a decision"), transaction.atomic():
        Recommendation.objects.filter(pk=recommendation.pk).update(**closed)
    with pytest.raises(IntegrityError, match="only a decision"), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(target_date=LATER)
    assert state_of(recommendation) == State.PROPOSED_FOR_CLOSURE


def test_with_a_decision_that_said_not_yet(
    given: dict[str, Any], recommendation: Recommendation
) -> None:
    Decision.objects.create(**{**given, "ruling": Ruling.RETURNED, "reason": "Not yet."})
    closed = {"state": State.CLOSED_SUPERSEDED, "closed_on": TODAY}
    with pytest.raises(IntegrityError, match="only a decision"), transaction.atomic():
        Recommendation.objects.filter(pk=recommendation.pk).update(**closed)


def test_a_decision_stands(given: dict[str, Any]) -> None:
    decision = Decision.objects.create(**{**given, "reason": "All of it is there."})
    for change in ({"ruling": "returned"}, {"reason": "Something else"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).delete()
    Decision.objects.filter(pk=decision.pk).update(reason="")
    decision.refresh_from_db()
    assert (decision.ruling, decision.reason) == ("approved", "")


def test_a_meeting_with_decisions_was_held(
    given: dict[str, Any], meeting: Meeting, alice: User
) -> None:
    Decision.objects.create(**given)
    with pytest.raises(GroupRefused, match=DECIDED_AT):
        record_meeting(
            meeting=meeting,
            state=MeetingState.CANCELLED,
            note="",
            over_revision=meeting.revision,
            by=alice,
            now=NOW,
        )


def test_the_admin_only_reads(given: dict[str, Any], as_operator: Client) -> None:
    """Whoever runs the installation sees that something was decided, and not why."""
    decision = Decision.objects.create(**{**given, "reason": "All of it is there."})
    here = "/admin/committees/decision/"
    assert as_operator.get(here).status_code == 200
    row = as_operator.get(f"{here}{decision.pk}/change/")
    assert row.status_code == 200
    assert "All of it is there." not in row.content.decode()
    changing = [f"{here}{decision.pk}/change/", f"{here}{decision.pk}/delete/", f"{here}add/"]
    assert [as_operator.post(page, {"ruling": "returned"}).status_code for page in changing] == [
        403
    ] * 3
    assert as_operator.get("/admin/committees/opinion/").status_code == 404
