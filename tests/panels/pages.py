"""Addresses of events, what somebody types there, and what they are told."""

from typing import Any

from panels.models import Gathering

EVENTS = "/o/harbour-minds/events/"
DETAILS = {"kind": "panel", "title": "Voices", "held_on": "2026-03-12"}
FIVE = {
    "people": "5",
    "women": "2",
    "not_women": "3",
    "women_basis": "organiser_stated",
    "told": "on",
    "minoritised": "1",
    "not_minoritised": "4",
    "typed_over": "0",
}


def page(gathering: Gathering, name: str = "") -> str:
    return f"{EVENTS}{gathering.pk}/{name}"


def errors(response: Any) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)
