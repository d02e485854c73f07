"""Whose events an entry may lead to, and who is told of a report."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from commitments.actions.ledger import add_invitation
from commitments.models import Invitation, Pledge
from commitments.queries.invitations import gatherings_to_link
from commitments.queries.trusting import handlers_of, reports_in
from organisations.models import Organisation, User
from tests.factories.organisations import MembershipFactory
from tests.factories.panels import GatheringFactory
from tests.factories.trusting import ImpersonationReportFactory

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)


def test_an_event_is_linked_where_both_are_members_today(
    pledge: Pledge, alice: User, chidi: User, northside: Organisation
) -> None:
    """The leader, and whoever links it; a membership that has ended opens nothing."""
    event = GatheringFactory(organisation=northside)
    assert list(gatherings_to_link(pledge, chidi)) == []
    hers = MembershipFactory(user=alice, organisation=northside)
    assert list(gatherings_to_link(pledge, chidi)) == [event]
    hers.ended_at = NOW
    hers.save()
    assert list(gatherings_to_link(pledge, chidi)) == []
    hers.ended_at = None
    hers.save()
    chidi.memberships.update(ended_at=NOW)
    assert list(gatherings_to_link(pledge, chidi)) == []


def test_an_assistant_brings_no_event_of_an_organisation_of_their_own(
    pledge: Pledge, chidi: User, northside: Organisation
) -> None:
    event, now = GatheringFactory(organisation=northside), timezone.now()
    with pytest.raises(PermissionDenied):
        add_invitation(
            pledge=pledge, title="A forum", organiser="", held_on=None, asked_on=None,
            received_on=timezone.localdate(now), gathering=event, by=chidi, now=now,
        )  # fmt: skip
    assert not Invitation.objects.exists()


def test_a_coordinator_whose_account_is_closed_is_told_of_no_report(
    pledge: Pledge, bea: User, operator: User
) -> None:
    alice = pledge.leader
    MembershipFactory(
        organisation=pledge.organisation, roles=["coordinator"], user__is_active=False
    )
    report = ImpersonationReportFactory(pledge=pledge, organisation=pledge.organisation)
    assert alice not in handlers_of(report)
    assert handlers_of(report) == [operator]


def test_a_report_of_an_erased_pledge_is_read_by_nobody(pledge: Pledge, bea: User) -> None:
    report = ImpersonationReportFactory(pledge=pledge, organisation=pledge.organisation)
    assert list(reports_in(pledge.organisation)) == [report]
    Pledge.objects.filter(pk=pledge.pk).update(erased_at=NOW)
    assert list(reports_in(pledge.organisation)) == []
