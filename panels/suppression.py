"""Small numbers: how much of one gathering's count anybody may see.

Every page, export, feed, chart, alternative text and email goes through here. A number that is
hidden hides everything it could be worked out from: the shortfall, how many are known, the drawn
seats, and a part or a chair that is the difference of two numbers.
"""

from dataclasses import dataclass

from panels.audit import (
    Count,
    MeasureAudit,
    PartAudit,
    Tally,
    effective_count,
    seat_marks,
    shortfall,
    verdict,
)
from panels.enums import Audience, Basis, Measure, SeatMark, Verdict
from panels.thresholds import Threshold

MEMBERS_MINIMUM_PEOPLE = 5
MEMBERS_MINIMUM_KNOWN = 3
PUBLIC_WOMEN_MINIMUM_PEOPLE = 3
STATED_BASES = frozenset({Basis.PUBLICLY_STATED, Basis.ORGANISER_STATED})


@dataclass(frozen=True)
class VisibleCount:
    """All that may be shown. Where `exact` is None, only `shown_to_meet` may be said.

    `shown_to_meet` False joins not met and not known, so that it never says "nobody".
    """

    shown_to_meet: bool
    seats: tuple[SeatMark, ...]
    exact: Count | None = None
    verdict: Verdict | None = None
    shortfall: int | None = None


def may_see_exact(
    count: Count, *, measure: Measure, basis: Basis, audience: Audience, typed_it: bool
) -> bool:
    """`typed_it`: the person looking entered this count, or has just supplied it."""
    if typed_it:
        return True
    count = effective_count(count, measure, basis)
    is_stated = _is_stated(measure, basis)
    if audience == Audience.PUBLIC:
        return is_stated and count.n >= PUBLIC_WOMEN_MINIMUM_PEOPLE
    if count.n < MEMBERS_MINIMUM_PEOPLE or count.known < MEMBERS_MINIMUM_KNOWN:
        return False
    return is_stated or (count.yes > 0 and count.no > 0)


def _is_stated(measure: Measure, basis: Basis) -> bool:
    """Whether it is no secret: how many women, said in public or by the organiser."""
    return measure == Measure.WOMEN and basis in STATED_BASES


def _visible(count: Count, threshold: Threshold, exact: bool) -> VisibleCount:
    result = verdict(count, threshold)
    shown_to_meet = result == Verdict.MET
    if not exact:
        return VisibleCount(shown_to_meet, (SeatMark.PLAIN,) * count.n)
    short = shortfall(count, threshold)
    return VisibleCount(shown_to_meet, seat_marks(count, short), count, result, short)


def visible_session(count: Count, *, basis: Basis, typed_it: bool) -> Count | None:
    """Women in one session, to a member; None where it may not be said.

    A session has few people, so of them only what is no secret: said in public or by the organiser.
    """
    exact = typed_it or (
        _is_stated(Measure.WOMEN, basis) and count.n >= PUBLIC_WOMEN_MINIMUM_PEOPLE
    )
    return effective_count(count, Measure.WOMEN, basis) if exact else None


@dataclass(frozen=True)
class VisiblePart:
    """`with_chair` is None where nobody was recorded beside the count, or it may not be shown."""

    counted: VisibleCount
    with_chair: VisibleCount | None
    is_met_only_with_chair: bool

    @property
    def people_beside(self) -> int:
        """How many chair or moderate; 0 where that may not be shown."""
        if self.with_chair is None or self.with_chair.exact is None or self.counted.exact is None:
            return 0
        return self.with_chair.exact.n - self.counted.exact.n


@dataclass(frozen=True)
class VisibleMeasure:
    measure: Measure
    whole: VisiblePart | None
    main_stage: VisiblePart | None
    rest: VisiblePart | None
    is_not_shown_on_main_stage: bool


def visible_measure(
    audit: MeasureAudit, *, audience: Audience, typed_it: bool = False
) -> VisibleMeasure:
    """A whole measure, with no number that two others give away by subtraction.

    `typed_it` only if the person looking entered every count of this measure.
    """
    parts_exact = _parts_may_be_exact(audit, audience, typed_it)
    whole_exact = typed_it or parts_exact or not _whole_tells_of_a_part(audit)

    def part(which: PartAudit | None, exact: bool) -> VisiblePart | None:
        return _visible_part(which, audience, typed_it, exact) if which else None

    return VisibleMeasure(
        measure=audit.measure,
        whole=part(audit.whole, whole_exact),
        main_stage=part(audit.main_stage, parts_exact),
        rest=part(audit.rest, parts_exact),
        is_not_shown_on_main_stage=audit.is_not_shown_on_main_stage,
    )


def _may_see(tally: Tally, count: Count, audience: Audience, typed_it: bool) -> bool:
    return may_see_exact(
        count, measure=tally.measure, basis=tally.basis, audience=audience, typed_it=typed_it
    )


def _may_see_the_chair(beside: Tally, audience: Audience, typed_it: bool) -> bool:
    """A chair sits in view and is often one person: a stated count of women may name that one."""
    return _is_stated(beside.measure, beside.basis) or _may_see(
        beside, beside.count, audience, typed_it
    )


def _parts_may_be_exact(audit: MeasureAudit, audience: Audience, typed_it: bool) -> bool:
    """Both parts are shown or neither: one part and the whole give away the other.

    Somebody in both parts would be the difference of all three, so then neither is shown.
    """
    given = [part.tally for part in (audit.main_stage, audit.rest) if part]
    if typed_it:
        return True
    people = sum(tally.count.n for tally in given)
    if audit.whole and people != audit.whole.count.n:
        return False
    return len(given) == 2 and all(_may_see(t, t.count, audience, typed_it) for t in given)


def _whole_tells_of_a_part(audit: MeasureAudit) -> bool:
    """With nobody unknown in the whole, "not shown" of a hidden part would mean "not met".

    In a part of five or fewer that is "nobody", so the whole is hidden as well: always, because
    hiding it only where it matters would tell the same. A part of which nothing is known is not
    shown for that reason alone, and says nothing of anybody.
    """
    if audit.whole is None or _is_stated(audit.measure, audit.whole.tally.basis):
        return False
    parts = (audit.main_stage, audit.rest)
    return audit.whole.count.unknown == 0 and any(part and part.count.known for part in parts)


def _visible_part(part: PartAudit, audience: Audience, typed_it: bool, exact: bool) -> VisiblePart:
    exact = exact and _may_see(part.tally, part.tally.count, audience, typed_it)
    counted = _visible(part.count, part.threshold, exact)
    combined = part.count_with_chair
    if combined is None or part.beside is None or not exact:
        return VisiblePart(counted, None, False)
    if not _may_see_the_chair(part.beside, audience, typed_it):
        return VisiblePart(counted, None, False)
    with_chair = _visible(combined, part.threshold, True)
    return VisiblePart(counted, with_chair, part.is_met_only_with_chair)
