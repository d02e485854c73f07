"""From facts to the content of a pack: everything that its page, its paper and its files print.

The order is the order in which a committee reads: what it must decide comes first. Rules only.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from committees import pack_rows as rows
from committees.pack_facts import Before, Facts, Heading
from committees.pack_rows import Row
from committees.pack_seal import Content
from committees.pack_totals import totals
from ui.dates import in_full

FORMAT = 1
LONDON = ZoneInfo("Europe/London")
DECIDE = "Decisions needed"
SINCE = "Since the last meeting"
REFERENCE, TITLE = ("reference", "Reference"), ("title", "Recommendation")
Column = tuple[str, str]


@dataclass(frozen=True)
class Section:
    """`part`: the heading it stands under with others. `lists`: its rows from the facts."""

    key: str
    title: str
    nothing: str
    columns: tuple[Column, ...]
    lists: Callable[[Facts], Iterable[Row]]
    part: str = ""


def _late(when: str = "Was due") -> tuple[Column, ...]:
    days, lead = ("days", "Days late"), ("who", "Lead")
    return (REFERENCE, TITLE, ("what", "Action"), lead, ("when", when), days)


SECTIONS = (
    Section(
        "closures",
        "Closing",
        "Nothing is proposed for closure.",
        (
            REFERENCE,
            TITLE,
            ("what", "Proposed"),
            ("why", "What changed, or why"),
            ("who", "Proposed by"),
            ("when", "On"),
            ("views", "What advisers and staff think"),
        ),
        lambda facts: map(rows.closure, facts.closures),
        DECIDE,
    ),
    Section(
        "extensions",
        "Later dates",
        "Nobody asks for a later date.",
        (
            REFERENCE,
            TITLE,
            ("what", "Asked for"),
            ("why", "Why"),
            ("who", "Asked by"),
            ("when", "On"),
            ("days", "Days more"),
        ),
        lambda facts: map(rows.later, facts.later),
        DECIDE,
    ),
    Section(
        "responses",
        "Responses",
        "Every recommendation has a response.",
        (REFERENCE, TITLE, ("when", "Here since")),
        lambda facts: map(rows.owed, facts.owed),
        DECIDE,
    ),
    Section(
        "newly_overdue",
        "Newly overdue",
        "Nothing is newly overdue.",
        _late(),
        rows.newly_overdue,
    ),
    Section(
        "long_overdue",
        "Overdue for 30 days or more, and in the last pack already",
        "Nothing from the last pack is overdue for so long.",
        _late(),
        rows.long_overdue,
    ),
    Section(
        "still_overdue",
        "Still overdue",
        "Nothing else from the last pack is still overdue.",
        _late(),
        rows.still_overdue,
    ),
    Section(
        "slipped",
        "Slipped",
        "No date stands later than it was first agreed.",
        (
            REFERENCE,
            TITLE,
            ("what", "Action and its dates"),
            ("who", "Lead"),
            ("days", "Days later"),
        ),
        rows.slipped,
    ),
    Section(
        "silent",
        "Silent",
        "Something was heard of everything.",
        (REFERENCE, TITLE, ("who", "Lead"), ("when", "Last heard of"), ("days", "Days")),
        rows.silent,
    ),
    Section(
        "completed",
        "Completed since the last meeting",
        "Nothing was completed.",
        (REFERENCE, TITLE, ("what", "What"), ("why", "What changed"), ("when", "On")),
        lambda facts: map(rows.finished, facts.finished),
    ),
    Section(
        "advice",
        "Advice awaiting an answer",
        "All advice is answered.",
        (
            REFERENCE,
            ("title", "Advice"),
            ("who", "From"),
            ("when", "Given on"),
            ("what", "Standing"),
        ),
        lambda facts: rows.advised(facts.advice, facts.before),
    ),
    Section(
        "ownerless",
        "Without a lead",
        "Every action has a lead.",
        (REFERENCE, TITLE, ("what", "Action"), ("who", "Lead"), ("when", "Due")),
        rows.ownerless,
    ),
    Section(
        "objections",
        "Not taken on",
        "Nobody refused an action.",
        (
            REFERENCE,
            TITLE,
            ("what", "Action"),
            ("why", "Why"),
            ("who", "Who was asked"),
            ("when", "On"),
        ),
        lambda facts: map(rows.objected, facts.objections),
    ),
    Section(
        "missed",
        "Did not happen",
        "Nothing regular was missed.",
        (REFERENCE, ("what", "What"), ("who", "Lead"), ("when", "Was due")),
        lambda facts: map(rows.missed, facts.missed),
    ),
    Section(
        "decided",
        "Decided",
        "Nothing was decided.",
        (REFERENCE, TITLE, ("what", "Decision"), ("why", "Why"), ("when", "On")),
        lambda facts: map(rows.decided, facts.decided),
        SINCE,
    ),
    Section(
        "moved",
        "Dates moved",
        "No date was moved.",
        (
            REFERENCE,
            TITLE,
            ("what", "Action and its dates"),
            ("why", "Why"),
            ("when", "On"),
            ("days", "Days later"),
        ),
        lambda facts: map(rows.moved, facts.moved),
        SINCE,
    ),
    Section(
        "reopened",
        "Reopened",
        "Nothing was reopened.",
        (REFERENCE, TITLE, ("why", "Why"), ("when", "On")),
        lambda facts: map(rows.reopened, facts.reopened),
        SINCE,
    ),
)
OVERDUE = frozenset({"newly_overdue", "long_overdue", "still_overdue"})


def content_of(facts: Facts) -> Content:
    """Plain data alone: stored, hashed and printed without looking anything up."""
    return {
        "format": FORMAT,
        **_heading(facts.heading),
        "since": _since(facts.before),
        "totals": totals(facts.work),
        "sections": [_section(each, facts) for each in SECTIONS],
    }


def _heading(heading: Heading) -> dict[str, Any]:
    return {
        "number": heading.number,
        "organisation": heading.organisation,
        "group": heading.group,
        "meeting_on": in_full(heading.meeting_on),
        "meeting_day": heading.meeting_on.isoformat(),
        "frozen_at": heading.frozen_at.astimezone(UTC).isoformat(),
        "cut_off": _moment(heading.frozen_at),
        "frozen_by": heading.frozen_by,
    }


def _moment(at: datetime) -> str:
    local = at.astimezone(LONDON)
    return f"{in_full(local.date())}, {local:%H:%M}"


def _since(before: Before | None) -> str:
    if before is None:
        return "This is the first pack for this group."
    return (
        f"Since pack {before.number}, for the meeting of {in_full(before.meeting_on)}, "
        f"frozen on {_moment(before.frozen_at)}."
    )


def _section(section: Section, facts: Facts) -> dict[str, Any]:
    return {
        "key": section.key,
        "part": section.part,
        "title": section.title,
        "nothing": section.nothing,
        "columns": [list(column) for column in section.columns],
        "rows": list(section.lists(facts)),
    }


def before_of(content: Content, *, frozen_at: datetime) -> Before:
    """What the next pack needs to know of this one."""
    ids = {part["key"]: {row["id"] for row in part["rows"]} for part in content["sections"]}
    return Before(
        number=content["number"],
        meeting_on=date.fromisoformat(content["meeting_day"]),
        frozen_at=frozen_at,
        overdue=frozenset().union(*(ids[key] for key in OVERDUE)),
        advice=frozenset(ids["advice"]),
    )
