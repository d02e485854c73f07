"""One panel and its count on one screen."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from organisations.models import Organisation, User
from panels.actions import counting
from panels.actions.gatherings import create_counted
from panels.audit import Count
from panels.entry import Typed, TypedPart, line_up
from panels.enums import Basis, GatheringKind
from panels.models import Gathering, Tally
from panels.queries import count_on_record
from tests.panels.pages import EVENTS, errors, page
from tests.panels.test_actions import verbs

URL = f"{EVENTS}quick/"
NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
LEAST = {"title": "Voices", "held_on": "2026-03-12", "people": "4"}
ALL = LEAST | {
    "women": "2",
    "not_women": "1",
    "women_basis": "organiser_stated",
    "told": "on",
    "minoritised": "1",
    "not_minoritised": "2",
}
FOUR = line_up(Typed(GatheringKind.PANEL, TypedPart(4, 2, 1), women_basis=Basis.ORGANISER_STATED))


def counts(gathering: Gathering) -> list[Count]:
    found = count_on_record(gathering)
    assert found is not None
    return [tally.count for tally in found.line_up.tallies]


class TestPage:
    def test_a_name_a_day_and_how_many_are_enough(
        self, as_alice: Client, harbour: Organisation
    ) -> None:
        assert as_alice.get(URL).status_code == 200
        response = as_alice.post(URL, LEAST)
        made = harbour.gatherings.get()
        assert (response.status_code, response["Location"]) == (302, page(made))
        assert (made.kind, made.title) == ("panel", "Voices")
        assert counts(made) == [Count(0, 0, 4), Count(0, 0, 4)]

    def test_the_rest_is_counted_too(self, as_alice: Client, harbour: Organisation) -> None:
        as_alice.post(URL, ALL)
        assert counts(harbour.gatherings.get()) == [Count(2, 1, 1), Count(1, 2, 1)]

    def test_it_asks_for_two_blocks_alone(self, as_alice: Client) -> None:
        assert list(as_alice.get(URL).context["form"].fields) == [
            "title",
            "held_on",
            "people",
            "women",
            "not_women",
            "women_basis",
            "told",
            "minoritised",
            "not_minoritised",
        ]

    @pytest.mark.parametrize(
        ("field", "typed", "message"),
        [
            ("title", "", "Enter the name."),
            ("title", "x" * 10_000, "Use 200 characters or fewer."),
            ("held_on", "", "Enter a date."),
            ("held_on", "9999-01-01", "Enter a date from 1990 to "),
            ("people", "", "Enter how many people speak."),
            ("not_women", "9", "2 women and 9 not women make 11"),
            ("women_basis", "", "Say where these numbers come from."),
            ("told", "", "Tick this if it is so."),
        ],
    )
    def test_bad_input_is_said_at_its_field_and_kept(
        self, as_alice: Client, harbour: Organisation, field: str, typed: str, message: str
    ) -> None:
        response = as_alice.post(URL, ALL | {field: typed})
        assert list(errors(response)) == [field]
        assert message in errors(response)[field][0]
        kept = {name: response.context["form"][name].data for name in ALL if name != "told"}
        assert kept == {name: v for name, v in (ALL | {field: typed}).items() if name != "told"}
        assert harbour.gatherings.count() == 0

    def test_a_double_click_makes_one(self, as_alice: Client, harbour: Organisation) -> None:
        places = [as_alice.post(URL, ALL)["Location"] for _ in range(2)]
        assert places == [page(harbour.gatherings.get())] * 2
        assert Tally.objects.count() == 2

    def test_who_may_open_it(self, client: Client, as_bea: Client, as_chidi: Client) -> None:
        assert client.get(URL)["Location"] == f"/accounts/login/?next={URL}"
        assert [one.get(URL).status_code for one in (as_bea, as_chidi)] == [403, 404]
        assert [one.post(URL, ALL).status_code for one in (as_bea, as_chidi)] == [403, 404]
        assert Gathering.objects.count() == 0

    def test_other_methods_are_refused(self, as_alice: Client) -> None:
        assert as_alice.delete(URL).status_code == 405


class TestAction:
    def make(self, harbour: Organisation, by: User, now: datetime = NOW) -> Gathering:
        return create_counted(
            organisation=harbour,
            title="Voices",
            held_on=NOW.date(),
            line_up=FOUR,
            by=by,
            now=now,
        )

    def test_it_says_both(self, harbour: Organisation, alice: User) -> None:
        made = self.make(harbour, alice)
        assert verbs(made) == ["gathering.count_entered", "gathering.created"]
        assert made.counted_at == NOW

    def test_later_or_from_somebody_else_it_is_another(
        self, harbour: Organisation, alice: User, bea: User
    ) -> None:
        first = self.make(harbour, alice)
        assert self.make(harbour, alice, NOW + timedelta(seconds=59)) == first
        assert self.make(harbour, bea) != first
        assert self.make(harbour, alice, NOW + timedelta(seconds=60)) != first

    def test_it_rolls_back_whole(
        self, harbour: Organisation, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("no history")

        monkeypatch.setattr(counting, "record", fail)
        with pytest.raises(RuntimeError):
            self.make(harbour, alice)
        assert Gathering.objects.count() == 0
