"""What an organisation counts and aims for: higher than the pledge asks, never lower."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from history.models import Entry
from organisations.enums import Role
from organisations.models import Organisation, User
from panels.actions import choices as actions
from panels.actions.choices import ChoiceRefused, change_choices
from panels.choices import Choices, aim, percent, problems
from panels.enums import Definition, Measure
from panels.models import CountingChoices, Gathering
from panels.queries.choices import choices_of
from panels.thresholds import Threshold, Thresholds
from tests.factories.panels import enter_count, numbers
from tests.panels.pages import EVENTS, FIVE, errors, page

URL = f"{EVENTS}choices/"
NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
TYPED = {"women_definition": "women_and_non_binary", "women": "60", "minoritised": "25"}
HIGHER = Choices(Definition.WOMEN_AND_NON_BINARY, Thresholds(aim(60), aim(25)))


def change(organisation: Organisation, by: User, choices: Choices = HIGHER) -> bool:
    return change_choices(organisation=organisation, choices=choices, by=by, now=NOW)


class TestRules:
    def test_an_aim_is_in_lowest_terms(self) -> None:
        assert (aim(50), aim(20), aim(100)) == (Threshold(1, 2), Threshold(1, 5), Threshold(1, 1))
        assert (percent(aim(37)), percent(Threshold(1, 3))) == (37, None)

    @pytest.mark.parametrize(
        ("women", "minoritised", "wrong"),
        [
            (50, 20, set()),
            (51, 21, set()),
            (49, 20, {Measure.WOMEN}),
            (50, 19, {Measure.MINORITISED}),
            (1, 1, set(Measure)),
        ],
    )
    def test_never_below_the_wording(
        self, women: int, minoritised: int, wrong: set[Measure]
    ) -> None:
        assert set(problems(Thresholds(aim(women), aim(minoritised)))) == wrong

    def test_the_wordings_own_are_not_said_twice(self) -> None:
        assert Choices().own_aims is None
        assert HIGHER.own_aims == Thresholds(aim(60), aim(25))


class TestAction:
    def test_it_keeps_what_was_chosen(self, harbour: Organisation, alice: User) -> None:
        assert choices_of(harbour) == Choices()
        assert change(harbour, alice) is True
        assert choices_of(harbour) == HIGHER
        assert Entry.objects.about(harbour).get().verb == "counting.choices_changed"

    def test_the_same_again_is_no_change(self, harbour: Organisation, alice: User) -> None:
        assert [change(harbour, alice), change(harbour, alice)] == [True, False]
        assert change(harbour, alice, Choices()) is True
        assert Entry.objects.about(harbour).count() == 2

    @pytest.mark.parametrize(
        "choices",
        [
            Choices(aims=Thresholds(women=Threshold(49, 100))),
            Choices(aims=Thresholds(minoritised=Threshold(1, 6))),
            Choices(Definition.MINORITISED_SELF_DEFINED),
        ],
    )
    def test_it_refuses_what_may_not_be_chosen(
        self, harbour: Organisation, alice: User, choices: Choices
    ) -> None:
        with pytest.raises(ChoiceRefused):
            change(harbour, alice, choices)
        assert CountingChoices.objects.count() == 0

    def test_it_rolls_back_whole(
        self, harbour: Organisation, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("no history")

        monkeypatch.setattr(actions, "record", fail)
        with pytest.raises(RuntimeError):
            change(harbour, alice)
        assert CountingChoices.objects.count() == 0


class TestPage:
    def test_it_works(self, as_alice: Client, harbour: Organisation) -> None:
        form = as_alice.get(URL).context["form"]
        assert [form[name].value() for name in TYPED] == ["women", 50, 20]
        assert as_alice.post(URL, TYPED)["Location"] == URL
        assert choices_of(harbour) == HIGHER

    @pytest.mark.parametrize(
        ("field", "typed", "message"),
        [
            ("women", "49", "Enter 50 or more: the pledge asks for 50%"),
            ("minoritised", "19", "Enter 20 or more: the pledge asks for 20%"),
            ("women", "101", "Enter at most 100"),
            ("women", "9" * 10_000, "Enter at most 100"),
            ("women", "0", "Enter a whole number, such as 50."),
            ("women", "half", "Enter a whole number, such as 50."),
            ("women", "", "Enter a whole number, such as 50."),
            ("minoritised", "20.5", "Enter a whole number, such as 50."),
            ("women_definition", "minoritised_self_defined", "not one of the available choices"),
        ],
    )
    def test_bad_input_is_said_at_its_field_and_kept(
        self, as_alice: Client, field: str, typed: str, message: str
    ) -> None:
        response = as_alice.post(URL, TYPED | {field: typed})
        assert list(errors(response)) == [field]
        assert message in errors(response)[field][0]
        assert response.context["form"][field].value() == typed
        assert CountingChoices.objects.count() == 0

    def test_only_a_coordinator_chooses(
        self, client: Client, as_bea: Client, as_chidi: Client, bea: User
    ) -> None:
        assert client.get(URL)["Location"] == f"/accounts/login/?next={URL}"
        bea.memberships.update(roles=[Role.ORGANISER])
        assert [one.get(URL).status_code for one in (as_bea, as_chidi)] == [403, 404]
        assert [one.post(URL, TYPED).status_code for one in (as_bea, as_chidi)] == [403, 404]
        assert CountingChoices.objects.count() == 0


class TestCounts:
    def test_new_counts_take_the_definition(
        self, as_alice: Client, harbour: Organisation, gathering: Gathering, alice: User
    ) -> None:
        change(harbour, alice)
        form = as_alice.get(page(gathering, "counts/")).context["form"]
        assert str(form["women"].label) == "Women and non-binary people"
        as_alice.post(page(gathering, "counts/"), FIVE)
        women = gathering.tallies.get(measure=Measure.WOMEN)
        assert women.definition == Definition.WOMEN_AND_NON_BINARY

    def test_numbers_of_another_definition_are_not_filled_in(
        self, as_alice: Client, harbour: Organisation, gathering: Gathering, alice: User
    ) -> None:
        enter_count(gathering, numbers(5, 2, 3, 1, 4), by=alice)
        change(harbour, alice)
        form = as_alice.get(page(gathering, "counts/")).context["form"]
        names = ("people", "women", "not_women", "women_basis", "minoritised")
        assert [form[name].value() for name in names] == [5, None, None, "", 1]

    def test_the_aim_stands_beside_the_result(
        self, as_bea: Client, harbour: Organisation, gathering: Gathering, alice: User
    ) -> None:
        enter_count(gathering, numbers(10, 5, 5), by=alice)
        change(harbour, alice)
        women = as_bea.get(page(gathering)).context["result"].measures[0]
        assert (women.tag.kind, women.aim.tag.kind) == ("met", "not_met")
