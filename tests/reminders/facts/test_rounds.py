"""Rounds of asking a line-up that are about to end: their day, and nothing of any answer."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.enums import Role
from organisations.models import Organisation, User
from panels.actions.declaring import close_round
from panels.models import DeclarationRound
from reminders.enums import Audience, ReminderKind
from reminders.lines import LINES
from tests.factories.declaring import answers, opened, seat_people, upcoming
from tests.factories.panels import GatheringFactory
from tests.reminders.facts.asking import GONE, days, heard, told

pytestmark = pytest.mark.django_db

CLOSING = (ReminderKind.ROUND_CLOSING, Audience.ORGANISER)


def make_round(organisation: Organisation, by: User, closes_on: date) -> DeclarationRound:
    event = upcoming(GatheringFactory(organisation=organisation, title="The conference"))
    seat_people(event, mailed=5)
    return opened(event, by=by, closes_on=closes_on)


@pytest.fixture
def asked(
    harbour: Organisation, northside: Organisation, alice: User, chidi: User, bea: User
) -> DeclarationRound:
    """Alice asks until next week; Chidi asks others on the same day."""
    last = timezone.localdate() + days(7)
    found = make_round(harbour, alice, last)
    close_round(round_id=make_round(northside, chidi, last).pk, by=chidi, now=timezone.now())
    return found


def test_whoever_opened_it_hears(asked: DeclarationRound, alice: User) -> None:
    assert told(*CLOSING) == [(alice, asked.pk, asked.closes_on)]


def test_it_follows_a_day_that_moves(asked: DeclarationRound) -> None:
    later = asked.closes_on + days(7)
    DeclarationRound.objects.filter(pk=asked.pk).update(closes_on=later)
    assert [day for *_, day in told(*CLOSING)] == [later]


@pytest.mark.parametrize("given", [1, 4])
def test_answers_change_nothing(given: int, asked: DeclarationRound, alice: User) -> None:
    """So that nobody can tell from an email, or from none, how many there are."""
    before = told(*CLOSING)
    answers(asked, *[("yes", "no")] * given)
    assert told(*CLOSING) == before


def test_nobody_hears_once_it_is_closed(asked: DeclarationRound, alice: User) -> None:
    close_round(round_id=asked.pk, by=alice, now=timezone.now())
    assert told(*CLOSING) == []


@pytest.mark.parametrize("go", GONE)
def test_not_who_is_gone(go: Callable[[User], None], asked: DeclarationRound, alice: User) -> None:
    go(alice)
    assert heard(*CLOSING) == []


def test_not_who_may_not_look_after_it_any_more(asked: DeclarationRound, alice: User) -> None:
    alice.memberships.update(roles=[Role.STAFF, Role.COORDINATOR])
    assert heard(*CLOSING) == []


def test_its_words(asked: DeclarationRound, as_alice: Client) -> None:
    answers(asked, ("yes", "no"))
    about = LINES[ReminderKind.ROUND_CLOSING]([asked.pk])[asked.pk]
    assert (about.title, about.figures) == ("The conference", ())
    assert as_alice.get(about.path).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_one_query_for_the_words_however_many(
    number: int,
    harbour: Organisation,
    alice: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    last = timezone.localdate() + days(7)
    rounds = [make_round(harbour, alice, last).pk for _ in range(number)]
    with django_assert_num_queries(1):
        assert len(LINES[ReminderKind.ROUND_CLOSING](rounds)) == number
