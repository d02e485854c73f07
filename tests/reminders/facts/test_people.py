"""Invitations that nobody has taken up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from organisations.actions import invite_member
from organisations.enums import Role
from organisations.models import MemberInvite, Organisation, User
from reminders.enums import Audience, ReminderKind
from reminders.facts import FACTS
from reminders.lines import LINES
from reminders.schedule import london_date
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def invite(harbour: Organisation, alice: User, bea: User, chidi: User) -> MemberInvite:
    return invite_member(
        organisation=harbour,
        email="jo@quay.example",
        roles=["staff"],
        by=alice,
        now=timezone.now(),
    )


def facts() -> list[dict[str, object]]:
    today = london_date(timezone.now())
    return list(FACTS[ReminderKind.INVITE, Audience.COORDINATOR](today))


def test_whoever_coordinates_hears(
    invite: MemberInvite, harbour: Organisation, alice: User
) -> None:
    left = MembershipFactory(organisation=harbour, roles=[Role.COORDINATOR])
    left.ended_at = timezone.now()
    left.save()
    [fact] = facts()
    assert fact == {
        "nation": "ENG",
        "anchor": london_date(invite.created_at),
        "person": alice.pk,
        "home": harbour.pk,
        "subject": invite.pk,
    }


@pytest.mark.parametrize("column", ["accepted_at", "revoked_at", "expires_at"])
def test_nobody_hears_once_it_is_over(column: str, invite: MemberInvite, bea: User) -> None:
    over = {column: timezone.now() - timedelta(seconds=1)}
    more = {"accepted_by": bea} if column == "accepted_at" else {}
    MemberInvite.objects.update(**over, **more)
    assert facts() == []


def test_its_words_do_not_tell_who_was_asked(invite: MemberInvite) -> None:
    about = LINES[ReminderKind.INVITE]([invite.pk])[invite.pk]
    assert (about.title, about.path) == ("An invitation to join", "/o/harbour-minds/people/")
