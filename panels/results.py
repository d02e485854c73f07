"""A judged line-up in words: what one reader may be told, in the order it is read.

Words are made from what the small-number rules let through, never from the counts themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from panels.audit import (
    STANDING_GROUPS,
    LineUp,
    LineUpAudit,
    MeasureAudit,
    PartAudit,
    audit_line_up,
)
from panels.enums import Audience, Basis, GatheringKind, Measure, Part, SeatRole, Verdict
from panels.suppression import VisibleCount, VisiblePart, visible_measure
from panels.thresholds import Threshold, Thresholds, needed, next_step

NOUNS = {
    Measure.WOMEN: ("woman", "women"),
    Measure.MINORITISED: (
        "person from a minoritised community",
        "people from minoritised communities",
    ),
}
OF_THEM = {
    Measure.WOMEN: ("a woman", "women"),
    Measure.MINORITISED: ("from a minoritised community", "from minoritised communities"),
}
SHORT_TITLES = {Measure.WOMEN: "Women", Measure.MINORITISED: "Minoritised communities"}
SEAT_WORDS = {
    Measure.WOMEN: {"yes": "women", "no": "not women"},
    Measure.MINORITISED: {
        "yes": "from minoritised communities",
        "no": "not from minoritised communities",
    },
}
HIDDEN = "Exact numbers, if there are any, are not shown here, so that nobody is worked out."
DOES_NOT_SHOW = "“Met” does not show which communities were heard."
WIDEN = "Widen who is asked. Nobody is chosen or dropped because of a count."


@dataclass(frozen=True)
class Tag:
    kind: str
    label: str


@dataclass(frozen=True)
class Picture:
    marks: tuple[str, ...]
    label: str
    words: Mapping[str, str]
    centre: str


@dataclass(frozen=True)
class ShownPart:
    """`figure` and `known` are empty where the numbers may not be shown."""

    name: str
    tag: Tag
    picture: Picture
    figure: str = ""
    known: str = ""
    asks: str = ""
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownMeasure:
    """One threshold, never mixed with the other. `whole` is None where nobody counted."""

    title: str
    short_title: str
    asks: str
    tag: Tag
    whole: ShownPart | None = None
    parts: tuple[ShownPart, ...] = ()
    warnings: tuple[Tag, ...] = ()
    stamp: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Result:
    measures: tuple[ShownMeasure, ...]
    notes: tuple[str, ...]
    asks_first: bool
    """Something is not known: asking people comes before any figure."""


def show(audit: LineUpAudit, *, audience: Audience, typed_it: bool, source: str = "") -> Result:
    """What this reader may be told. `source` says where stated counts of women come from,
    where that is not their basis."""
    both = (audit.women, audit.minoritised)
    measures = tuple(_show_measure(one, audience, typed_it, source) for one in both)
    return Result(
        measures=measures,
        notes=_notes(measures, audit.women.kind),
        asks_first=any(measure.tag.kind in ("not_known", "not_shown") for measure in measures),
    )


@lru_cache(maxsize=2048)
def show_line_up(line_up: LineUp, *, audience: Audience, typed_it: bool) -> Result:
    """Kept, because the same few line-ups fill a list and judging one takes longer than any."""
    return show(audit_line_up(line_up, Thresholds()), audience=audience, typed_it=typed_it)


def _notes(measures: tuple[ShownMeasure, ...], kind: GatheringKind) -> tuple[str, ...]:
    notes = [DOES_NOT_SHOW] if any(measure.tag.kind == "met" for measure in measures) else []
    return (*notes, WIDEN) if kind in STANDING_GROUPS else tuple(notes)


def _show_measure(
    audit: MeasureAudit, audience: Audience, typed_it: bool, source: str
) -> ShownMeasure:
    title, short_title = str(audit.measure.label), SHORT_TITLES[audit.measure]
    if audit.whole is None:
        return ShownMeasure(title, short_title, "", Tag("not_known", "Not counted yet"))
    visible = visible_measure(audit, audience=audience, typed_it=typed_it)
    whole = _show_part(Part.WHOLE, audit.whole, visible.whole)
    halves = (
        (Part.MAIN_STAGE, audit.main_stage, visible.main_stage),
        (Part.REST, audit.rest, visible.rest),
    )
    return ShownMeasure(
        title=title,
        short_title=short_title,
        asks=_asks(audit.whole),
        tag=whole.tag,
        whole=whole,
        parts=tuple(_show_part(which, part, seen) for which, part, seen in halves if part),
        warnings=_warnings(visible.whole, visible.is_not_shown_on_main_stage),
        stamp=_stamp(audit.whole, whole, source),
    )


def _asks(part: PartAudit) -> str:
    n = part.count.n
    return f"At least {part.threshold}: {needed(n, part.threshold)} of {n} seats"


def _warnings(whole: VisiblePart | None, not_on_main_stage: bool) -> tuple[Tag, ...]:
    found = []
    if whole and whole.is_met_only_with_chair:
        found.append(Tag("not_shown", "Met only with the chair counted"))
    if not_on_main_stage:
        found.append(Tag("not_shown", "Met overall, not shown on the main stage"))
    return tuple(found)


def _stamp(part: PartAudit, shown: ShownPart, source: str) -> tuple[tuple[str, str], ...]:
    """Where not met and not known are joined, the source is not said: it would part them."""
    stamp = part.stamp
    stated = source if source and stamp.basis == Basis.ORGANISER_STATED else stamp.basis.label
    rows = (
        ("Who is counted", str(stamp.definition.label)),
        ("Where this count comes from", "" if shown.tag.kind == "not_shown" else str(stated)),
        ("Known share", shown.known),
        ("Rules", f"Version {stamp.rules_version}"),
    )
    return tuple(row for row in rows if row[1])


def _show_part(which: Part, part: PartAudit, visible: VisiblePart | None) -> ShownPart:
    assert visible is not None, "a part that was counted is visible in some form"
    measure, seen = part.tally.measure, visible.counted
    picture = _picture(which, measure, part.threshold, seen)
    if seen.exact is None or seen.verdict is None:
        tag = Tag("met", "Shown to meet") if seen.shown_to_meet else Tag("not_shown", "")
        return ShownPart(str(which.label), tag, picture, sentences=(HIDDEN,))
    return ShownPart(
        name=str(which.label),
        tag=Tag(seen.verdict.value, ""),
        picture=picture,
        figure=f"{seen.exact.yes} of {seen.exact.n}",
        known=f"Known for {seen.exact.known} of {seen.exact.n}",
        asks=_asks(part),
        sentences=_sentences(which, measure, part.threshold, visible),
    )


def _picture(which: Part, measure: Measure, threshold: Threshold, seen: VisibleCount) -> Picture:
    words = SEAT_WORDS[measure] | {"unknown": "not known", "short": f"more to reach {threshold}"}
    return Picture(
        marks=tuple(mark.value for mark in seen.seats),
        label=f"{measure.label}: {which.label.lower()}",
        words=words,
        centre=f"{seen.exact.yes} of {seen.exact.n}" if seen.exact else "",
    )


def _sentences(
    which: Part, measure: Measure, threshold: Threshold, part: VisiblePart
) -> tuple[str, ...]:
    found = [_shortfall(measure, part.counted)]
    if which == Part.WHOLE:
        found.append(_next_seat(measure, part.counted, threshold))
    if part.with_chair and part.with_chair.exact and part.with_chair.verdict:
        count, verdict = part.with_chair.exact, part.with_chair.verdict
        found.append(f"With the chair counted: {count.yes} of {count.n}, {verdict.label.lower()}.")
    return tuple(sentence for sentence in found if sentence)


def _shortfall(measure: Measure, seen: VisibleCount) -> str:
    if not seen.shortfall or seen.exact is None:
        return ""
    noun = NOUNS[measure][seen.shortfall > 1]
    if seen.exact.known == 0:
        return _nobody_known(measure, seen.shortfall, of=seen.exact.n)
    if seen.verdict == Verdict.NOT_KNOWN:
        waiting = seen.exact.unknown
        people = "1 person is" if waiting == 1 else f"{waiting} people are"
        return f"{seen.shortfall} more {noun} would show it; {people} not known yet."
    return f"You need {seen.shortfall} more {noun} among these {seen.exact.n}."


def _nobody_known(measure: Measure, least: int, *, of: int) -> str:
    return f"At least {least} of these {of} would need to be {OF_THEM[measure][least > 1]}."


def _next_seat(measure: Measure, seen: VisibleCount, threshold: Threshold) -> str:
    """Of every line-up with a result, so that nobody reads it as a way to fewer seats."""
    if seen.exact is None or seen.verdict == Verdict.NO_VERDICT:
        return ""
    step = next_step(seen.exact.n, threshold)
    still = "" if step.adds else "still "
    noun = NOUNS[measure][step.needed > 1]
    return f"With {an_ordinal(step.seat)} seat you would {still}need {step.needed} {noun}."


def an_ordinal(number: int) -> str:
    """A 6th, an 8th, an 11th, an 80th."""
    spoken_with_a_vowel = str(number).startswith("8") or number in (11, 18)
    return f"{'an' if spoken_with_a_vowel else 'a'} {ordinal(number)}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th … 11th, 12th, 13th … 21st."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def listed(names: Iterable[SeatRole | GatheringKind]) -> str:
    """ "Chair, co-chair, moderator", always in the order of the words themselves."""
    chosen = set(names)
    kind = type(next(iter(chosen)))
    labels = [str(name.label) for name in kind if name in chosen]
    first, *others = labels
    return ", ".join([first, *(label.lower() for label in others)])
