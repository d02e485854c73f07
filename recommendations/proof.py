"""What shows that an action is done, and where it stands. The action's kind decides.

A cadence counts how often in a row something happened on time. It may happen more often than
asked: then it is not late, and what comes too early adds nothing to the row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from recommendations.enums import ActionKind
from ui.dates import in_full, is_within_reach, months_later

TOLERANCE_DAYS = 14
TOLERANCE = timedelta(days=TOLERANCE_DAYS)
MONTHS_BETWEEN_CHECKS = 6
CHECKS_NEEDED = 2
WHOLE = 100
NOT_YET = "This day is still to come. Record it once it has happened."
TOO_LONG_AGO = "This is more than ten years ago. Check the year."


@dataclass(frozen=True)
class ProofFacts:
    """What was asked. `every_months` and `occurrences` belong to a cadence, `unit` (singular),
    `is_counted` and `percent_needed` (None: all of it) to coverage."""

    kind: str
    every_months: int | None = None
    occurrences: int | None = None
    unit: str = ""
    is_counted: bool = False
    percent_needed: int | None = None


@dataclass(frozen=True)
class Happened:
    """`moved_with_meeting`: the meeting it belongs to was held on another day than planned."""

    held_on: date
    moved_with_meeting: bool = False


@dataclass(frozen=True)
class Count:
    covered: int
    whole: int
    counted_on: date


@dataclass(frozen=True)
class Check:
    checked_on: date
    in_place: bool


@dataclass(frozen=True)
class Shown:
    """What there is. `evidence`: pieces that nobody withdrew. `count`: the newest. `checks`: in
    the order in which they were made, those of one day in the order they were recorded.

    `accepted_on`: the first occurrence is counted from there. `meets_on`: when the meeting that a
    cadence moves with will be held next.
    """

    evidence: int = 0
    happened: tuple[Happened, ...] = ()
    accepted_on: date | None = None
    meets_on: date | None = None
    units: int = 0
    units_covered: int = 0
    count: Count | None = None
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Where an action stands. The days belong to a cadence: when it is due, and the last day on
    which it is still on time."""

    is_proven: bool
    words: str
    next_due: date | None = None
    late_after: date | None = None
    is_missed: bool = False


def what_shows_it(facts: ProofFacts) -> str:
    if facts.kind == ActionKind.CADENCE and facts.every_months and facts.occurrences:
        return _cadence(facts.every_months, facts.occurrences)
    if facts.kind == ActionKind.COVERAGE and facts.is_counted:
        return _counted(facts)
    if facts.kind == ActionKind.COVERAGE:
        return f"Every {facts.unit or 'part of the organisation'} is ticked off by name."
    if facts.kind == ActionKind.EMBEDDING:
        return f"Two checks, at least {MONTHS_BETWEEN_CHECKS} months apart, both find it in place."
    return "At least one piece of evidence: a file, a link or a dated note."


def _cadence(every_months: int, occurrences: int) -> str:
    often = "every month" if every_months == 1 else f"every {every_months} months"
    times = "once" if occurrences == 1 else f"{occurrences} times in a row"
    return f"It happens {often}, {times}, each within {TOLERANCE_DAYS} days of its date."


def _counted(facts: ProofFacts) -> str:
    share = facts.percent_needed or WHOLE
    what = plural(facts.unit) if facts.unit else "parts"
    if share == WHOLE:
        return f"A count shows that all {what} are covered."
    return f"A count shows that at least {share} in 100 {what} are covered."


def why_not_on(day: date, *, today: date) -> str:
    """Why something cannot be recorded for this day; empty when it can."""
    if day > today:
        return NOT_YET
    return "" if is_within_reach(day, today=today) else TOO_LONG_AGO


def judge(asked: ProofFacts, shown: Shown, *, today: date) -> Standing:
    """Whether it is shown to be done today, and where it stands in plain words."""
    if asked.kind == ActionKind.CADENCE:
        return _judge_cadence(asked, shown, today)
    if asked.kind == ActionKind.COVERAGE and asked.is_counted:
        return _judge_count(asked, shown.count)
    if asked.kind == ActionKind.COVERAGE:
        return _judge_units(asked, shown)
    if asked.kind == ActionKind.EMBEDDING:
        return _judge_checks(shown.checks)
    return _judge_evidence(shown.evidence)


def _judge_evidence(pieces: int) -> Standing:
    if pieces == 0:
        return Standing(is_proven=False, words="No evidence yet")
    return Standing(is_proven=True, words=f"{pieces} piece{'' if pieces == 1 else 's'} of evidence")


