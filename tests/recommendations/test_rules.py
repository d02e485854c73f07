"""The small rules: what shows an action is done, which dates may be proposed, what is to do."""

from datetime import date, timedelta

import pytest

from organisations.models import Organisation, User
from recommendations.assignment import (
    DATE_CHANGED,
    DATE_PASSED,
    DATE_STANDS,
    NO_DATE,
    why_not_accept,
    why_not_propose,
)
from recommendations.enums import ActionKind, Response, State
from recommendations.lifecycle import RecommendationFacts, waits_for_its_leads
from recommendations.proof import ProofFacts, what_shows_it
from recommendations.queries import actions_to_do
from tests.factories.deciding import closed_by_decision
from tests.factories.recommendations import led_recommendation
from ui.dates import TOO_FAR

TODAY = date(2026, 3, 10)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
IN_TEN_YEARS, TOO_LATE = date(2036, 3, 10), date(2036, 3, 11)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (
            ProofFacts(ActionKind.DELIVERABLE),
            "At least one piece of evidence: a file, a link or a dated note.",
        ),
        (
            ProofFacts(ActionKind.CADENCE, every_months=3, occurrences=4),
            "It happens every 3 months, 4 times in a row, each within 14 days of its date.",
        ),
        (
            ProofFacts(ActionKind.CADENCE, every_months=1, occurrences=1),
            "It happens every month, once, each within 14 days of its date.",
        ),
        (
            ProofFacts(ActionKind.COVERAGE, unit="service area"),
            "Every service area is ticked off by name.",
        ),
        (
            ProofFacts(ActionKind.COVERAGE),
            "Every part of the organisation is ticked off by name.",
        ),
        (
            ProofFacts(ActionKind.EMBEDDING),
            "Two checks, at least 6 months apart, both find it in place.",
        ),
    ],
)
def test_what_shows_it(facts: ProofFacts, sentence: str) -> None:
    assert what_shows_it(facts) == sentence


@pytest.mark.parametrize(
    ("wanted", "present", "accepted", "answer"),
    [
        (TODAY, None, False, ""),
        (YESTERDAY, None, False, DATE_PASSED),
        (YESTERDAY, YESTERDAY, False, ""),
        (None, TODAY, False, ""),
        (TOMORROW, TODAY, True, DATE_STANDS),
        (None, TODAY, True, DATE_STANDS),
        (TODAY, TODAY, True, ""),
        (IN_TEN_YEARS, None, False, ""),
        (TOO_LATE, None, False, TOO_FAR),
        (date.max, None, False, TOO_FAR),
    ],
)
def test_which_dates_may_be_proposed(
    wanted: date | None, present: date | None, accepted: bool, answer: str
) -> None:
    assert why_not_propose(wanted, present=present, is_accepted=accepted, today=TODAY) == answer


@pytest.mark.parametrize(
    ("target", "shown", "stands", "answer"),
    [
        (None, None, False, NO_DATE),
        (None, TODAY, False, NO_DATE),
        (YESTERDAY, YESTERDAY, False, DATE_PASSED),
        (YESTERDAY, YESTERDAY, True, ""),
        (TODAY, TODAY, False, ""),
        (TOMORROW, TOMORROW, False, ""),
        (TOMORROW, TODAY, False, DATE_CHANGED),
        (TOMORROW, None, True, DATE_CHANGED),
        (IN_TEN_YEARS, IN_TEN_YEARS, False, ""),
        (TOO_LATE, TOO_LATE, False, TOO_FAR),
        (date.max, date.max, True, ""),
    ],
)
def test_which_dates_may_be_accepted(
    target: date | None, shown: date | None, stands: bool, answer: str
) -> None:
    problem = why_not_accept(target, shown=shown, is_accepted=stands, today=TODAY)
    assert problem == answer


@pytest.mark.django_db
@pytest.mark.parametrize("state", State)
def test_the_query_keeps_the_rule(state: State, harbour: Organisation, bea: User) -> None:
    """What waits for its leads: once as facts, once in SQL."""
    is_closed = state in State.closed()
    for response in Response:
        found = led_recommendation(
            lead=bea,
            organisation=harbour,
            title=response,
            response=response,
            response_reason="Why",
            state=State.IN_PROGRESS if is_closed else state,
        )
        if is_closed:
            closed_by_decision(found, state=state)
    found = {action.recommendation.title for action in actions_to_do()}
    assert found == {
        response
        for response in Response
        if waits_for_its_leads(RecommendationFacts(None, False, response, state, TODAY))
    }
