"""Who isn't at the table, who should be, and how can we get them there: answered and revisited."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from history.models import Entry
from organisations.erasing import erase_account
from organisations.models import Organisation, User
from panels.actions import three_questions as answering
from panels.actions.barriers import save_barriers
from panels.barriers_typed import TypedBarriers, TypedBursaries
from panels.enums import BarrierState
from panels.models import BarrierAnswer, Bursaries, Gathering, ThreeAnswers
from panels.queries.three_questions import is_due
from tests.factories.barriers import ThreeAnswersFactory, said
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.panels.pages import page

HERE, ANSWER = "three-questions/", "three-questions/answer/"
THREE = {
    "who_is_not": "People who rent",
    "who_should_be": "Tenants",
    "how": "Pay for their time",
    "look_again_on": "",
}
NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)


def answer(gathering: Gathering, by: User, now: datetime = NOW, **more: Any) -> bool:
    typed: dict[str, Any] = THREE | {"look_again_on": None} | more
    return answering.answer_three(gathering=gathering, **typed, by=by, now=now)


class TestAnswering:
    def test_it_is_kept_with_its_day(
        self, as_alice: Client, alice: User, gathering: Gathering
    ) -> None:
        day = timezone.localdate() + timedelta(days=30)
        response = as_alice.post(page(gathering, ANSWER), THREE | {"look_again_on": day})
        assert response["Location"] == page(gathering, HERE)
        row = ThreeAnswers.objects.get()
        kept = (row.who_is_not, row.who_should_be, row.how, row.look_again_on, row.by)
        assert kept == ("People who rent", "Tenants", "Pay for their time", day, alice)
        assert [e.verb for e in Entry.objects.about(gathering)] == ["gathering.three_answered"]

    def test_a_double_click_is_one_answer(self, gathering: Gathering, alice: User) -> None:
        assert [answer(gathering, alice), answer(gathering, alice)] == [True, False]
        assert ThreeAnswers.objects.count() == 1

    def test_the_same_words_on_another_day_are_an_answer(
        self, gathering: Gathering, alice: User
    ) -> None:
        answer(gathering, alice)
        assert answer(gathering, alice, NOW + timedelta(days=1)) is True

    def test_a_later_one_leaves_the_earlier_as_it_was(
        self, as_alice: Client, alice: User, gathering: Gathering
    ) -> None:
        answer(gathering, alice)
        answer(gathering, alice, NOW + timedelta(days=7), how="Ask them")
        rows = as_alice.get(page(gathering, HERE)).context["rows"]
        assert [row.answers[2][1] for row in rows] == ["Ask them", "Pay for their time"]

    def test_the_page_begins_with_the_newest(
        self, as_alice: Client, alice: User, gathering: Gathering
    ) -> None:
        answer(gathering, alice)
        form = as_alice.get(page(gathering, HERE)).context["form"]
        assert (form["how"].value(), form["look_again_on"].value()) == ("Pay for their time", None)

    @pytest.mark.parametrize(
        ("typed", "field", "message"),
        [
            (
                {"who_is_not": "", "who_should_be": " ", "how": ""},
                "who_is_not",
                "Answer at least one of the three.",
            ),
            ({"how": "x" * 2001}, "how", "Use 2000 characters or fewer. This has 2001."),
            ({"look_again_on": "2020-01-01"}, "look_again_on", "Choose a day after today."),
            ({"look_again_on": "2999-01-01"}, "look_again_on", "Choose a day within ten years."),
            ({"look_again_on": "soon"}, "look_again_on", "Enter a valid date."),
        ],
    )
    def test_bad_input_keeps_what_was_typed(
        self,
        as_alice: Client,
        gathering: Gathering,
        typed: dict[str, str],
        field: str,
        message: str,
    ) -> None:
        form = as_alice.post(page(gathering, ANSWER), THREE | typed).context["form"]
        assert dict(form.errors) == {field: [message]}
        assert form["who_is_not"].value() == typed.get("who_is_not", "People who rent")
        assert ThreeAnswers.objects.count() == 0

    def test_it_rolls_back_whole(
        self, gathering: Gathering, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("no history")

        monkeypatch.setattr(answering, "record", fail)
        with pytest.raises(RuntimeError):
            answer(gathering, alice)
        assert ThreeAnswers.objects.count() == 0

    def test_hostile_text_is_shown_as_text(self, as_alice: Client, gathering: Gathering) -> None:
        as_alice.post(page(gathering, ANSWER), THREE | {"how": "<script>alert(1)</script>\u202e"})
        assert "<script>alert" not in as_alice.get(page(gathering, HERE)).content.decode()


@pytest.mark.parametrize(("days", "due"), [(-1, True), (0, True), (1, False), (None, False)])
def test_when_to_look_again(days: int | None, due: bool) -> None:
    today = NOW.date()
    day = None if days is None else today + timedelta(days=days)
    assert is_due(ThreeAnswers(look_again_on=day), today=today) is due
    assert is_due(None, today=today) is False


class TestWhoMay:
    def test_members_read_and_do_not_write(self, as_bea: Client, gathering: Gathering) -> None:
        ThreeAnswersFactory(gathering=gathering)
        response = as_bea.get(page(gathering, HERE))
        assert (response.status_code, "Save these answers" in response.text) == (200, False)
        assert as_bea.post(page(gathering, ANSWER), THREE).status_code == 403

    def test_strangers(self, as_chidi: Client, gathering: Gathering) -> None:
        assert as_chidi.get(page(gathering, HERE)).status_code == 404
        assert as_chidi.post(page(gathering, ANSWER), THREE).status_code == 404

    def test_anonymous(self, client: Client, gathering: Gathering) -> None:
        assert "/accounts/login/" in client.get(page(gathering, HERE))["Location"]

    def test_the_wrong_method(self, as_alice: Client, gathering: Gathering) -> None:
        assert as_alice.post(page(gathering, HERE), THREE).status_code == 405
        assert as_alice.get(page(gathering, ANSWER)).status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same(
    rows: int,
    as_alice: Client,
    gathering: Gathering,
    theirs: Gathering,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ThreeAnswersFactory(gathering=theirs, how="Northside words")
    ThreeAnswersFactory.create_batch(rows, gathering=gathering)
    # Session, person, membership, event, newest, how many, those of the page.
    with django_assert_num_queries(7):
        response = as_alice.get(page(gathering, HERE))
    assert len(response.context["rows"]) == rows
    assert "Northside words" not in response.text


def test_erasing_an_account_takes_the_words_and_keeps_that_they_were_answered(
    harbour: Organisation, alice: User, as_alice: Client, gathering: Gathering
) -> None:
    goes = UserFactory(display_name="Gone Soon")
    MembershipFactory(user=goes, organisation=harbour)
    ThreeAnswersFactory(gathering=gathering, by=goes, how="WORDS-OF-GONE")
    kept = ThreeAnswersFactory(gathering=gathering, by=alice)
    said(gathering, "travel", BarrierState.NO, by=goes, note="WORDS-OF-GONE", answered_by="Jo")
    totals = TypedBursaries(5, 4, None, "WORDS-OF-GONE")
    typed = TypedBarriers({}, totals, None, {"bursaries": ""})
    save_barriers(gathering=gathering, typed=typed, by=goes, now=timezone.now())
    erase_account(person=goes, now=timezone.now())
    one = BarrierAnswer.objects.get()
    assert (one.state, one.note, one.answered_by, one.revision) == ("no", "", "", 2)
    row = Bursaries.objects.get()
    assert (row.offered, row.taken_up, row.how_heard) == (5, 4, "")
    kept.refresh_from_db()
    assert kept.how == "Pay for their time."
    response = as_alice.get(page(gathering, HERE))
    assert ("The words were removed." in response.text, "WORDS-OF-GONE" in response.text) == (
        True,
        False,
    )
