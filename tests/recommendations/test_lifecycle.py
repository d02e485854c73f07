from datetime import date, timedelta

import pytest

from recommendations.enums import Rating, Response, State
from recommendations.lifecycle import (
    ActionFacts,
    Proven,
    RatingShown,
    RecommendationFacts,
    days_slipped,
    is_due_soon,
    is_overdue,
    is_silent,
    lacks_lead,
    needs_work,
    next_target,
    proven,
    rating_shown,
    waits_for_its_leads,
)

TODAY = date(2024, 3, 1)
OPEN = [State.NOT_STARTED, State.IN_PROGRESS, State.PROPOSED_FOR_CLOSURE]


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def due(days: int, *, is_proven: bool = False) -> ActionFacts:
    return ActionFacts(is_proven, original_target=in_days(days), target=in_days(days))


def recommendation(
    *actions: ActionFacts,
    theme: str | None = "Values",
    is_finding: bool = False,
    response: Response = Response.ACCEPTED,
    state: State = State.IN_PROGRESS,
    adopted_on: date = TODAY,
    last_update: date | None = None,
    rating: Rating | None = None,
) -> RecommendationFacts:
    return RecommendationFacts(
        theme, is_finding, response, state, adopted_on, actions, last_update, rating
    )


@pytest.mark.parametrize(("days", "overdue"), [(-400, True), (-1, True), (0, False), (1, False)])
def test_due_today_is_not_overdue(days: int, overdue: bool) -> None:
    assert is_overdue(recommendation(due(days)), TODAY) is overdue


@pytest.mark.parametrize(
    ("days", "soon"), [(-1, False), (0, True), (1, True), (30, True), (31, False)]
)
def test_due_soon_is_today_and_the_next_thirty_days(days: int, soon: bool) -> None:
    assert is_due_soon(recommendation(due(days)), TODAY) is soon


def test_one_unproven_action_is_enough() -> None:
    mixed = recommendation(due(-5, is_proven=True), due(-1), due(10))
    assert (is_overdue(mixed, TODAY), is_due_soon(mixed, TODAY)) == (True, True)


@pytest.mark.parametrize(
    "actions",
    [
        (),
        (due(-5, is_proven=True), due(5, is_proven=True)),
        (ActionFacts(is_proven=False),),
    ],
)
def test_without_an_unproven_date_nothing_is_due(actions: tuple[ActionFacts, ...]) -> None:
    facts = recommendation(*actions)
    assert (is_overdue(facts, TODAY), is_due_soon(facts, TODAY)) == (False, False)
    assert next_target(facts) is None


def test_the_date_that_stands_decides_not_the_original_one() -> None:
    extended = ActionFacts(is_proven=False, original_target=in_days(-60), target=in_days(60))
    assert is_overdue(recommendation(extended), TODAY) is False


@pytest.mark.parametrize("state", OPEN)
def test_open_in_any_state_is_overdue_and_silent(state: State) -> None:
    facts = recommendation(due(-1), state=state, adopted_on=in_days(-91))
    assert (is_overdue(facts, TODAY), is_silent(facts, TODAY, 90)) == (True, True)


@pytest.mark.parametrize("state", State.closed())
def test_closed_is_neither_overdue_nor_due_nor_silent(state: State) -> None:
    facts = recommendation(due(-1), due(1), state=state, adopted_on=in_days(-400))
    assert is_overdue(facts, TODAY) is False
    assert is_due_soon(facts, TODAY) is False
    assert is_silent(facts, TODAY, 90) is False
    assert next_target(facts) is None


