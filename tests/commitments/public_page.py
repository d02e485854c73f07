"""The public page of Alice's pledge, and what changes it."""

from datetime import date
from typing import Any

from django.test import Client
from django.utils import timezone

from commitments.enums import InvitationState
from commitments.models import Pledge, Reflection
from tests.factories.commitments import InvitationFactory
from tests.factories.replies import ReflectionFactory

PAGE = "/pledges/alice-adeyemi/"


def body(client: Client, address: str = PAGE, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def change(pledge: Pledge, **values: Any) -> None:
    Pledge.objects.filter(pk=pledge.pk).update(**values)


def reflect(pledge: Pledge, title: str, *, published: bool = True, **words: str) -> Reflection:
    return ReflectionFactory(
        invitation=InvitationFactory(
            pledge=pledge,
            title=title,
            organiser="Private organiser",
            held_on=date(2026, 3, 4),
            state=InvitationState.TOOK_PART,
        ),
        published_at=timezone.now() if published else None,
        **{"what_happened": "", "what_we_asked": "", "why": "", "will_try": ""} | words,
    )
