"""A judged line-up in words: what one reader may be told, in the order it is read.

Words are made from what the small-number rules let through, never from the counts themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from panels import result_words as words
from panels.audit import (
    STANDING_GROUPS,
    LineUp,
    LineUpAudit,
    MeasureAudit,
    PartAudit,
    audit_line_up,
    verdict,
)
from panels.enums import Audience, Basis, Definition, GatheringKind, Measure, Part, SeatRole
from panels.suppression import VisibleCount, VisiblePart, may_see_exact, visible_measure
from panels.thresholds import Threshold, Thresholds, needed

SHORT_TITLES = {
    Definition.WOMEN: "Women",
    Definition.WOMEN_AND_NON_BINARY: "Women and non-binary",
    Definition.MINORITISED_SELF_DEFINED: "Minoritised communities",
}
USUAL_DEFINITIONS = {
    Measure.WOMEN: Definition.WOMEN,
    Measure.MINORITISED: Definition.MINORITISED_SELF_DEFINED,
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
class ShownAim:
    """What the organisation aims for itself: a second line, never in place of the first."""

    asks: str
    tag: Tag
    sentence: str


@dataclass(frozen=True)
class ShownMeasure:
    """One threshold, never mixed with the other. `whole` is None where nobody counted.

    `seats`: women by speaking roles, beside the people. `aim` is only the organisation's own.
    """

    title: str
    short_title: str
    asks: str
    tag: Tag
    whole: ShownPart | None = None
    parts: tuple[ShownPart, ...] = ()
    warnings: tuple[Tag, ...] = ()
    stamp: tuple[tuple[str, str], ...] = ()
    seats: tuple[str, ...] = ()
    aim: ShownAim | None = None


@dataclass(frozen=True)
class Result:
    measures: tuple[ShownMeasure, ...]
    notes: tuple[str, ...]
    asks_first: bool
    """Something is not known: asking people comes before any figure."""


def show(
    audit: LineUpAudit,
    *,
    audience: Audience,
    typed_it: bool,
    source: str = "",
    aims: Thresholds | None = None,
) -> Result:
    """What this reader may be told. `source` says where stated counts of women come from,
    where that is not their basis. `aims` are told to nobody outside the organisation."""
    both = (audit.women, audit.minoritised)
    measures = tuple(_show_measure(one, audience, typed_it, source, aims) for one in both)
    women = replace(measures[0], seats=_seats(audit, measures[0], audience))
    measures = (women, measures[1])
    return Result(
        measures=measures,
        notes=_notes(measures, audit.women.kind),
        asks_first=any(measure.tag.kind in ("not_known", "not_shown") for measure in measures),
    )


@lru_cache(maxsize=2048)
def show_line_up(
    line_up: LineUp, *, audience: Audience, typed_it: bool, aims: Thresholds | None = None
) -> Result:
    """Kept, because the same few line-ups fill a list and judging one takes longer than any."""
    found = audit_line_up(line_up, Thresholds())
    return show(found, audience=audience, typed_it=typed_it, aims=aims)


def _notes(measures: tuple[ShownMeasure, ...], kind: GatheringKind) -> tuple[str, ...]:
    notes = [DOES_NOT_SHOW] if any(measure.tag.kind == "met" for measure in measures) else []
    return (*notes, WIDEN) if kind in STANDING_GROUPS else tuple(notes)


def _show_measure(
    audit: MeasureAudit,
    audience: Audience,
    typed_it: bool,
    source: str,
    aims: Thresholds | None,
) -> ShownMeasure:
    if audit.whole is None:
        usual = USUAL_DEFINITIONS[audit.measure]
        named = (words.TITLES[usual], SHORT_TITLES[usual])
        return ShownMeasure(*named, "", Tag("not_known", "Not counted yet"))
    definition = audit.whole.tally.definition
    visible = visible_measure(audit, audience=audience, typed_it=typed_it)
    whole = _show_part(Part.WHOLE, audit.whole, visible.whole)
    halves = (
        (Part.MAIN_STAGE, audit.main_stage, visible.main_stage),
        (Part.REST, audit.rest, visible.rest),
    )
    return ShownMeasure(
        title=words.TITLES[definition],
        short_title=SHORT_TITLES[definition],
        asks=_asks(audit.whole),
        tag=whole.tag,
        whole=whole,
        parts=tuple(_show_part(which, part, seen) for which, part, seen in halves if part),
        warnings=_warnings(visible.whole, visible.is_not_shown_on_main_stage),
        stamp=_stamp(audit.whole, whole, source),
        aim=_aim(audit.whole, visible.whole, aims) if audience == Audience.MEMBER else None,
    )


def _asks(part: PartAudit) -> str:
    return _at_least(part.threshold, part.count.n)


def _at_least(threshold: Threshold, n: int) -> str:
    return f"At least {threshold}: {needed(n, threshold)} of {n} seats"


def _aim(part: PartAudit, seen: VisiblePart | None, aims: Thresholds | None) -> ShownAim | None:
    """Only beside numbers that may be shown: a second line would narrow down a hidden one."""
    if aims is None or seen is None or seen.counted.exact is None:
        return None
    aim, count = aims.of(part.tally.measure), seen.counted.exact
    if not part.threshold.is_lower_than(aim):
        return None
    return ShownAim(
        asks=_at_least(aim, count.n),
        tag=Tag(verdict(count, aim).value, ""),
        sentence=words.of_an_own_aim(part.tally.definition, count, aim),
    )


def _seats(audit: LineUpAudit, women: ShownMeasure, audience: Audience) -> tuple[str, ...]:
    """By speaking roles, from what was stated for each session; only beside people's numbers."""
    seats, part = audit.women_seats, audit.women.whole
    if not seats or not seats.n or part is None or women.whole is None or not women.whole.figure:
        return ()
    stated = Basis.ORGANISER_STATED
    if not may_see_exact(
        seats, measure=Measure.WOMEN, basis=stated, audience=audience, typed_it=False
    ):
        return ()
    told = f"By seats instead of people: {seats.yes} of {seats.n}, known for {seats.known}."
    if not audit.same_few_people:
        return (told,)
    return (told, words.of_seats_and_people(part.count, seats, part.tally.definition))