@pytest.mark.parametrize("state", OPEN)
def test_what_was_not_accepted_is_nobodys_debt(state: State) -> None:
    facts = recommendation(
        due(-1), due(1), state=state, response=Response.NOT_ACCEPTED, adopted_on=in_days(-400)
    )
    assert needs_work(facts) is False
    assert (is_overdue(facts, TODAY), is_due_soon(facts, TODAY)) == (False, False)
    assert (is_silent(facts, TODAY, 90), lacks_lead(facts)) == (False, False)
    assert next_target(facts) is None


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("response", Response)
def test_what_needs_work_and_what_waits_for_its_leads(state: State, response: Response) -> None:
    facts = recommendation(state=state, response=response)
    is_wanted = state in OPEN and response != Response.NOT_ACCEPTED
    assert needs_work(facts) is is_wanted
    assert waits_for_its_leads(facts) is (is_wanted and state != State.PROPOSED_FOR_CLOSURE)


@pytest.mark.parametrize(
    ("actions", "lacks"),
    [
        ((), False),
        ((ActionFacts(is_proven=False),), True),
        ((ActionFacts(is_proven=False, has_lead=True),), False),
        ((ActionFacts(is_proven=True),), False),
        ((ActionFacts(is_proven=False, has_lead=True), ActionFacts(is_proven=False)), True),
    ],
)
def test_every_action_still_to_do_needs_a_lead(
    actions: tuple[ActionFacts, ...], lacks: bool
) -> None:
    assert lacks_lead(recommendation(*actions)) is lacks


def test_the_next_date_is_the_earliest_still_to_be_met() -> None:
    facts = recommendation(due(-9, is_proven=True), due(40), due(-2), ActionFacts(False))
    assert next_target(facts) == in_days(-2)


@pytest.mark.parametrize(("days", "silent"), [(0, False), (90, False), (91, True)])
def test_silence_begins_after_ninety_days_without_an_update(days: int, silent: bool) -> None:
    updated = recommendation(adopted_on=in_days(-400), last_update=in_days(-days))
    never_updated = recommendation(adopted_on=in_days(-days))
    assert is_silent(updated, TODAY, 90) is silent
    assert is_silent(never_updated, TODAY, 90) is silent


@pytest.mark.parametrize(("days", "silent"), [(30, False), (31, True)])
def test_an_organisation_may_hear_silence_sooner(days: int, silent: bool) -> None:
    facts = recommendation(last_update=in_days(-days))
    assert is_silent(facts, TODAY, silent_after_days=30) is silent


@pytest.mark.parametrize(("days", "unconfirmed"), [(0, False), (90, False), (91, True)])
def test_a_rating_shows_its_age_and_goes_unconfirmed(days: int, unconfirmed: bool) -> None:
    facts = recommendation(rating=Rating.AT_RISK, last_update=in_days(-days))
    assert rating_shown(facts, TODAY, 90) == RatingShown(Rating.AT_RISK, days, unconfirmed)


def test_a_rating_goes_unconfirmed_by_the_organisations_own_cadence() -> None:
    facts = recommendation(rating=Rating.ON_TRACK, last_update=in_days(-31))
    assert rating_shown(facts, TODAY, silent_after_days=30) == RatingShown(
        Rating.ON_TRACK, 31, True
    )


def test_no_rating_is_shown_until_an_owner_gave_one() -> None:
    assert rating_shown(recommendation(), TODAY, 90) is None
    assert rating_shown(recommendation(last_update=TODAY), TODAY, 90) is None


@pytest.mark.parametrize(
    ("original", "now", "days"),
    [
        (TODAY, in_days(214), 214),
        (TODAY, TODAY, 0),
        (TODAY, in_days(-10), -10),
        (None, TODAY, 0),
        (TODAY, None, 0),
    ],
)
def test_days_slipped_is_the_date_that_stands_less_the_original(
    original: date | None, now: date | None, days: int
) -> None:
    assert days_slipped(ActionFacts(False, original_target=original, target=now)) == days


def test_proven_counts_actions_with_their_denominator() -> None:
    items = [recommendation(due(1, is_proven=True), due(2)), recommendation(due(3))]
    assert proven(items) == Proven(done=1, of=3)
    assert proven([]) == Proven(done=0, of=0)
