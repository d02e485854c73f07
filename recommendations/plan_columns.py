"""The columns of a plan as a file, the same going out and coming in. Rules only."""

from collections.abc import Mapping, Sequence

COLUMNS: Mapping[str, str] = {
    "source": "Source",
    "reference": "Reference",
    "title": "Title",
    "text": "Original text",
    "theme": "Theme",
    "is_finding": "Finding",
    "level": "Level",
    "horizon": "How soon",
    "phase": "Phase",
    "depends_on": "Depends on",
    "response": "Response",
    "response_reason": "Reason for the response",
    "state": "State",
    "sponsor": "Executive sponsor",
    "number": "Action number",
    "step": "Action",
    "kind": "Kind",
    "every_months": "Months between",
    "occurrences_needed": "Times in a row",
    "moves_with_meetings": "Moves with meetings",
    "unit": "What it covers",
    "percent_needed": "Of every 100, at least",
    "lead": "Lead",
    "original_date": "Original date",
    "target_date": "Date",
    "budget_pounds": "Budget in pounds",
    "staff_days": "Staff days",
}
NOT_FOR_ADVISERS = ("budget_pounds", "staff_days")
YES, NO = "yes", "no"


def keys_for(*, shows_budget: bool) -> Sequence[str]:
    return [key for key in COLUMNS if shows_budget or key not in NOT_FOR_ADVISERS]


def headings(keys: Sequence[str]) -> list[str]:
    return [COLUMNS[key] for key in keys]


def yes_or_no(told: bool) -> str:
    return YES if told else NO
