"""What a count leaves behind for the years: one judged line for each part of each measure.

A standing group is counted as at several days, which stand side by side, and its newest day
speaks for it. Everything else happens once: correcting its count keeps the day of that count.
"""

from dataclasses import dataclass
from datetime import date

from panels.audit import STANDING_GROUPS, LineUpAudit, MeasureAudit
from panels.enums import Audience, Basis, Definition, GatheringKind, Measure, Part, Verdict
from panels.suppression import visible_measure


@dataclass(frozen=True)
class StandingFact:
    """One part of one measure, as judged by the rules of its version.

    `is_exact`: members may see its numbers.
    """

    part: Part
    measure: Measure
    verdict: Verdict
    basis: Basis
    definition: Definition
    rules_version: str
    is_exact: bool


def standing_facts(audit: LineUpAudit) -> tuple[StandingFact, ...]:
    """One for each measure and part that was counted."""
    return tuple(fact for one in (audit.women, audit.minoritised) for fact in _of_measure(one))


def _of_measure(audit: MeasureAudit) -> tuple[StandingFact, ...]:
    seen = visible_measure(audit, audience=Audience.MEMBER)
    parts = (
        (audit.whole, seen.whole),
        (audit.main_stage, seen.main_stage),
        (audit.rest, seen.rest),
    )
    return tuple(
        StandingFact(
            part=part.tally.part,
            measure=audit.measure,
            verdict=part.verdict,
            basis=part.stamp.basis,
            definition=part.stamp.definition,
            rules_version=part.stamp.rules_version,
            is_exact=visible.counted.exact is not None,
        )
        for part, visible in parts
        if part and visible
    )


def quarter_of(day: date) -> date:
    """Its first day."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def day_of_count(kind: GatheringKind, *, asked: date, newest: date | None) -> date:
    """As at which day a count is. `newest`: that of the newest count, if there is one."""
    if kind in STANDING_GROUPS or newest is None:
        return asked
    return newest


def day_it_speaks_for(kind: GatheringKind, *, held_on: date, as_at: date | None) -> date:
    """The day whose quarter a judged count belongs to: an event's own, wherever it moves."""
    return as_at if kind in STANDING_GROUPS and as_at else held_on


def audience_of_count(*, is_newest: bool) -> Audience:
    """Who typed neither of two counts is not to compare their numbers: one person who came, or
    one answer that was mended, would be the difference. So all but the newest are told to a
    member as they would be told to anybody.
    """
    return Audience.MEMBER if is_newest else Audience.PUBLIC
