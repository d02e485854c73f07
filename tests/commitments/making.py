"""The guided path: what is typed at each step, and what a page of it shows."""

from typing import Any

from django.urls import reverse

from commitments.models import Pledge, Wording
from commitments.queries.making import text_in_hand

WHO = {"leader_name": "Ọláńrewájú Nguyễn", "role_title": "Chief executive", "organisation_name": ""}
STEPS = [
    "pledge_who",
    "pledge_promises",
    "pledge_own",
    "pledge_standards",
    "pledge_rhythm",
    "pledge_shows",
    "pledge_check",
]
NO_STANDARDS = {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}


def promises_post(wording: Wording, **changes: str) -> dict[str, str]:
    """What the page sends when nothing is changed."""
    sent = {}
    for line in wording.promises.all():
        sent[f"choice_{line.key}"] = "adopted"
        sent[f"text_{line.key}"] = line.text
    return sent | changes


def step(name: str, pledge: Pledge) -> str:
    return reverse(f"pledge_{name}", args=[pledge.pk])


def seen(pledge: Pledge) -> dict[str, str]:
    """What a page says of the text that it was opened on."""
    text = text_in_hand(pledge)
    return {"revision": str(text.revision)} if text else {}


def shown(response: Any) -> str:
    return " ".join(response.content.decode().split())
