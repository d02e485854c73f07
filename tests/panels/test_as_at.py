"""A standing group, counted as at one day and another."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation, User
from panels import actions
from panels.actions import counting_again
from panels.actions.counting import enter_declared_count
from panels.actions.counting_again import CountAgainRefused, count_again
from panels.entry import Typed, TypedPart, line_up
from panels.enums import Basis, GatheringKind
from panels.models import Gathering, Tally
from panels.queries import count_on_record
from tests.factories.panels import GatheringFactory, enter_count, numbers
from tests.panels.pages import errors, page
from tests.panels.test_actions import verbs

NOW = datetime(2026, 5, 1, 10, tzinfo=UTC)
MARCH, JUNE, SEPTEMBER = date(2026, 3, 12), date(2026, 6, 12), date(2026, 9, 12)


@pytest.fixture
def board(harbour: Organisation) -> Gathering:
    return GatheringFactory(organisation=harbour, kind=GatheringKind.BOARD, title="Trustees")


def again(board: Gathering, day: date, by: User) -> None:
    count_again(gathering=board, held_on=day, by=by, now=NOW)
    board.refresh_from_db()


def days(board: Gathering) -> list[tuple[date | None, int]]:
    return list(board.tallies.order_by("version").values_list("as_at", "version").distinct())


class TestCountAgain:
    def test_counts_stand_side_by_side(self, board: Gathering, alice: User) -> None:
        enter_count(board, numbers(8, 4, 4), by=alice)
        again(board, JUNE, alice)
        enter_count(board, numbers(8, 4, 4), by=alice)
        assert days(board) == [(MARCH, 1), (JUNE, 2)]
        assert verbs(board) == [
            "gathering.count_entered",
            "gathering.counted_again",
            "gathering.count_entered",
        ]

    def test_a_correction_keeps_its_day(self, board: Gathering, alice: User) -> None:
        enter_count(board, numbers(8, 4, 4), by=alice)
        again(board, JUNE, alice)
        enter_count(board, numbers(8, 5, 3), by=alice)
        enter_count(board, numbers(8, 6, 2), by=alice)
        assert days(board) == [(MARCH, 1), (JUNE, 2), (JUNE, 3)]
        assert verbs(board)[0] == "gathering.count_corrected"

    def test_the_latest_day_speaks_whenever_it_was_entered(
        self, board: Gathering, alice: User
    ) -> None:
        again(board, JUNE, alice)
        enter_count(board, numbers(8, 4, 4), by=alice)
        declared = line_up(
            Typed(GatheringKind.BOARD, TypedPart(8, 0, 8), women_basis=Basis.SELF_DECLARED)
        )
        enter_declared_count(gathering=board, line_up=declared, as_at=MARCH, now=NOW)
        found = count_on_record(board)
        assert found is not None
        assert (found.as_at, found.version) == (JUNE, 1)
        assert set(board.standings.values_list("quarter", flat=True)) == {date(2026, 4, 1)}

    def test_a_new_day_opens_the_line_up(self, board: Gathering, alice: User) -> None:
        Gathering.objects.update(locked_at=NOW, names_dropped_at=NOW)
        again(board, JUNE, alice)
        assert (board.held_on, board.locked_at, board.names_dropped_at) == (JUNE, None, None)

    def test_the_same_day_twice_is_once(self, board: Gathering, alice: User) -> None:
        again(board, JUNE, alice)
        assert count_again(gathering=board, held_on=JUNE, by=alice, now=NOW) is False
        assert verbs(board) == ["gathering.counted_again"]

    def test_it_refuses_an_earlier_day_and_what_happens_once(
        self, board: Gathering, gathering: Gathering, alice: User
    ) -> None:
        with pytest.raises(CountAgainRefused, match="a day after"):
            again(board, date(2026, 3, 11), alice)
        with pytest.raises(CountAgainRefused, match="Only a committee"):
            again(gathering, JUNE, alice)

    def test_the_day_of_a_count_is_not_moved_by_hand(self, board: Gathering, alice: User) -> None:
        enter_count(board, numbers(8, 4, 4), by=alice)
        with pytest.raises(ValueError, match="as at its day"):
            actions.change_gathering(
                gathering=board,
                kind=GatheringKind.BOARD,
                title="Trustees",
                held_on=JUNE,
                by=alice,
                now=NOW,
            )

    def test_it_rolls_back_whole(
        self, board: Gathering, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("no history")

        monkeypatch.setattr(counting_again, "record", fail)
        with pytest.raises(RuntimeError):
            again(board, JUNE, alice)
        board.refresh_from_db()
        assert board.held_on == MARCH


class TestDeclaredCount:
    def test_nobody_typed_it(self, gathering: Gathering, as_alice: Client, alice: User) -> None:
        declared = line_up(
            Typed(GatheringKind.PANEL, TypedPart(6, 3, 3), women_basis=Basis.SELF_DECLARED)
        )
        enter_declared_count(gathering=gathering, line_up=declared, as_at=MARCH, now=NOW)
        found = count_on_record(gathering)
        assert found is not None
        assert (found.typed_by_id, found.was_typed_by(alice)) == (None, False)
        form = as_alice.get(page(gathering, "counts/"))
        assert "The people on it answered for themselves" in form.content.decode()
        assert form.context["form"]["women"].value() is None
        assert [one.name for one in as_alice.get(page(gathering)).context["versions"]] == [
            "The people on it"
        ]

    def test_it_rolls_back_whole(
        self, gathering: Gathering, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("no history")

        monkeypatch.setattr(actions.counting, "record", fail)
        declared = line_up(Typed(GatheringKind.PANEL, TypedPart(6)))
        with pytest.raises(RuntimeError):
            enter_declared_count(gathering=gathering, line_up=declared, as_at=MARCH, now=NOW)
        assert (Tally.objects.count(), gathering.standings.count()) == (0, 0)


class TestPages:
    def test_newest_first_each_with_its_day(
        self, as_alice: Client, board: Gathering, alice: User
    ) -> None:
        enter_count(board, numbers(8, 3, 5), by=alice)
        again(board, JUNE, alice)
        enter_count(board, numbers(8, 4, 4), by=alice)
        response = as_alice.get(page(board, "counts/as-at/"))
        assert [day for day, _ in response.context["rows"]] == [JUNE, MARCH]
        figures = [result.measures[0].whole.figure for _, result in response.context["rows"]]
        assert figures == ["4 of 8", "3 of 8"]

    def test_a_member_cannot_tell_what_one_newcomer_said(
        self, as_bea: Client, board: Gathering, alice: User
    ) -> None:
        """2 of 8 and 3 of 9 side by side would be the answer of the ninth."""
        enter_count(board, numbers(8, 4, 4, 2, 6), by=alice)
        again(board, JUNE, alice)
        enter_count(board, numbers(9, 5, 4, 3, 6), by=alice)
        rows = as_bea.get(page(board, "counts/as-at/")).context["rows"]
        figures = [result.measures[1].whole.figure for _, result in rows]
        assert figures == ["3 of 9", ""]

    def test_a_day_that_nobody_counted_yet_is_said(
        self, as_alice: Client, board: Gathering, alice: User
    ) -> None:
        enter_count(board, numbers(8, 4, 4), by=alice)
        again(board, JUNE, alice)
        body = as_alice.get(page(board)).content.decode()
        assert "Count who is on it now" in body
        assert "Nobody has counted as at" in body

    def test_begin_a_new_day(self, as_alice: Client, board: Gathering, alice: User) -> None:
        enter_count(board, numbers(8, 4, 4), by=alice)
        url = page(board, "counts/again/")
        assert as_alice.get(url).status_code == 200
        response = as_alice.post(url, {"held_on": "2026-06-12"})
        assert (response.status_code, response["Location"]) == (302, page(board, "counts/"))
        board.refresh_from_db()
        assert board.held_on == JUNE

    @pytest.mark.parametrize(
        ("typed", "message"),
        [
            ("2026-03-12", "Enter a day after 12 March 2026."),
            ("soon", "Enter a valid date."),
            ("", "Enter a date."),
            ("9999-01-01", "Enter a date from 1990 to "),
        ],
    )
    def test_a_bad_day_is_said_at_its_field(
        self, as_alice: Client, board: Gathering, typed: str, message: str
    ) -> None:
        response = as_alice.post(page(board, "counts/again/"), {"held_on": typed})
        assert list(errors(response)) == ["held_on"]
        assert message in errors(response)["held_on"][0]
        assert response.context["form"]["held_on"].value() == typed

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries(
        self,
        as_alice: Client,
        board: Gathering,
        alice: User,
        number: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for month in range(number):
            again(board, date(2026, 4 + month, 1), alice)
            enter_count(board, numbers(8, 4, 4), by=alice)
        with django_assert_num_queries(7):
            as_alice.get(page(board, "counts/as-at/"))

    def test_nothing_counted(self, as_alice: Client, as_bea: Client, board: Gathering) -> None:
        assert (
            "Later counts stand beside"
            in as_alice.get(page(board, "counts/as-at/")).content.decode()
        )
        assert (
            "An organiser counts who has a vote."
            in as_bea.get(page(board, "counts/as-at/")).content.decode()
        )
