"""What was shown to be done and was missed since, before the daily run has said so."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from history.models import Entry
from organisations.models import User
from recommendations.enums import Ruling, State
from recommendations.models import Action, ClosureProposal, Recommendation
from recommendations.refusals import RecommendationRefused
from tests.factories.closing import decide_closure, proposed
from tests.factories.proving import OccurrenceFactory
from tests.factories.recommendations import ActionFactory
from tests.recommendations.closing.conftest import NOW, TODAY

DONE: dict[str, Any] = {
    "wanted": State.CLOSED_IMPLEMENTED, "reason": "", "outcome": "Waits are shorter.",
}  # fmt: skip
IN_TIME = datetime.combine(date(2026, 6, 24), NOW.timetz())
MISSED = IN_TIME + timedelta(days=1)
NOT_SHOWN = "Action 3 is not shown to be done yet."


@pytest.fixture
def regular(proven: Recommendation, lead: User) -> Action:
    """The third of its actions: once a quarter, last held today."""
    made: Action = ActionFactory(
        recommendation=proven, position=3, responsible_owner=lead, proven_on=TODAY,
        kind="cadence", every_months=3, occurrences_needed=1,
    )  # fmt: skip
    OccurrenceFactory(action=made, held_on=TODAY)
    return made


def test_it_is_not_proposed_as_implemented(
    proven: Recommendation, regular: Action, lead: User
) -> None:
    with pytest.raises(RecommendationRefused, match=NOT_SHOWN):
        proposed(proven, by=lead, at=MISSED, **DONE)
    assert ClosureProposal.objects.count() == 0
    assert proposed(proven, by=lead, at=IN_TIME, **DONE).is_open


def test_it_may_be_proposed_otherwise(proven: Recommendation, regular: Action, lead: User) -> None:
    assert proposed(proven, by=lead, at=MISSED).is_open


def test_the_page_says_so(
    as_lead: Client, here: str, proven: Recommendation, regular: Action
) -> None:
    with time_machine.travel(MISSED, tick=False):
        page = as_lead.post(here + "closing/", DONE)
    assert page.context["form"].errors == {"wanted": [NOT_SHOWN]}
    assert [action for action, _ in page.context["missing"]] == [regular]


def test_the_committee_does_not_close_it(
    proven: Recommendation, regular: Action, lead: User
) -> None:
    proposal = proposed(proven, by=lead, at=IN_TIME, **DONE)
    with pytest.raises(RecommendationRefused, match=NOT_SHOWN), transaction.atomic():
        decide_closure(proposal, Ruling.APPROVED, at=MISSED)
    proposal.refresh_from_db()
    proven.refresh_from_db()
    assert (proposal.is_open, proven.state) == (True, State.PROPOSED_FOR_CLOSURE)
    decide_closure(proposal, Ruling.RETURNED, at=MISSED)
    proven.refresh_from_db()
    assert proven.state == State.IN_PROGRESS


def test_in_time_it_does(proven: Recommendation, regular: Action, lead: User) -> None:
    decide_closure(proposed(proven, by=lead, at=NOW, **DONE), Ruling.APPROVED, at=IN_TIME)
    proven.refresh_from_db()
    assert proven.state == State.CLOSED_IMPLEMENTED


def test_what_nobody_had_judged_yet_counts(proven: Recommendation, lead: User) -> None:
    """As system: it was shown already, and nobody did anything now."""
    proven.actions.filter(position=2).update(proven_on=None)
    proposed(proven, by=lead, at=NOW, **DONE)
    entry = Entry.objects.about(proven).get(verb="recommendation.action_proven")
    assert (entry.actor, entry.details["number"]) == (None, "2")
    assert proven.actions.get(position=2).proven_on == TODAY