def in_a_row(happened: Iterable[Happened], *, every_months: int) -> int:
    """How many at the end of these follow one another on time."""
    length, counted, last = 0, None, None
    for each in sorted(happened, key=lambda one: one.held_on):
        if last is None or counted is None or _is_late(each, last, every_months):
            length, counted = 1, each.held_on
        elif not _is_early(each, counted, every_months):
            length, counted = length + 1, each.held_on
        last = each.held_on
    return length


def _is_late(each: Happened, last: date, every_months: int) -> bool:
    if each.moved_with_meeting:
        return False
    return each.held_on > months_later(last, every_months) + TOLERANCE


def _is_early(each: Happened, counted: date, every_months: int) -> bool:
    """Too soon to be the next one. A meeting that was brought forward still is, as long as it
    lies nearer to its own date than to the one before."""
    due = months_later(counted, every_months)
    if each.moved_with_meeting:
        return due - each.held_on > each.held_on - counted
    return each.held_on < due - TOLERANCE


def _judge_cadence(asked: ProofFacts, shown: Shown, today: date) -> Standing:
    every_months, needed = asked.every_months or 1, asked.occurrences or 1
    last = max((each.held_on for each in shown.happened), default=None)
    since = last or shown.accepted_on
    if since is None:
        return Standing(is_proven=False, words=_row_in_words(0, needed))
    due = months_later(since, every_months)
    limit = _latest_day(due, shown.meets_on, every_months) + TOLERANCE
    is_missed = today > limit
    length = 0 if is_missed else in_a_row(shown.happened, every_months=every_months)
    one = "next" if last else "first"
    follows = f": the {one} one, due by {in_full(due)}, was missed" if is_missed else ""
    return Standing(
        is_proven=length >= needed,
        words=_row_in_words(length, needed) + (follows or f"; {one} by {in_full(due)}"),
        next_due=due,
        late_after=limit,
        is_missed=is_missed,
    )


def _latest_day(due: date, meets_on: date | None, every_months: int) -> date:
    """What moves with its meeting waits for it, but never for a whole turn."""
    return max(due, min(meets_on or due, months_later(due, every_months)))


def _row_in_words(length: int, needed: int) -> str:
    if needed == 1:
        return "Done once" if length else "Not done yet"
    return f"{min(length, needed)} of {needed} times in a row"


def _judge_units(asked: ProofFacts, shown: Shown) -> Standing:
    what = asked.unit or "part"
    if shown.units == 0:
        return Standing(is_proven=False, words=f"No {what} is named yet")
    named = what if shown.units == 1 else plural(what)
    return Standing(
        is_proven=shown.units_covered == shown.units,
        words=f"{shown.units_covered} of {shown.units} {named}",
    )


def _judge_count(asked: ProofFacts, count: Count | None) -> Standing:
    """By whole numbers: a share that is only rounded up to the one needed does not reach it."""
    if count is None:
        return Standing(is_proven=False, words="Not counted yet")
    share = asked.percent_needed or WHOLE
    named = f" {plural(asked.unit)}" if asked.unit else ""
    needed = -(-share * count.whole // WHOLE)
    words = f"{count.covered} of {count.whole}{named} on {in_full(count.counted_on)}"
    return Standing(
        is_proven=WHOLE * count.covered >= share * count.whole,
        words=words if needed == count.whole else f"{words}; {needed} needed",
    )


def _judge_checks(checks: tuple[Check, ...]) -> Standing:
    """Of several checks on one day the last recorded holds. A check that did not find it in
    place begins the row anew."""
    by_day = {check.checked_on: check.in_place for check in checks}
    first = last = None
    for day in sorted(by_day):
        if by_day[day]:
            first, last = first or day, day
        else:
            first = last = None
    if not by_day:
        return Standing(is_proven=False, words=f"0 of {CHECKS_NEEDED} checks")
    if first is None or last is None:
        day = max(by_day)
        return Standing(is_proven=False, words=f"Not in place on {in_full(day)}; check again")
    enough = months_later(first, MONTHS_BETWEEN_CHECKS)
    if last < enough:
        words = f"1 of {CHECKS_NEEDED} checks; the next counts from {in_full(enough)} on"
        return Standing(is_proven=False, words=words)
    words = f"In place on {in_full(first)} and on {in_full(last)}"
    return Standing(is_proven=True, words=words)


def plural(unit: str) -> str:
    """Of a plain English noun, as people name parts of an organisation."""
    if unit.endswith("y") and unit[-2:-1] not in "aeiou":
        return f"{unit[:-1]}ies"
    return f"{unit}es" if unit.endswith(("s", "x", "ch", "sh")) else f"{unit}s"
