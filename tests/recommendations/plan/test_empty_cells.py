"""What a cell that is left empty does, and that the page says so."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import User
from recommendations.models import Action, Recommendation, Source
from recommendations.pasted_plan import NO_SUCH_DAY
from tests.factories.recommendations import ActionFactory, RecommendationFactory
from tests.recommendations.plan.conftest import FAR, LIST
from tests.recommendations.plan.test_import import look, save

SAID = "An empty cell takes away what was there. But left empty, these stay as they are:"


@pytest.fixture
def here(source: Source) -> str:
    return f"{LIST}{source.pk}/file/"


@pytest.fixture
def held(source: Source, bea: User) -> Action:
    """Accepted by its lead; not accepted by the organisation, in so many words."""
    of = RecommendationFactory(
        organisation=source.organisation, source=source, theme=None, reference="1", phase=2,
        level="system", is_finding=True, response="not_accepted", response_reason="No money",
        state="in_progress",
    )  # fmt: skip
    made: Action = ActionFactory(
        recommendation=of, position=1, cadence=True, moves_with_meetings=True,
        responsible_owner=bea, target_date=FAR, original_date=FAR, accepted_at=timezone.now(),
        accepted_by=bea,
    )  # fmt: skip
    return made


STAY = ("Response", "Reason for the response", "State", "Finding", "Kind", "Moves with meetings",
        "Date", "Original date")  # fmt: skip


def test_these_stay(as_alice: Client, held: Action, here: str) -> None:
    row = {"Reference": "1", "Title": "Another", "Action number": "1", **dict.fromkeys(STAY, "")}
    response = look(as_alice, here, row)
    [entry] = response.context["outcome"].changed
    assert entry.words == ["Title"]
    before = vars_of(held)
    save(as_alice, here, row)
    assert vars_of(held) == before


def vars_of(held: Action) -> list[Any]:
    one, action = Recommendation.objects.get(), Action.objects.get(pk=held.pk)
    return [
        one.response, one.response_reason, one.state, one.is_finding, action.kind,
        action.moves_with_meetings, action.target_date, action.original_date,
    ]  # fmt: skip


def test_the_others_go(as_alice: Client, held: Action, here: str) -> None:
    row = {"Reference": "1", "Phase": "", "Level": "", "Action number": "1", "Lead": ""}
    save(as_alice, here, row)
    one, action = Recommendation.objects.get(), Action.objects.get(pk=held.pk)
    assert (one.phase, one.level, action.responsible_owner) == (None, "", None)


def test_a_date_that_nobody_accepted_goes(as_alice: Client, action: Action, here: str) -> None:
    Action.objects.update(target_date=FAR)
    save(as_alice, here, {"Reference": "1", "Action number": "1", "Date": ""})
    action.refresh_from_db()
    assert action.target_date is None


def test_it_is_said_once(as_alice: Client, action: Action, here: str) -> None:
    assert as_alice.get(here).content.decode().count(SAID) == 1
    page = look(as_alice, here, {"Reference": "1", "Title": "Another", "State": ""})
    assert page.content.decode().count(SAID) == 1


@pytest.mark.parametrize("typed", ["31 Marchy 2030", "March 2030", "31/2/2030", "20300331"])
def test_what_is_no_date_is_named(as_alice: Client, action: Action, here: str, typed: str) -> None:
    row = {"Reference": "1", "Action number": "1", "Date": typed}
    page = look(as_alice, here, row)
    [problem] = page.context["outcome"].problems
    assert (problem.row, problem.column, problem.text) == (2, "Date", NO_SUCH_DAY % typed)
    assert page.context["sealed"] == ""


def test_a_date_in_words_is_read(as_alice: Client, action: Action, here: str) -> None:
    save(as_alice, here, {"Reference": "1", "Action number": "1", "Date": "31 March 2030"})
    action.refresh_from_db()
    assert action.target_date == date(2030, 3, 31)
