"""What somebody types about one session, and where."""

from typing import Any

from panels.models import Gathering, Session
from tests.panels.pages import page

TITLE = {
    "title": "Opening",
    "stage": "main",
    "room": "Hall A",
    "day": "2026-03-12",
    "starts": "10:00",
    "minutes": "45",
}


def line_up_page(gathering: Gathering, name: str = "") -> str:
    return page(gathering, f"line-up/{name}")


def session_page(session: Session, name: str = "") -> str:
    return line_up_page(session.gathering, f"{session.pk}/{name}")


def seats(*rows: tuple[str, ...], initial: int = 0, **more: str) -> dict[str, str]:
    """Rows of role, name and email."""
    sent = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": str(initial)}
    for number, row in enumerate(rows):
        for name, value in zip(("role", "name", "email"), row, strict=False):
            sent[f"form-{number}-{name}"] = value
    return sent | more


def session_typed(*rows: tuple[str, ...], revision: int = 0, **more: Any) -> dict[str, str]:
    initial = more.pop("initial", 0)
    return {**TITLE, "revision": str(revision), **seats(*rows, initial=initial), **more}
