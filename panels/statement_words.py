"""A statement in words, and as text to publish elsewhere: HTML, Markdown and plain.

Everything comes from the frozen facts, so no text says more than the statement itself.
"""

import re
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from panels.enums import GatheringKind
from panels.statement_facts import QUESTION, Facts
from ui.dates import in_full

MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>#&~|])")
EMBED_HEIGHT = 520
"""Pixels: a frame cannot grow with what is in it without a script."""
HEADING = "What our line-up shows"


@dataclass(frozen=True)
class Texts:
    """What may be copied and published elsewhere."""

    plain: str
    markdown: str
    html: str
    embed: str


def kind_of(facts: Facts) -> str:
    return str(GatheringKind(facts["kind"]).label)


def days_of(facts: Facts) -> str:
    first, last = facts["held_on"], facts["last_day"]
    words = in_full(date.fromisoformat(first))
    return words if first == last else f"{words} to {in_full(date.fromisoformat(last))}"


def about(facts: Facts) -> str:
    """What kind it is, when, and whose: one line under its name."""
    organiser = f"organised by {facts['organiser']}" if facts["organiser"] else ""
    return ", ".join(part for part in (kind_of(facts), days_of(facts), organiser) if part)


def stated(facts: Facts) -> str:
    day = in_full(date.fromisoformat(facts["as_at"]))
    return f"Stated by {facts['stated_by']}, as at {day}."


def said_of(part: Facts) -> str:
    """The result, with the numbers where they may be seen: "Met, 3 of 5, known for 5 of 5"."""
    known = part["known"][:1].lower() + part["known"][1:]
    return ", ".join(word for word in (part["tag"]["label"], part["figure"], known) if word)


def finding(measure: Facts) -> str:
    """One line of one measure, its main stage and the rest with it."""
    if not measure["parts"]:
        return f"{measure['title']}: {measure['tag']['label']}."
    whole, *halves = measure["parts"]
    said = [f"{measure['title']} ({measure['asks'].lower()}): {said_of(whole)}."]
    said += [f"{half['name']}: {said_of(half)}." for half in halves]
    said += [f"{warning['label']}." for warning in measure["warnings"]]
    return " ".join(said)


def in_short(facts: Facts) -> str:
    """For a description of a link, or of a picture."""
    found = [
        f"{measure['title']}: "
        f"{(measure['parts'][0] if measure['parts'] else measure)['tag']['label'].lower()}"
        for measure in facts["measures"]
    ]
    return f"{'. '.join(found)}. {stated(facts)}"


def texts_of(facts: Facts, *, address: str, embed: str) -> Texts:
    return Texts(
        plain=as_plain(facts, address),
        markdown=as_markdown(facts, address),
        html=as_html(facts, address),
        embed=as_embed(facts, embed),
    )


def as_plain(facts: Facts, address: str) -> str:
    lines = "\n".join(f"- {finding(measure)}" for measure in facts["measures"])
    limits = " ".join(facts["limits"])
    title = _one_line(f"{facts['title']} ({about(facts)})")
    parts = [f"{HEADING}: {title}", lines, limits, QUESTION, f"{stated(facts)} {address}"]
    return "\n\n".join(parts) + "\n"


def as_markdown(facts: Facts, address: str) -> str:
    lines = "\n".join(f"- {_marked(finding(measure))}" for measure in facts["measures"])
    parts = [
        f"## {HEADING}",
        f"**{_marked(facts['title'])}** ({_marked(about(facts))})",
        lines,
        _marked(" ".join(facts["limits"])),
        f"*{_marked(QUESTION)}*",
        f"[{_marked(stated(facts))}](<{address}>)",
    ]
    return "\n\n".join(parts) + "\n"


def as_html(facts: Facts, address: str) -> str:
    items = "\n".join(f"  <li>{escape(finding(measure))}</li>" for measure in facts["measures"])
    parts = [
        f"<h2>{HEADING}</h2>",
        f"<p><strong>{escape(facts['title'])}</strong> ({escape(about(facts))})</p>",
        f"<ul>\n{items}\n</ul>",
        f"<p><small>{escape(' '.join(facts['limits']))}</small></p>",
        f"<p><em>{escape(QUESTION)}</em></p>",
        f'<p><a href="{escape(address)}">{escape(stated(facts))}</a></p>',
    ]
    return "\n".join(parts) + "\n"


def as_embed(facts: Facts, address: str) -> str:
    """The markup that shows a small version within another site's page; without any script."""
    return (
        f'<iframe src="{escape(address)}" title="What the line-up of {escape(facts["title"])} '
        f'shows" width="100%" height="{EMBED_HEIGHT}" frameborder="0" loading="lazy"></iframe>\n'
    )


def _one_line(text: Any) -> str:
    return " ".join(str(text).split())


def _marked(text: Any) -> str:
    """One line in which nothing is taken for a Markdown sign."""
    return MARKDOWN_SIGNS.sub(r"\\\1", _one_line(text))
