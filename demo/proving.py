"""What shows that the large organisation's actions are done. All of it is invented."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from demo.days import Days
from demo.scene import Step
from organisations.models import User
from recommendations.actions.covering import change_units, cover_unit, record_check
from recommendations.actions.evidencing import add_evidence
from recommendations.actions.proving import record_occurrence
from recommendations.enums import ActionKind, OccurrenceKind
from recommendations.evidence_files import Given
from recommendations.models import Action

HALF_A_YEAR = 190
A_MONTH = 30
POLICIES = (
    "Absence", "Adoption leave", "Annual leave", "Bullying and harassment", "Capability",
    "Carers’ leave", "Code of conduct", "Complaints", "Conflicts of interest", "Data protection",
    "Dress", "Driving for work", "Expenses", "Fixed-term work", "Flexible working",
    "Health and safety", "Home working", "Induction", "Job evaluation", "Lone working",
    "Maternity leave", "Menopause", "Parental leave", "Pay", "Probation", "Redundancy",
    "Religious observance", "Secondment", "Supervision", "Training", "Whistleblowing",
)  # fmt: skip
TOPICS = (
    "What the figures by community say", "Who is not in the room", "What staff raised",
    "What was promised and is late",
)  # fmt: skip


def shown_done(action: Action, *, ago: int, by: User, days: Days) -> Iterator[Step]:
    """On that day it was shown to be done; what happens regularly has gone on since."""
    at = days.at(ago, 15)
    if action.kind == ActionKind.CADENCE:
        yield at, partial(_happened, action, ago, by, days)
        turn = (action.every_months or 1) * A_MONTH
        for later in range(ago - turn, -1, -turn):
            yield days.at(later, 15), partial(_once, action, later, by, days)
    elif action.kind == ActionKind.COVERAGE:
        yield at, partial(_covered, action, ago, by, days)
    elif action.kind == ActionKind.EMBEDDING:
        yield at, partial(_checked, action, ago, by, days)
    else:
        yield at, partial(_evidence, action, ago, by, days)


def _happened(action: Action, ago: int, by: User, days: Days, at: datetime) -> None:
    turn = (action.every_months or 1) * A_MONTH
    for times in reversed(range(action.occurrences_needed or 1)):
        _once(action, ago + times * turn, by, days, at)


def _once(action: Action, ago: int, by: User, days: Days, at: datetime) -> None:
    record_occurrence(
        action=action,
        held_on=days.on(ago),
        kind=OccurrenceKind.SESSION,
        topic=TOPICS[ago % len(TOPICS)],
        headcount=8 + ago % 7,
        changed="",
        by=by,
        now=at,
    )


def _covered(action: Action, ago: int, by: User, days: Days, at: datetime) -> None:
    change_units(action=action, add=POLICIES, remove=(), by=by, now=at)
    for unit in action.units.all():
        cover_unit(unit=unit, covered_on=days.on(ago), note="", by=by, now=at)


def _checked(action: Action, ago: int, by: User, days: Days, at: datetime) -> None:
    for day in (ago + HALF_A_YEAR, ago):
        record_check(
            action=action,
            checked_on=days.on(day),
            in_place=True,
            note="Teams bring it up without being asked.",
            by=by,
            now=at,
        )


def _evidence(action: Action, ago: int, by: User, days: Days, at: datetime) -> None:
    add_evidence(
        recommendation=action.recommendation,
        action=action,
        title=action.title,
        given=Given(dated=days.on(ago), note="It is done, and everybody here can read it."),
        by=by,
        now=at,
    )
