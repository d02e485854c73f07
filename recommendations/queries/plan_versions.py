"""What somebody else saved of the plan meanwhile, and what keeps an action as it is."""

from collections.abc import Mapping

from recommendations.models import Action, Recommendation
from recommendations.proof import ProofFacts, what_shows_it
from recommendations.queries.versions import NOTHING, Rows

WHAT_SHOWS_IT: Mapping[str, str] = {
    "occurrences": "it has dates on which it happened",
    "units": "it lists what it has to cover",
    "counts": "it has counts",
    "checks": "it has checks",
    "evidence": "it has evidence",
}
WHAT_WAS_SAID: Mapping[str, str] = {
    "objections": "somebody said why they do not take it on",
    "extensions": "a later date was asked for",
    "handovers": "it was handed over",
    "assessments": "an impact assessment names it",
}


def shows_already(action: Action) -> bool:
    """Whether anything would be left over that shows another kind."""
    return bool(_first_of(action, WHAT_SHOWS_IT))


def why_it_stays(action: Action) -> str:
    """Why it cannot be taken out; empty when it can."""
    if action.accepted_at:
        return "its date stands"
    return _first_of(action, {**WHAT_SHOWS_IT, **WHAT_WAS_SAID})


def _first_of(action: Action, words: Mapping[str, str]) -> str:
    return next((said for name, said in words.items() if getattr(action, name).exists()), "")


def recommendation_in_rows(one: Recommendation) -> Rows:
    return [
        ("Reference", one.reference),
        ("Title", one.title),
        ("Original text", one.text),
        ("Theme", one.theme.title if one.theme else NOTHING),
        ("It is a finding", "Yes" if one.is_finding else "No"),
        ("Level", one.get_level_display() or NOTHING),
        ("How soon is it wanted", one.get_horizon_display() or NOTHING),
        ("Phase", str(one.phase or NOTHING)),
    ]


def step_in_rows(one: Action) -> Rows:
    facts = ProofFacts(
        one.kind, one.every_months, one.occurrences_needed, one.unit, one.is_counted,
        one.percent_needed,
    )  # fmt: skip
    return [
        ("What is to be done", one.title),
        ("What shows that it is done", what_shows_it(facts)),
        ("It happens with the meetings of a group", "Yes" if one.moves_with_meetings else "No"),
        ("Budget in pounds", _number(one.budget_pounds)),
        ("Staff time in days", _number(one.staff_days)),
    ]


def _number(number: int | None) -> str:
    return NOTHING if number is None else f"{number:,}"
