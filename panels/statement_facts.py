"""What a statement about one line-up says: what anybody at all may know of it, and no more.

Every number went through the small-number rules for the public before it came here, so whoever
reads a statement, an invited leader too, learns of one measure only whether it was shown to
meet; of women, where their count is publicly or organiser stated and of three or more, the
count itself.

A statement that is made anew after a correction can be laid beside the old one. For what is
hidden, the two tell at most that "shown to meet" changed, which is what each says by itself: no
number can be worked out from that change. The number of seats is no secret, and stated counts of
women are exact in both, as they were stated.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from panels.audit import LineUp, MeasureAudit, audit_line_up
from panels.enums import Audience, GatheringKind, SeatMark, Verdict
from panels.result_words import those_beside
from panels.results import HIDDEN, ShownMeasure, ShownPart, Tag, show
from panels.suppression import VisiblePart, visible_measure
from panels.thresholds import Thresholds

FORMAT = 1
Facts = dict[str, Any]

NOT_SHOWN = "Not shown to meet"
QUESTION = "Who isn’t at the table, who should be, and how do we get them there?"
ALWAYS_LIMITED = (
    "It does not show which communities were heard, or how people were listened to.",
    "It holds numbers alone. Nobody’s gender or ethnicity is kept.",
)
JOINED = (
    "“Not shown to meet” joins two things: too few, and not known. It never says that nobody is"
    " there."
)


@dataclass(frozen=True)
class ToState:
    """A line-up and what it is called. `line_up` holds the newest count.

    `as_at`: the day the count is of, where a standing group was counted; else the day of making.
    """

    title: str
    kind: GatheringKind
    held_on: date
    last_day: date
    organiser: str
    stated_by: str
    as_at: date
    line_up: LineUp


def facts_of(what: ToState) -> Facts:
    """Plain JSON. Against the wording's own thresholds, never what an organisation aims for."""
    audit = audit_line_up(what.line_up, Thresholds())
    shown = show(audit, audience=Audience.PUBLIC, typed_it=False)
    measures = [
        _measure(found, seen)
        for found, seen in zip((audit.women, audit.minoritised), shown.measures, strict=True)
    ]
    return {
        "format": FORMAT,
        "title": what.title,
        "kind": what.kind.value,
        "held_on": what.held_on.isoformat(),
        "last_day": what.last_day.isoformat(),
        "organiser": what.organiser,
        "stated_by": what.stated_by,
        "as_at": what.as_at.isoformat(),
        "measures": measures,
        "limits": _limits(measures),
    }


def _measure(audit: MeasureAudit, shown: ShownMeasure) -> Facts:
    visible = visible_measure(audit, audience=Audience.PUBLIC)
    pairs = [(shown.whole, visible.whole)]
    halves = [half for half in (visible.main_stage, visible.rest) if half]
    pairs += list(zip(shown.parts, halves, strict=True))
    return {
        "measure": audit.measure.value,
        "title": shown.title,
        "asks": f"At least {Thresholds().of(audit.measure)}",
        "tag": _tag(shown.tag),
        "warnings": [_tag(warning) for warning in shown.warnings],
        "parts": [_part(part, seen) for part, seen in pairs if part and seen],
        "stamp": [list(row) for row in shown.stamp],
    }


def _tag(tag: Tag) -> dict[str, str]:
    """With its word: a frozen statement says the same whatever we call things later."""
    if tag.label:
        return {"kind": tag.kind, "label": tag.label}
    label = NOT_SHOWN if tag.kind == "not_shown" else str(Verdict(tag.kind).label)
    return {"kind": tag.kind, "label": label}


def _part(part: ShownPart, seen: VisiblePart) -> Facts:
    return {
        "name": part.name,
        "tag": _tag(part.tag),
        "seats": dict(Counter(part.picture.marks)),
        "label": part.picture.label,
        "words": {mark: part.picture.words[mark] for mark in _named(part)},
        "centre": part.picture.centre,
        "figure": part.figure,
        "known": part.known,
        "with_chair": _with_chair(seen),
    }


def _named(part: ShownPart) -> list[str]:
    return [mark for mark in part.picture.words if mark in part.picture.marks]


def marks_of(part: Facts) -> list[str]:
    """The seats as they are drawn: in the order of their kinds, never of the people in them.

    Stored facts come back with their keys in another order.
    """
    return [mark.value for mark in SeatMark for _ in range(part["seats"].get(mark.value, 0))]


def drawn(facts: Facts) -> list[Facts]:
    """The measures, each part with its seats one by one."""
    return [
        measure | {"parts": [part | {"marks": marks_of(part)} for part in measure["parts"]]}
        for measure in facts["measures"]
    ]


def _with_chair(seen: VisiblePart) -> str:
    beside = seen.with_chair
    if beside is None or beside.exact is None or beside.verdict is None:
        return ""
    count, found = beside.exact, str(beside.verdict.label).lower()
    beside_it = those_beside(seen.people_beside)
    return f"With {beside_it} counted: {count.yes} of {count.n}, {found}"


def _limits(measures: list[Facts]) -> list[str]:
    parts = [part for measure in measures for part in measure["parts"]]
    is_joined = any(part["tag"]["kind"] == "not_shown" for part in parts)
    is_hidden = any(not part["figure"] for part in parts)
    return [
        *ALWAYS_LIMITED,
        *((JOINED,) if is_joined else ()),
        *((HIDDEN,) if is_hidden else ()),
    ]
