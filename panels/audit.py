"""What a line-up shows: counts in, results out.

Somebody whose answer is not known is never counted as a yes, never leaves the total and is
never guessed.
"""

from dataclasses import dataclass

from panels.enums import (
    Answer,
    Basis,
    Counted,
    Definition,
    GatheringKind,
    Measure,
    Part,
    SeatMark,
    SeatRole,
    Verdict,
)
from panels.thresholds import Threshold, Thresholds, needed

RULES_VERSION = "1"
"""Part of every figure's stamp. Raise it whenever a rule here changes a result."""

MINIMUM_COUNTED = 2
"""Fewer people than this have no result."""

POINTS_APART = 10
"""Shares of people and of seats this far apart: the same few people hold many seats."""

SPEAKING_ROLES = frozenset(
    {SeatRole.PANELLIST, SeatRole.KEYNOTE, SeatRole.PRESENTER, SeatRole.OPENING_CLOSING}
)
CHAIRING_ROLES = frozenset(
    {SeatRole.CHAIR, SeatRole.CO_CHAIR, SeatRole.MODERATOR, SeatRole.FACILITATOR}
)
VOTING_ROLES = SPEAKING_ROLES | {SeatRole.CHAIR, SeatRole.CO_CHAIR}
STANDING_GROUPS = frozenset(
    {GatheringKind.COMMITTEE, GatheringKind.BOARD, GatheringKind.WORKING_GROUP}
)

EVIDENCE = {
    Measure.WOMEN: frozenset({Basis.SELF_DECLARED, Basis.PUBLICLY_STATED, Basis.ORGANISER_STATED}),
    Measure.MINORITISED: frozenset({Basis.SELF_DECLARED}),
}
"""Where a count may come from to say anything. Ethnicity is only ever what people said."""


@dataclass(frozen=True)
class Count:
    """How many people answered yes, answered no, or are not known. Never who."""

    yes: int = 0
    no: int = 0
    unknown: int = 0

    def __post_init__(self) -> None:
        if min(self.yes, self.no, self.unknown) < 0:
            raise ValueError("A count cannot be below 0.")

    def __add__(self, other: "Count") -> "Count":
        return Count(self.yes + other.yes, self.no + other.no, self.unknown + other.unknown)

    @property
    def known(self) -> int:
        return self.yes + self.no

    @property
    def n(self) -> int:
        return self.known + self.unknown


def counted_roles(kind: GatheringKind) -> frozenset[SeatRole]:
    """On a panel those who speak; in a standing group everybody who votes, chairs included."""
    return VOTING_ROLES if kind in STANDING_GROUPS else SPEAKING_ROLES


def beside_roles(kind: GatheringKind) -> frozenset[SeatRole]:
    """Recorded beside the count. Observers and secretariat are in neither."""
    return CHAIRING_ROLES - counted_roles(kind)


def effective_count(count: Count, measure: Measure, basis: Basis) -> Count:
    """The count as far as its basis can show it; otherwise nobody's answer is known."""
    if basis in EVIDENCE[measure]:
        return count
    return Count(unknown=count.n)


def verdict(count: Count, threshold: Threshold) -> Verdict:
    """Met if the known yes alone reach it; not met if even every unknown could not."""
    if count.n < MINIMUM_COUNTED:
        return Verdict.NO_VERDICT
    if threshold.is_reached_by(count.yes, count.n):
        return Verdict.MET
    if threshold.is_reached_by(count.yes + count.unknown, count.n):
        return Verdict.NOT_KNOWN
    return Verdict.NOT_MET


def shortfall(count: Count, threshold: Threshold) -> int:
    """How many more known yes the seats there are would need; 0 where there is no result."""
    if count.n < MINIMUM_COUNTED:
        return 0
    return max(0, needed(count.n, threshold) - count.yes)


def shortfall_for_extra_seat(count: Count, threshold: Threshold) -> int:
    """The shortfall once one more seat is added, before anybody has taken it."""
    return shortfall(count + Count(unknown=1), threshold)


def stepped_aside(count: Count, own_answer: Answer) -> Count:
    """The count without the leader, who answers about themselves for one view only.

    Raises ValueError when nobody in the count gave that answer.
    """
    left = {answer: getattr(count, answer.value) for answer in Answer}
    if left[own_answer] == 0:
        raise ValueError("Nobody in this count gave that answer.")
    left[own_answer] -= 1
    return Count(left[Answer.YES], left[Answer.NO], left[Answer.UNKNOWN])


def seat_marks(count: Count, empty_chairs: int) -> tuple[SeatMark, ...]:
    """Seats in category order, never seating order, so that no seat points at a person.

    Where nobody is known no chair is missing yet: whoever is needed may be there.
    """
    missing = empty_chairs if count.known else 0
    return (
        (SeatMark.YES,) * count.yes
        + (SeatMark.NO,) * count.no
        + (SeatMark.UNKNOWN,) * count.unknown
        + (SeatMark.SHORT,) * missing
    )


