"""The email that invites somebody, from the one who invites to the mail server."""

from datetime import timedelta

import pytest
from django.utils import timezone

from organisations.actions import invite_member
from organisations.enums import Role
from organisations.models import Organisation, User
from outbox.delivery import deliver_due
from outbox.enums import State
from outbox.models import Email
from tests.factories.outbox import SuppressionFactory
from tests.outbox.peer import mail_server

pytestmark = pytest.mark.django_db
ADDRESS = "new@harbour.example"


def test_it_says_which_address_it_is_for(harbour: Organisation, alice: User) -> None:
    invite_member(
        organisation=harbour, email=ADDRESS, roles=[Role.STAFF], by=alice, now=timezone.now()
    )
    email = Email.objects.get()
    for words in (email.text, email.html):
        assert f"This invitation is for {ADDRESS} and no other address" in words


def test_made_again_it_is_tried_where_the_address_once_refused(
    harbour: Organisation, northside: Organisation, alice: User, chidi: User
) -> None:
    """The first is held back and says so; only the organisation that made it anew gets through."""
    SuppressionFactory(address=ADDRESS)
    now = timezone.now()
    for hours in (0, 2):
        invite_member(
            organisation=harbour,
            email=ADDRESS,
            roles=[Role.STAFF],
            by=alice,
            now=now + timedelta(hours=hours),
        )
    invite_member(organisation=northside, email=ADDRESS, roles=[Role.STAFF], by=chidi, now=now)
    with mail_server() as peer:
        deliver_due(clock=lambda: now + timedelta(hours=2))
    assert len(peer.taken) == 1
    found = Email.objects.order_by("created_at").values_list("organisation__slug", "state", "text")
    assert sorted(found) == [
        (harbour.slug, State.SENT, ""),
        (harbour.slug, State.SUPPRESSED, ""),
        (northside.slug, State.SUPPRESSED, ""),
    ]
