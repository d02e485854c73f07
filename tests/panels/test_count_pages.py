"""The form that takes a count."""

import pytest
from django.test import Client

from organisations.models import Organisation, User
from panels.audit import Count
from panels.enums import GatheringKind, Measure, Part
from panels.models import Gathering, Tally
from panels.queries import count_on_record
from tests.factories.panels import GatheringFactory, enter_count, numbers
from tests.panels.pages import FIVE, errors, page
from ui.forms import error_links


class TestCountsEnter:
    def test_it_works(self, as_alice: Client, gathering: Gathering, alice: User) -> None:
        url = page(gathering, "counts/")
        assert as_alice.get(url).status_code == 200
        response = as_alice.post(url, FIVE)
        assert (response.status_code, response["Location"]) == (302, page(gathering))
        found = count_on_record(gathering)
        assert found is not None
        assert [tally.count for tally in found.line_up.tallies] == [Count(2, 3), Count(1, 4)]
        assert found.was_typed_by(alice)

    def test_a_conference_has_a_main_stage_and_the_rest(
        self, as_alice: Client, harbour: Organisation
    ) -> None:
        conference = GatheringFactory(organisation=harbour, kind=GatheringKind.CONFERENCE)
        stage = {"main_people": "2", "main_women": "1", "main_not_women": "1"}
        as_alice.post(
            page(conference, "counts/"), FIVE | stage | {"minoritised": "", "not_minoritised": ""}
        )
        found = count_on_record(conference)
        assert found is not None
        women = {t.part: t.count for t in found.line_up.tallies if t.measure == Measure.WOMEN}
        assert women == {
            Part.WHOLE: Count(2, 3),
            Part.MAIN_STAGE: Count(1, 1),
            Part.REST: Count(1, 2),
        }

    @pytest.mark.parametrize(
        ("kind", "has_main_stage", "has_beside"),
        [
            ("panel", False, True),
            ("event", True, True),
            ("conference", True, True),
            ("committee", False, False),
            ("board", False, False),
            ("working_group", False, False),
        ],
    )
    def test_each_kind_asks_for_what_it_has(
        self,
        as_alice: Client,
        harbour: Organisation,
        kind: str,
        has_main_stage: bool,
        has_beside: bool,
    ) -> None:
        gathering = GatheringFactory(organisation=harbour, kind=kind)
        form = as_alice.get(page(gathering, "counts/")).context["form"]
        assert ("main_people" in form.fields, "beside_people" in form.fields) == (
            has_main_stage,
            has_beside,
        )

    @pytest.mark.parametrize(
        ("changed", "field", "message"),
        [
            ({"people": ""}, "people", "Enter how many people speak."),
            (
                {"people": "0"},
                "people",
                "Enter how many people speak: 1 or more.",
            ),
            ({"women": "two"}, "women", "Enter a whole number, such as 4."),
            ({"women": "-1"}, "women", "Enter 0 or more."),
            ({"people": "99999999999"}, "people", "Enter how many people speak: at most 10,000."),
            ({"people": "9" * 10_000}, "people", "Enter how many people speak: at most 10,000."),
            ({"women": "9" * 10_000}, "women", "Enter at most 10,000."),
            ({"women": "4"}, "not_women", "4 women and 3 not women make 7"),
            ({"women_basis": ""}, "women_basis", "Say where these numbers come from."),
            ({"women_basis": "guess"}, "women_basis", "not one of the available choices"),
            ({"told": ""}, "told", "Tick this if it is so."),
            ({"beside_women": "1"}, "beside_people", "Say how many people this is of."),
            ({"typed_over": "x"}, "typed_over", "Enter a whole number."),
        ],
    )
    def test_bad_input_is_said_at_its_field_and_kept(
        self,
        as_alice: Client,
        gathering: Gathering,
        changed: dict[str, str],
        field: str,
        message: str,
    ) -> None:
        typed = FIVE | changed
        response = as_alice.post(page(gathering, "counts/"), typed)
        assert list(errors(response)) == [field]
        assert message in errors(response)[field][0]
        kept = response.context["form"]
        assert {name: kept[name].data for name in changed if name != "told"} == {
            name: value for name, value in changed.items() if name != "told"
        }
        assert Tally.objects.count() == 0

    def test_the_summary_names_each_field_once(
        self, as_alice: Client, gathering: Gathering
    ) -> None:
        typed = FIVE | {"people": "0", "women": "-1", "beside_people": "-1"}
        response = as_alice.post(page(gathering, "counts/"), typed)
        assert [link.text for link in error_links(response.context["form"])] == [
            "Enter how many people speak: 1 or more.",
            "Women: Enter 0 or more.",
            "Chair and moderators, people: Enter 0 or more.",
        ]

    def test_a_part_that_exceeds_its_whole_names_both(
        self, as_alice: Client, harbour: Organisation
    ) -> None:
        event = GatheringFactory(organisation=harbour, kind=GatheringKind.EVENT)
        stage = {"main_people": "3", "main_women": "3", "main_not_women": "0"}
        response = as_alice.post(
            page(event, "counts/"), FIVE | stage | {"main_not_minoritised": "3"}
        )
        assert errors(response) == {
            "main_women": ["Main stage has 3 counted as yes, but the whole line-up has 2."]
        }

    def test_a_double_submit_is_saved_once_and_says_so(
        self, as_alice: Client, gathering: Gathering
    ) -> None:
        url = page(gathering, "counts/")
        as_alice.post(url, FIVE)
        response = as_alice.post(url, FIVE, follow=True)
        assert "That count was saved already." in response.content.decode()
        assert Tally.objects.count() == 2

    def test_two_tabs_lose_nothing(self, as_alice: Client, gathering: Gathering, bea: User) -> None:
        """The second is told, keeps what was typed, and may save it over the first."""
        url = page(gathering, "counts/")
        enter_count(gathering, numbers(6, 1, 5), by=bea)
        told = as_alice.post(url, FIVE)
        assert "Somebody saved a newer count" in told.content.decode()
        form = told.context["form"]
        assert {name: form[name].value() for name in FIVE if name != "told"} == {
            name: value for name, value in FIVE.items() if name != "told"
        } | {"typed_over": "1"}
        again = as_alice.post(url, FIVE | {"typed_over": form["typed_over"].value()})
        found = count_on_record(gathering)
        assert found is not None
        assert (again.status_code, found.version) == (302, 2)

    def test_whoever_typed_it_corrects_it(
        self, as_alice: Client, gathering: Gathering, alice: User
    ) -> None:
        enter_count(gathering, numbers(5, 2, 3, 1, 4), beside=numbers(1, 1), by=alice)
        form = as_alice.get(page(gathering, "counts/")).context["form"]
        values = {name: form[name].value() for name in (*FIVE, "beside_people", "beside_women")}
        assert values == {
            "people": 5,
            "women": 2,
            "not_women": 3,
            "women_basis": "organiser_stated",
            "told": True,
            "minoritised": 1,
            "not_minoritised": 4,
            "typed_over": 1,
            "beside_people": 1,
            "beside_women": 1,
        }

    def test_nobody_elses_numbers_are_filled_in(
        self, as_alice: Client, gathering: Gathering, bea: User
    ) -> None:
        enter_count(gathering, numbers(4, 2, 2, 1, 3), by=bea)
        response = as_alice.get(page(gathering, "counts/"))
        form = response.context["form"]
        assert {form[name].value() for name in ("people", "women", "minoritised")} == {None}
        assert "Somebody else entered the count" in response.content.decode()
