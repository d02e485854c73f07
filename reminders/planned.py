"""The table of rules in plain words, for the page that shows what is sent and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from reminders.enums import Audience
from reminders.rules import RULES
from reminders.schedule import Rule
from ui.dates import in_full


@dataclass(frozen=True)
class Heard:
    """Who hears, and when."""

    who: str
    when: str


@dataclass(frozen=True)
class Planned:
    """One kind of reminder. `why`: empty where people may stop it."""

    kind: str
    about: str
    heard: tuple[Heard, ...]
    ends: str
    why: str


def planned() -> list[Planned]:
    return [_of(rule) for rule in RULES]


def _of(rule: Rule) -> Planned:
    heard = tuple(
        Heard(Audience(ladder.audience).label, when_words(ladder.offsets))
        for ladder in rule.ladders
    )
    return Planned(rule.kind.label, rule.about, heard, rule.ends, rule.why_mandatory)


def when_words(offsets: Sequence[int]) -> str:
    """(-30, -7, 0, 7): "30 and 7 days before, on the day, and 7 days after"."""
    parts = []
    for side, members in groupby(offsets, key=lambda offset: (offset > 0) - (offset < 0)):
        days = [abs(offset) for offset in members]
        parts.append(_side(side, days))
    return _and(parts)


def _side(side: int, days: Sequence[int]) -> str:
    if side == 0:
        return "on the day"
    unit = "day" if days == [1] else "days"
    return f"{_and([str(day) for day in days])} {unit} {'before' if side < 0 else 'after'}"


def _and(words: Sequence[str]) -> str:
    if len(words) < 3:
        return " and ".join(words)
    return ", ".join(words[:-1]) + f", and {words[-1]}"


def why_today(rung: int, anchor: date) -> str:
    """Why it is due: "7 days before 9 November 2026"."""
    day = in_full(anchor)
    return f"on {day}" if rung == 0 else f"{when_words([rung])} {day}"
