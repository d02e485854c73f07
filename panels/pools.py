"""Figures over several events together, of which everybody may read: one function lets them out.

A pool holds at least 20 known people of at least 3 events. Each event is in one pool of a
measure, ever, and a pool is frozen when it is released, so no two of them can be subtracted.
Counts are to the nearest 5 and fewer than 5 is never said more exactly, nought included.

A pool waits for the next quarter where its figures, beside what is said of each event by itself,
could leave one value alone: whether it waits for that follows from what readers already know,
never from the hidden counts, so waiting tells nothing either.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from panels.audit import MINIMUM_COUNTED, Count, MeasureAudit, PartAudit
from panels.enums import Audience, Basis, Measure
from panels.suppression import VisiblePart, visible_measure
from panels.thresholds import needed

MINIMUM_KNOWN = 20
MINIMUM_GATHERINGS = 3
STEP = 5
FEWER = "fewer_than_5"
NEARLY_EVERYBODY = "nearly_everybody"
SAID_OF_MEASURE = {
    Measure.WOMEN: "women",
    Measure.MINORITISED: "from minoritised communities",
}


@dataclass(frozen=True)
class Range:
    """Every value that a reader must think possible, both ends included."""

    low: int
    high: int

    @property
    def is_open(self) -> bool:
        return self.low < self.high

    def within(self, other: "Range") -> "Range":
        return Range(max(self.low, other.low), min(self.high, other.high))


def total(ranges: Iterable[Range]) -> Range:
    found = list(ranges)
    return Range(sum(one.low for one in found), sum(one.high for one in found))


@dataclass(frozen=True)
class Known:
    """What a reader of one event's own result can work out of its whole count."""

    yes: Range
    known: Range


def known_of(audit: MeasureAudit, audience: Audience) -> Known:
    """Only for a measure whose whole was counted. Parts narrow what is known of the whole."""
    assert audit.whole is not None, "only what was counted as a whole goes into a pool"
    seen = visible_measure(audit, audience=audience)
    whole = _known_of_part(audit.whole, seen.whole)
    pairs = ((audit.main_stage, seen.main_stage), (audit.rest, seen.rest))
    parts = [(part.count.n, _known_of_part(part, visible)) for part, visible in pairs if part]
    return Known(
        yes=_narrowed(whole.yes, audit.whole.count.n, [(n, one.yes) for n, one in parts]),
        known=_narrowed(whole.known, audit.whole.count.n, [(n, one.known) for n, one in parts]),
    )


def _known_of_part(part: PartAudit, visible: VisiblePart | None) -> Known:
    n = part.count.n
    exact = visible.counted.exact if visible else None
    if exact is not None:
        return Known(Range(exact.yes, exact.yes), Range(exact.known, exact.known))
    if n < MINIMUM_COUNTED or visible is None:
        return Known(Range(0, n), Range(0, n))
    least = needed(n, part.threshold)
    if visible.counted.shown_to_meet:
        return Known(Range(least, n), Range(least, n))
    return Known(Range(0, least - 1), Range(0, n))


def _narrowed(whole: Range, people: int, parts: list[tuple[int, Range]]) -> Range:
    """A part lies within its whole; who is in no part is known no better than before."""
    if not parts:
        return whole
    in_parts = sum(n for n, _ in parts)
    outside = max(0, people - in_parts)
    low = max(one.low for _, one in parts)
    if in_parts == people:
        low = sum(one.low for _, one in parts)
    return whole.within(Range(low, sum(one.high for _, one in parts) + outside))


@dataclass(frozen=True)
class Candidate:
    """One event that waits for a pool. `to_public`, `to_members`: what its own result tells."""

    key: str
    count: Count
    to_public: Known
    to_members: Known

    def told(self, audience: Audience) -> Known:
        return self.to_public if audience == Audience.PUBLIC else self.to_members


def candidate(key: str, audit: MeasureAudit) -> Candidate | None:
    """None where nothing is known that could be added to a pool: so of who is in one, readers may
    take it that somebody is known."""
    if audit.whole is None or audit.whole.tally.basis == Basis.NOT_KNOWN:
        return None
    count = audit.whole.count
    if count.n < MINIMUM_COUNTED or not count.known:
        return None
    public, members = (_in_a_pool(audit, who) for who in (Audience.PUBLIC, Audience.MEMBER))
    return Candidate(key, count, public, members)