def differs_by_ten_points(people: Count, seats: Count) -> bool:
    """Whether the two shares of yes lie 10 points apart, whatever the unknown turn out to be."""
    return _lowest_beats_highest(people, seats) or _lowest_beats_highest(seats, people)


def _lowest_beats_highest(above: Count, below: Count) -> bool:
    if not above.n or not below.n:
        return False
    gap = above.yes * below.n - (below.yes + below.unknown) * above.n
    return 100 * gap >= POINTS_APART * above.n * below.n


@dataclass(frozen=True)
class Tally:
    """One count as it was given: of which part, of what, and how anybody knows."""

    part: Part
    counted: Counted
    measure: Measure
    count: Count
    basis: Basis
    definition: Definition

    @property
    def effective(self) -> Count:
        return effective_count(self.count, self.measure, self.basis)


@dataclass(frozen=True)
class LineUp:
    """Everything counted at one gathering; at most one tally for each part of each measure.

    `women_seats` counts speaking roles instead of people, where a programme holds both.
    """

    kind: GatheringKind
    tallies: tuple[Tally, ...]
    women_seats: Count | None = None

    def __post_init__(self) -> None:
        if len({(t.measure, t.part, t.counted) for t in self.tallies}) < len(self.tallies):
            raise ValueError("A line-up has one count for each part of each measure.")

    def tally(self, measure: Measure, part: Part, counted: Counted) -> Tally | None:
        wanted = (measure, part, counted)
        return next((t for t in self.tallies if (t.measure, t.part, t.counted) == wanted), None)


@dataclass(frozen=True)
class Stamp:
    """What a figure rests on. Figures with different stamps never share a trend line."""

    definition: Definition
    basis: Basis
    known: int
    n: int
    rules_version: str = RULES_VERSION


@dataclass(frozen=True)
class PartAudit:
    """What one part shows. `count` holds only what its basis can show, not what was typed."""

    tally: Tally
    beside: Tally | None
    threshold: Threshold

    @property
    def count(self) -> Count:
        return self.tally.effective

    @property
    def verdict(self) -> Verdict:
        return verdict(self.count, self.threshold)

    @property
    def shortfall(self) -> int:
        return shortfall(self.count, self.threshold)

    @property
    def count_with_chair(self) -> Count | None:
        return self.count + self.beside.effective if self.beside else None

    @property
    def verdict_with_chair(self) -> Verdict | None:
        combined = self.count_with_chair
        return verdict(combined, self.threshold) if combined else None

    @property
    def is_met_only_with_chair(self) -> bool:
        return (
            self.verdict in (Verdict.NOT_MET, Verdict.NOT_KNOWN)
            and self.verdict_with_chair == Verdict.MET
        )

    @property
    def stamp(self) -> Stamp:
        tally, count = self.tally, self.count
        return Stamp(tally.definition, tally.basis, count.known, count.n)


@dataclass(frozen=True)
class MeasureAudit:
    """One measure of a line-up. A part nobody counted is None."""

    measure: Measure
    kind: GatheringKind
    whole: PartAudit | None
    main_stage: PartAudit | None
    rest: PartAudit | None

    @property
    def verdict(self) -> Verdict:
        return self.whole.verdict if self.whole else Verdict.NO_VERDICT

    @property
    def is_not_shown_on_main_stage(self) -> bool:
        """Met overall, not shown on the main stage; at a conference, also when nobody counted it.

        A main stage of one person has no result, so it is not held against the line-up.
        """
        if self.verdict != Verdict.MET:
            return False
        if self.main_stage is None:
            return self.kind == GatheringKind.CONFERENCE
        return self.main_stage.verdict in (Verdict.NOT_MET, Verdict.NOT_KNOWN)


@dataclass(frozen=True)
class LineUpAudit:
    women: MeasureAudit
    minoritised: MeasureAudit
    same_few_people: bool
    """Women's shares of the seats and of the people lie apart; `women_seats` are those seats."""
    women_seats: Count | None = None


def audit_line_up(line_up: LineUp, thresholds: Thresholds) -> LineUpAudit:
    women = _audit_measure(line_up, Measure.WOMEN, thresholds)
    people = women.whole.count if women.whole else Count()
    return LineUpAudit(
        women=women,
        minoritised=_audit_measure(line_up, Measure.MINORITISED, thresholds),
        same_few_people=differs_by_ten_points(people, line_up.women_seats or Count()),
        women_seats=line_up.women_seats,
    )


def _audit_measure(line_up: LineUp, measure: Measure, thresholds: Thresholds) -> MeasureAudit:
    def part(which: Part) -> PartAudit | None:
        tally = line_up.tally(measure, which, Counted.COUNTED)
        if tally is None:
            return None
        beside = line_up.tally(measure, which, Counted.BESIDE)
        return PartAudit(tally, beside, thresholds.of(measure))

    return MeasureAudit(
        measure, line_up.kind, part(Part.WHOLE), part(Part.MAIN_STAGE), part(Part.REST)
    )
