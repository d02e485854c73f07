"""A leader's year as one page of A4."""

import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

from commitments.enums import Choice
from commitments.figures import OWN_RECORD, Figure
from commitments.models import Pledge, Promise
from commitments.queries.own_record import OwnRecord
from commitments.queries.public import public_address
from commitments.signing import signature
from commitments.text import LEFT_OUT
from ui.dates import in_full
from ui.typesetting import drawable, typeset

TEMPLATE = Path(__file__).parent / "record.typ"
MOST_PROMISES = 14
LETTERS_OF_A_PROMISE = 110
LONGEST_RUN = 24
"""A line can be broken after so many letters that no space parts."""
BREAK_HERE, JOINER = "\u200b", "\u200d"
KIND = "The record of an anti-racism pledge"
KIND_INVENTED = f"{KIND}: a worked example, of an invented person"
CANNOT_BE_DRAWN = "(This is written with letters that no font here has. It is on the page below.)"


def paper(pledge: Pledge, promises: list[Promise], own: OwnRecord) -> bytes:
    """The PDF: tagged, in British English."""
    return typeset(TEMPLATE, words(pledge, promises, own))


def words(pledge: Pledge, promises: list[Promise], own: OwnRecord) -> dict[str, Any]:
    """All that the page says."""
    year, record, address = own.year, own.record, public_address(pledge)
    role = signature(pledge.role_title, pledge.organisation_name)
    period = f"{in_full(year.first)} to {in_full(year.last)}"
    return {
        "kind": KIND_INVENTED if pledge.is_worked_example else KIND,
        "title": f"Record of an anti-racism pledge, {period}",
        "name": _shown(pledge.leader_name),
        "role": _shown(role),
        "period": f"{period}. {record.evidence.capitalize()}.",
        "headline": _figure(year.headline),
        "figures": [_figure(figure) for figure in record.figures[1:]],
        "promises": _in_short(promises),
        "rests_on": _rests_on(own),
        "made": f"Computed on {in_full(own.today)} from what the leader has confirmed",
        "address": address,
        "shown_address": _breakable(address),
    }


def _figure(figure: Figure) -> dict[str, str]:
    return {
        "label": figure.label,
        "count": str(figure.count),
        "denominator": figure.denominator,
        "definition": " ".join(figure.stamp.definitions),
    }


def whole_words(text: str) -> str:
    """As many as fit; a single run longer than that is cut."""
    cut = text[:LETTERS_OF_A_PROMISE]
    if not text[LETTERS_OF_A_PROMISE:][:1].isspace() and " " in cut:
        cut = cut.rpartition(" ")[0]
    return cut.rstrip(" ,;:.")


def _in_short(promises: list[Promise]) -> list[str]:
    shown = [_promise(promise) for promise in promises[:MOST_PROMISES]]
    more = len(promises) - len(shown)
    return [*shown, f"And {more} more, on the page below."] if more else shown


def _promise(promise: Promise) -> str:
    is_as_worded = promise.wording_promise and promise.choice == Choice.LEFT_OUT
    words = promise.wording_promise.title if is_as_worded else promise.short  # type: ignore[union-attr]
    text = " ".join(words.split())
    if len(text) > LETTERS_OF_A_PROMISE:
        text = f"{whole_words(text)}…"
    mark = f"{LEFT_OUT} " if promise.choice == Choice.LEFT_OUT else ""
    return mark + _shown(text)


def _rests_on(own: OwnRecord) -> list[str]:
    """Sources, known share and rules; what each figure counts stands beside it."""
    year = own.year
    shown: Counter[str] = Counter()
    for figure in (year.met_both, year.met_one):
        shown.update(dict(figure.stamp.bases))
    rules = dict.fromkeys(rule for figure in own.record.figures for rule in figure.stamp.rules)
    return [
        f"{OWN_RECORD}, as confirmed by the leader. {year.answered.stamp.answers}.",
        f"What events showed: {year.not_shown.stamp.known_share.lower()} taken part in. "
        + " ".join(f"{name}: {number}." for name, number in sorted(shown.items())),
        f"Rules: {', '.join(rules)}. What other rules, definitions or sources counted is not put "
        "beside these figures.",
    ]


def _shown(text: str) -> str:
    plain = " ".join(text.split())
    return _breakable(drawable(plain) or CANNOT_BE_DRAWN) if plain else ""


def _breakable(text: str) -> str:
    """Never between a letter and its mark."""
    parts, run = [], 0
    for before, letter in pairwise(f" {text}"):
        is_joined = unicodedata.category(letter).startswith("M") or JOINER in (before, letter)
        if run >= LONGEST_RUN and not is_joined:
            parts.append(BREAK_HERE)
            run = 0
        run = 0 if letter == " " else run + 1
        parts.append(letter)
    return "".join(parts)