def _in_a_pool(audit: MeasureAudit, audience: Audience) -> Known:
    told = known_of(audit, audience)
    return Known(told.yes, told.known.within(Range(1, told.known.high)))


@dataclass(frozen=True)
class Pooled:
    """All that is ever released. `yes` is a number or one of the two words; so is nothing else."""

    gatherings: int
    people: int
    known: int
    yes: int | str
    share: int | None

    def as_facts(self) -> dict[str, Any]:
        return {
            "gatherings": self.gatherings,
            "people": self.people,
            "known": self.known,
            "yes": self.yes,
            "share": self.share,
        }


def from_facts(facts: dict[str, Any]) -> Pooled:
    return Pooled(**facts)


@dataclass(frozen=True)
class Release:
    pool: tuple[Candidate, ...]
    figures: Pooled


def release(waiting: Sequence[Candidate]) -> Release | None:
    """As many as may be released together of those that wait, oldest first; the others, or all
    where none may be, wait for the next quarter."""
    for size in range(len(waiting), MINIMUM_GATHERINGS - 1, -1):
        pool = tuple(waiting[:size])
        figures = _released(pool)
        if figures:
            return Release(pool, figures)
    return None


def _released(pool: tuple[Candidate, ...]) -> Pooled | None:
    count = sum((one.count for one in pool), Count())
    if count.known < MINIMUM_KNOWN:
        return None
    if any(_could_tell([one.told(audience) for one in pool]) for audience in Audience):
        return None
    return _figures(len(pool), count)


def _figures(gatherings: int, count: Count) -> Pooled:
    """The share is of the figures as they are said, so that it says nothing more."""
    known, yes = nearest(count.known), nearest(count.yes)
    people = nearest(count.n)
    if count.yes < STEP:
        return Pooled(gatherings, people, known, FEWER, None)
    if yes == known:
        return Pooled(gatherings, people, known, NEARLY_EVERYBODY, None)
    return Pooled(gatherings, people, known, yes, nearest_share(yes, known))


def nearest(number: int) -> int:
    """To the nearest 5."""
    return STEP * ((number + STEP // 2) // STEP)


def nearest_share(part: int, whole: int) -> int:
    """Per cent, to the nearest 5 points; half a step rounds up."""
    return STEP * ((200 * part + STEP * whole) // (2 * STEP * whole))


def same_yes(number: int) -> Range:
    """Every number of known yes that is said in the same words."""
    if number < STEP:
        return Range(0, STEP - 1)
    return same_known(number).within(Range(STEP, nearest(number) + STEP // 2))


def same_known(number: int) -> Range:
    return Range(nearest(number) - STEP // 2, nearest(number) + STEP // 2)


def _could_tell(told: Sequence[Known]) -> bool:
    """Whether some count that could be there would be said in words that fit no other."""
    yes = total(one.yes for one in told)
    known = total(one.known for one in told).within(Range(MINIMUM_KNOWN, 10**9))
    if not any(one.known.is_open for one in told):
        return False
    if _has_lone_value(known, same_known):
        return True
    return yes.is_open and (_has_lone_value(yes, same_yes) or _leaves_one_rest(told, yes, known))


def _has_lone_value(possible: Range, same: Callable[[int], Range]) -> bool:
    """Only the first and the last of the possible values can stand alone."""
    ends = (same(possible.low), same(possible.high))
    return any(not end.within(possible).is_open for end in ends)


def _leaves_one_rest(told: Sequence[Known], yes: Range, known: Range) -> bool:
    """Whether the fewest yes and the most known that are said alike could leave just those who
    are known to have said no: then they are the only numbers that fit."""
    said_no = sum(max(0, one.known.low - one.yes.high) for one in told)
    fewest = {max(yes.low, same_yes(number).low) for number in range(yes.low, yes.high + 1)}
    return any(
        min(known.high, same_known(number).high) - said_no in fewest
        for number in range(known.low, known.high + 1)
    )


def in_words(found: Pooled, measure: Measure) -> str:
    """ "About 15 of about 40 people were women, about 40%: known for about 40 of about 60." """
    said = SAID_OF_MEASURE[measure]
    known = f"known for about {found.known} of about {found.people}"
    if found.yes == FEWER:
        return f"Fewer than 5 of about {found.known} people were {said}: {known}."
    if found.yes == NEARLY_EVERYBODY:
        return f"Nearly all of about {found.known} people were {said}: {known}."
    share = f"about {found.share}%"
    return f"About {found.yes} of about {found.known} people were {said}, {share}: {known}."