def _warnings(whole: VisiblePart | None, not_on_main_stage: bool) -> tuple[Tag, ...]:
    found = []
    if whole and whole.is_met_only_with_chair:
        beside = words.those_beside(whole.people_beside)
        found.append(Tag("not_shown", f"Met only with {beside} counted"))
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
    definition, seen = part.tally.definition, visible.counted
    picture = _picture(which, definition, part.threshold, seen)
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
        sentences=_sentences(which, definition, part.threshold, visible),
    )


def _picture(
    which: Part, definition: Definition, threshold: Threshold, seen: VisibleCount
) -> Picture:
    not_yet = {"unknown": "not known", "short": f"more to reach {threshold}"}
    return Picture(
        marks=tuple(mark.value for mark in seen.seats),
        label=f"{words.TITLES[definition]}: {which.label.lower()}",
        words=words.SEAT_WORDS[definition] | not_yet,
        centre=f"{seen.exact.yes} of {seen.exact.n}" if seen.exact else "",
    )


def _sentences(
    which: Part, definition: Definition, threshold: Threshold, part: VisiblePart
) -> tuple[str, ...]:
    found, exact = [], part.counted.exact
    if exact:
        found.append(words.of_the_seats_there_are(definition, exact, threshold))
    if exact and which == Part.WHOLE:
        found.append(words.of_each_seat_added(definition, exact, threshold))
    if part.with_chair and part.with_chair.exact and part.with_chair.verdict:
        count, found_then = part.with_chair.exact, part.with_chair.verdict.label.lower()
        beside = words.those_beside(part.people_beside)
        found.append(f"With {beside} counted: {count.yes} of {count.n}, {found_then}.")
    return tuple(sentence for sentence in found if sentence)


def listed(names: Iterable[SeatRole | GatheringKind]) -> str:
    """ "Chair, co-chair, moderator", always in the order of the words themselves."""
    chosen = set(names)
    kind = type(next(iter(chosen)))
    labels = [str(name.label) for name in kind if name in chosen]
    first, *others = labels
    return ", ".join([first, *(label.lower() for label in others)])
