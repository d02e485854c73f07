"""Addresses of an entry, what is typed there, and what came of it."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.actions.ledger import take_step
from commitments.enums import InvitationState
from commitments.models import Invitation
from organisations.models import User

ASKED, TOOK_PART = InvitationState.ASKED, InvitationState.TOOK_PART
PAGES = ["invitation_detail", "invitation_edit"]


def at(name: str, row: Any) -> str:
    return reverse(name, args=[row.pk])


def step(invitation: Invitation, by: User | None, state: InvitationState) -> None:
    take_step(
        invitation=invitation, state=state, on=timezone.localdate(), by=by, now=timezone.now()
    )


def page_of(client: Client, invitation: Invitation) -> str:
    return client.get(at("invitation_detail", invitation)).content.decode()


def states(invitation: Invitation) -> list[str]:
    return list(invitation.steps.order_by("pk").values_list("state", flat=True))


def details(invitation: Invitation, **changes: Any) -> dict[str, Any]:
    now = {
        "revision": invitation.revision,
        "kind": invitation.kind,
        "title": invitation.title,
        "organiser": invitation.organiser,
        "held_on": "",
        "received_on": invitation.received_on.isoformat(),
        "gathering": "",
        "note": "",
    }
    return now | changes
