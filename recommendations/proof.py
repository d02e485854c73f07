"""What would show that an action is done, in one plain sentence."""

from dataclasses import dataclass

from recommendations.enums import ActionKind

TOLERANCE_DAYS = 14
MONTHS_BETWEEN_CHECKS = 6


@dataclass(frozen=True)
class ProofFacts:
    """`every_months` and `occurrences` belong to a cadence, `unit` (singular) to coverage."""

    kind: str
    every_months: int | None = None
    occurrences: int | None = None
    unit: str = ""


def what_shows_it(facts: ProofFacts) -> str:
    if facts.kind == ActionKind.CADENCE and facts.every_months and facts.occurrences:
        return _cadence(facts.every_months, facts.occurrences)
    if facts.kind == ActionKind.COVERAGE:
        return f"Every {facts.unit or 'part of the organisation'} is ticked off by name."
    if facts.kind == ActionKind.EMBEDDING:
        return f"Two checks, at least {MONTHS_BETWEEN_CHECKS} months apart, both find it in place."
    return "At least one piece of evidence: a file, a link or a dated note."


def _cadence(every_months: int, occurrences: int) -> str:
    often = "every month" if every_months == 1 else f"every {every_months} months"
    times = "once" if occurrences == 1 else f"{occurrences} times in a row"
    return f"It happens {often}, {times}, each within {TOLERANCE_DAYS} days of its date."
