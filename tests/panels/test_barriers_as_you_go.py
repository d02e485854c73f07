"""Barriers saved line by line, and by two people at once: the second loses nothing."""

from typing import Any

from django.test import Client

from organisations.models import User
from panels.models import Bursaries, Gathering
from tests.conftest import signed_in_as
from tests.panels.barrier_pages import answers, typed_on
from tests.panels.pages import page

HTMX = {"HX-Request": "true"}


class TestAsYouGo:
    def post(self, client: Client, gathering: Gathering, data: dict[str, str]) -> Any:
        return client.post(page(gathering, "barriers/"), data, headers=HTMX)

    def test_one_line_is_saved_by_itself(self, as_alice: Client, gathering: Gathering) -> None:
        data = typed_on(as_alice, gathering, state_travel="planned", state_food="no")
        response = self.post(as_alice, gathering, data | {"only": "travel"})
        assert answers(gathering) == {"travel": ("planned", "", "", 1)}
        said_back = response.content.decode()
        assert ("Saved" in said_back, 'name="seen_travel"' in said_back) == (True, True)
        assert "<html" not in said_back

    def test_what_it_gives_back_is_typed_over_next(
        self, as_alice: Client, gathering: Gathering
    ) -> None:
        data = typed_on(as_alice, gathering, state_travel="planned", only="travel")
        seen = self.post(as_alice, gathering, data).context["seen"].value()
        again = data | {"seen_travel": seen, "state_travel": "in_place"}
        self.post(as_alice, gathering, again)
        assert answers(gathering) == {"travel": ("in_place", "", "", 2)}

    def test_it_says_what_is_wrong(self, as_alice: Client, gathering: Gathering) -> None:
        data = typed_on(as_alice, gathering, offered="1", taken_up="2", only="bursaries")
        response = self.post(as_alice, gathering, data)
        [problem] = response.context["problems"]
        assert problem.endswith("2 taken up is more than 1 offered. Put one of the two right.")
        assert Bursaries.objects.count() == 0

    def test_a_line_that_is_not_there_changes_nothing(
        self, as_alice: Client, gathering: Gathering
    ) -> None:
        response = self.post(as_alice, gathering, {"only": "nonsense", "state_travel": "no"})
        assert (response.status_code, answers(gathering)) == (200, {})


class TestTwoPeople:
    def test_who_comes_second_loses_nothing(
        self, as_alice: Client, alice: User, gathering: Gathering
    ) -> None:
        other = signed_in_as(alice)
        mine = typed_on(as_alice, gathering, state_travel="no", state_food="planned")
        theirs = typed_on(other, gathering, state_travel="in_place", note_travel="Trains")
        other.post(page(gathering, "barriers/"), theirs)
        form = as_alice.post(page(gathering, "barriers/"), mine).context["form"]
        assert dict(form.errors) == {
            "state_travel": [
                "Somebody else saved this while you typed: “In place”, “Trains”. Yours is still "
                "here: save again to put it in place of theirs."
            ]
        }
        assert form["state_travel"].value() == "no"
        assert answers(gathering) == {
            "travel": ("in_place", "Trains", "", 1),
            "food": ("planned", "", "", 1),
        }
        again = {name: form[name].value() or "" for name in form.fields}
        as_alice.post(page(gathering, "barriers/"), again)
        assert answers(gathering)["travel"] == ("no", "", "", 2)

    def test_what_only_the_other_touched_stays(
        self, as_alice: Client, alice: User, gathering: Gathering
    ) -> None:
        other = signed_in_as(alice)
        mine = typed_on(as_alice, gathering, state_food="planned")
        theirs = typed_on(other, gathering, state_travel="in_place", offered="4")
        other.post(page(gathering, "barriers/"), theirs)
        response = as_alice.post(page(gathering, "barriers/"), mine)
        assert response.status_code == 302
        assert sorted(answers(gathering)) == ["food", "travel"]
        assert Bursaries.objects.get().offered == 4

    def test_totals_too(self, as_alice: Client, alice: User, gathering: Gathering) -> None:
        other = signed_in_as(alice)
        mine = typed_on(as_alice, gathering, offered="4")
        other.post(page(gathering, "barriers/"), typed_on(other, gathering, offered="9"))
        form = as_alice.post(page(gathering, "barriers/"), mine).context["form"]
        assert list(form.errors) == ["offered"]
        assert Bursaries.objects.get().offered == 9
