"""Asking somebody to make the pledge, and the link they get."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from commitments.actions import encouraging as actions
from commitments.enums import Ending, PledgeState
from commitments.models import AddressRefusal, Encouragement, Pledge
from history.models import Entry
from organisations.tokens import derived_token
from outbox.models import Email

ADDRESS = "friend@charity.example"


def page(pledge: Pledge) -> str:
    return reverse("encourage", args=[pledge.pk])


def link(asked: Encouragement, name: str = "encouraged") -> str:
    return reverse(name, args=[derived_token("encouragement", asked.pk)])


def ask(pledge: Pledge, address: str = ADDRESS, words: str = "", **given: Any) -> Encouragement:
    chosen = {"by": pledge.leader, "now": timezone.now()} | given
    return actions.encourage(pledge=pledge, address=address, words=words, **chosen)


def close(pledge: Pledge) -> None:
    pledge.state, pledge.closed_at = PledgeState.CLOSED, timezone.now()
    pledge.ending = Ending.ROLE_ENDED
    pledge.save()


def everything() -> list[list[Any]]:
    models = [Encouragement, AddressRefusal, Email, Entry]
    return [list(model.objects.order_by("pk").values()) for model in models]
