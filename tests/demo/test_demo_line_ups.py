"""What a visitor finds on events and groups: each kind of work on them at least once."""

import pytest
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from demo.barriers import BOARD
from demo.keeping import AGAIN
from demo.programmes import FIRST_YEAR, NIGHT_SHIFT, SECOND_YEAR, STAFF_DAY, THIRD_YEAR
from organisations.models import User
from panels.checklist import BUILT_IN
from panels.enums import RoundOutcome, StatementKind
from panels.freezing import matches
from panels.models import (
    DeclarationRound,
    Gathering,
    Participant,
    PooledRelease,
    Seat,
    Session,
    Statement,
)
from panels.queries.as_at import snapshots_of
from panels.queries.counts import count_as_it_stands
from panels.queries.declaring import open_round_of, progress_of
from panels.queries.line_up import totals_of_one
from tests.conftest import signed_in_as

# In one worker: the story is told once for the file.
pytestmark = pytest.mark.xdist_group("demo of the line-ups")


def at(title: str) -> Gathering:
    return Gathering.objects.get(title=title, organisation__slug="saltmarsh-minds")


def test_as_many_are_counted_as_sit_at_the_conferences(demo: str) -> None:
    for title in (FIRST_YEAR, SECOND_YEAR):
        gathering = at(title)
        count, totals = count_as_it_stands(gathering), totals_of_one(gathering)
        assert count is not None
        counted = {(tally.part, tally.count.n) for tally in count.line_up.tallies}
        assert ("whole", totals.whole.people) in counted
        assert ("main_stage", totals.main_stage.people) in counted


def test_five_of_nine_have_answered_an_open_round(demo: str) -> None:
    asked = open_round_of(at(STAFF_DAY))
    assert asked is not None
    progress = progress_of(asked)
    assert (progress.answered, progress.asked) == (5, 9)
    assert asked.closes_on > timezone.localdate()


def test_a_round_has_closed_and_is_counted(demo: str) -> None:
    closed = DeclarationRound.objects.exclude(closed_at=None).get()
    assert (closed.gathering.title, closed.outcome) == (NIGHT_SHIFT, RoundOutcome.COUNTED)
    count = count_as_it_stands(at(NIGHT_SHIFT))
    assert count is not None
    assert {tally.count.n for tally in count.line_up.tallies} == {7}


def test_a_locked_line_up_has_no_names_and_is_what_was_frozen(demo: str) -> None:
    locked = at(SECOND_YEAR)
    [snapshot] = snapshots_of(locked)
    assert matches(snapshot.facts, snapshot.sha256)
    named = Participant.objects.exclude(name="").values_list("gathering__title", flat=True)
    assert set(named) == {STAFF_DAY}


def test_next_years_has_the_sessions_and_nobody_in_them(demo: str) -> None:
    again = at(THIRD_YEAR)
    assert again.modelled_on == at(SECOND_YEAR)
    assert (again.sessions.count(), again.participants.count()) == (10, 0)
    assert Seat.objects.filter(session__gathering=again).count() == 42


def test_groups_are_counted_over_the_years(demo: str) -> None:
    days = at(BOARD).tallies.values("as_at").distinct().count()
    assert days == 1 + sum(title == BOARD for _, title, _, _ in AGAIN)


def test_barriers_are_half_answered_and_questions_looked_at_again(demo: str) -> None:
    answered = at(SECOND_YEAR).barriers.count()
    assert 0 < answered < len(BUILT_IN)
    assert at(SECOND_YEAR).three_answers.count() == 2


def test_one_statement_is_public_and_says_that_it_is_invented(demo: str) -> None:
    [statement] = Statement.objects.filter(kind=StatementKind.PUBLIC, revoked_at=None)
    page = Client().get(reverse("statement_public", args=[statement.slug]))
    assert "A worked example" in page.text
    assert Statement.objects.filter(kind=StatementKind.LEADER).count() == 1


def test_figures_are_released_together(demo: str) -> None:
    assert PooledRelease.objects.exists()


def test_women_are_stated_of_two_sessions(demo: str) -> None:
    counted = Session.objects.annotate(versions=Count("counts")).filter(versions__gt=0)
    assert {session.gathering.title for session in counted} == {SECOND_YEAR}
    assert counted.count() == 2


def test_every_place_of_a_line_up_opens(demo: str) -> None:
    organiser = signed_in_as(User.objects.get(email="organiser@saltmarsh-minds.example"))
    shut = []
    for title in (SECOND_YEAR, STAFF_DAY, NIGHT_SHIFT, THIRD_YEAR, BOARD):
        page = organiser.get(at(title).get_absolute_url())
        for url, place in page.context["places"]:
            if organiser.get(url).status_code != 200:
                shut.append((title, place.title))
    assert shut == []
