"""Pages about events and groups."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from organisations.enums import Role
from organisations.models import Organisation, User
from panels.audit import Count
from panels.enums import GatheringKind, Measure, Part
from panels.models import Gathering, Tally
from panels.queries import count_on_record
from tests.factories.panels import GatheringFactory, enter_count, numbers
from ui.forms import error_links

EVENTS = "/o/harbour-minds/events/"
DETAILS = {"kind": "panel", "title": "Voices", "held_on": "2026-03-12"}
FIVE = {
    "people": "5",
    "women": "2",
    "not_women": "3",
    "women_basis": "organiser_stated",
    "told": "on",
    "minoritised": "1",
    "not_minoritised": "4",
    "typed_over": "0",
}


@pytest.fixture
def gathering(harbour: Organisation) -> Gathering:
    return GatheringFactory(organisation=harbour, title="Voices")


@pytest.fixture
def theirs(northside: Organisation, chidi: User) -> Gathering:
    """A counted gathering of another organisation, which must never be seen here."""
    found = GatheringFactory(organisation=northside, title="Northside only")
    enter_count(found, numbers(7, 5, 2, 3, 4), by=chidi)
    return found


def page(gathering: Gathering, name: str = "") -> str:
    return f"{EVENTS}{gathering.pk}/{name}"


def errors(response: Any) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


class TestEveryPage:
    """What holds for each address alike: who is let in, and by which method."""

    def test_a_visitor_is_asked_to_sign_in(self, client: Client, gathering: Gathering) -> None:
        for url in every_page(gathering):
            response = client.get(url)
            expected = (302, f"/accounts/login/?next={url}")
            assert (response.status_code, response["Location"]) == expected

    def test_a_stranger_gets_404(self, as_chidi: Client, gathering: Gathering) -> None:
        assert {as_chidi.get(url).status_code for url in every_page(gathering)} == {404}
        assert {as_chidi.post(url).status_code for url in every_page(gathering)} <= {404, 405}

    def test_a_member_without_the_role_gets_403(self, as_bea: Client, gathering: Gathering) -> None:
        for url in organisers_pages(gathering):
            assert [as_bea.get(url).status_code, as_bea.post(url).status_code] == [403, 403]

    def test_another_organisations_gathering_is_404(
        self, as_alice: Client, theirs: Gathering
    ) -> None:
        for name in ("", "edit/", "counts/"):
            assert as_alice.get(page(theirs, name)).status_code == 404
        assert as_alice.post(page(theirs, "counts/"), FIVE).status_code == 404
        assert as_alice.post(page(theirs, "edit/"), DETAILS).status_code == 404

    def test_an_unknown_gathering_is_404(self, as_alice: Client) -> None:
        for name in ("", "edit/", "counts/"):
            assert as_alice.get(f"{EVENTS}{uuid.uuid4()}/{name}").status_code == 404

    def test_wrong_methods_are_405(self, as_alice: Client, gathering: Gathering) -> None:
        assert as_alice.post(EVENTS).status_code == 405
        assert as_alice.post(page(gathering)).status_code == 405
        for url in organisers_pages(gathering):
            assert as_alice.delete(url).status_code == 405


def organisers_pages(gathering: Gathering) -> list[str]:
    return [f"{EVENTS}new/", page(gathering, "edit/"), page(gathering, "counts/")]


def every_page(gathering: Gathering) -> list[str]:
    return [EVENTS, page(gathering), *organisers_pages(gathering)]


class TestGatheringList:
    def test_it_shows_the_results_of_this_organisation_alone(
        self, as_alice: Client, gathering: Gathering, theirs: Gathering, alice: User
    ) -> None:
        enter_count(gathering, numbers(5, 3, 2, 0, 5), by=alice)
        response = as_alice.get(EVENTS)
        [(shown, result)] = response.context["rows"]
        assert shown == gathering
        assert [measure.tag.kind for measure in result.measures] == ["met", "not_met"]
        assert "Northside only" not in response.content.decode()

    def test_an_empty_list_says_what_to_do_next(self, as_alice: Client, as_bea: Client) -> None:
        assert "Add the next panel" in as_alice.get(EVENTS).content.decode()
        assert "An organiser adds them here" in as_bea.get(EVENTS).content.decode()

    def test_a_coordinator_alone_is_led_to_where_roles_are_given(
        self, as_bea: Client, bea: User
    ) -> None:
        bea.memberships.update(roles=[Role.COORDINATOR])
        html = as_bea.get(EVENTS).content.decode()
        assert "Give yourself or somebody else the organiser role." in html
        assert '<a class="button button-primary" href="/o/harbour-minds/people/">People</a>' in html

    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("", ["Board of trustees", "Voices"]),
            ("?kind=board", ["Board of trustees"]),
            ("?q=voic", ["Voices"]),
            ("?q=forum", ["Voices"]),
            ("?q=nothing", []),
            ("?kind=teapot", ["Board of trustees", "Voices"]),
            ("?page=99", ["Board of trustees", "Voices"]),
            (f"?q={'x' * 101}", ["Board of trustees", "Voices"]),
        ],
    )
    def test_it_filters(
        self, as_bea: Client, harbour: Organisation, query: str, titles: list[str]
    ) -> None:
        GatheringFactory(organisation=harbour, title="Voices", organiser="Northern Forum")
        GatheringFactory(
            organisation=harbour,
            title="Board of trustees",
            kind=GatheringKind.BOARD,
            held_on="2026-04-01",
        )
        found = [one.title for one, _ in as_bea.get(EVENTS + query).context["rows"]]
        assert found == titles

    def test_it_turns_pages(self, as_bea: Client, harbour: Organisation) -> None:
        GatheringFactory.create_batch(26, organisation=harbour)
        sizes = [len(as_bea.get(f"{EVENTS}?page={n}").context["rows"]) for n in (1, 2)]
        assert sizes == [25, 1]

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries(
        self,
        as_bea: Client,
        harbour: Organisation,
        alice: User,
        number: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for one in GatheringFactory.create_batch(number, organisation=harbour):
            enter_count(one, numbers(5, 2, 3), by=alice)
        with django_assert_num_queries(6):
            as_bea.get(EVENTS)


class TestGatheringCreate:
    url = f"{EVENTS}new/"

    def test_it_works(self, as_alice: Client, alice: User, harbour: Organisation) -> None:
        assert as_alice.get(self.url).status_code == 200
        typed = DETAILS | {"organiser": "Forum", "link": "example.org/voices"}
        response = as_alice.post(self.url, typed)
        made = harbour.gatherings.get()
        assert (response.status_code, response["Location"]) == (302, page(made))
        assert (made.title, made.organiser, made.created_by) == ("Voices", "Forum", alice)
        assert made.link == "https://example.org/voices"

    @pytest.mark.parametrize(
        ("field", "typed", "message"),
        [
            ("title", "", "Enter the name."),
            ("title", "\u200b\u2060", "Enter the name."),
            ("title", "x" * 10_000, "Use 200 characters or fewer. This has 10000."),
            ("kind", "teapot", "not one of the available choices"),
            ("held_on", "soon", "Enter a valid date."),
            ("held_on", "1989-12-31", "Enter a date from 1990 to "),
            ("held_on", "9999-01-01", "Enter a date from 1990 to "),
            ("link", "javascript:alert(1)", "Enter a valid URL."),
            ("organiser", "x" * 161, "Use 160 characters or fewer."),
        ],
    )
    def test_bad_input_is_said_at_its_field_and_kept(
        self, as_alice: Client, harbour: Organisation, field: str, typed: str, message: str
    ) -> None:
        response = as_alice.post(self.url, DETAILS | {field: typed})
        assert list(errors(response)) == [field]
        assert message in errors(response)[field][0]
        assert response.context["form"][field].value() == typed
        assert harbour.gatherings.count() == 0

    @pytest.mark.parametrize("title", ["🪑🪑", "שולחן", "Bàbá Ọ̀ṣun", "<b>bold</b>"])
    def test_any_script_is_shown_as_typed(self, as_alice: Client, title: str) -> None:
        response = as_alice.post(self.url, DETAILS | {"title": title}, follow=True)
        assert response.context["gathering"].title == title
        assert "<b>bold" not in response.content.decode()


class TestGatheringEdit:
    def test_it_works(self, as_alice: Client, gathering: Gathering) -> None:
        url = page(gathering, "edit/")
        assert as_alice.get(url).context["form"]["title"].value() == "Voices"
        response = as_alice.post(url, DETAILS | {"title": "Louder", "kind": "event"})
        gathering.refresh_from_db()
        assert (response["Location"], gathering.title, gathering.kind) == (
            page(gathering),
            "Louder",
            "event",
        )

    def test_a_count_fixes_the_kind(
        self, as_alice: Client, gathering: Gathering, alice: User
    ) -> None:
        enter_count(gathering, numbers(5), by=alice)
        as_alice.post(page(gathering, "edit/"), DETAILS | {"kind": "board", "title": "Louder"})
        gathering.refresh_from_db()
        assert (gathering.title, gathering.kind) == ("Louder", "panel")

    def test_bad_input_is_said_at_its_field(self, as_alice: Client, gathering: Gathering) -> None:
        response = as_alice.post(page(gathering, "edit/"), DETAILS | {"title": ""})
        assert errors(response) == {"title": ["Enter the name."]}
        assert "Voices" in response.content.decode()


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


class TestGatheringDetail:
    def test_nothing_counted_leads_with_the_message_to_send(
        self, as_alice: Client, gathering: Gathering
    ) -> None:
        response = as_alice.get(page(gathering))
        assert (response.context["result"], response.context["corrections"]) == (None, 0)
        body = response.content.decode()
        assert "Ask the people on it" in body
        assert "You are part of “Voices”. Harbour Minds has promised" in body

    def test_a_reader_is_told_that_nothing_is_counted(
        self, as_bea: Client, gathering: Gathering
    ) -> None:
        body = as_bea.get(page(gathering)).content.decode()
        assert "Not counted yet" in body
        assert "Ask the people on it" not in body
        assert page(gathering, "counts/") not in body

    def test_not_known_leads_with_the_message_before_the_result(
        self, as_alice: Client, gathering: Gathering, alice: User
    ) -> None:
        enter_count(gathering, numbers(5, 2, 1), by=alice)
        body = as_alice.get(page(gathering)).content.decode()
        assert 0 < body.index("Ask the people on it") < body.index("Known for 3 of 5")

    def test_whoever_typed_it_sees_the_whole_result(
        self, as_alice: Client, gathering: Gathering, alice: User
    ) -> None:
        enter_count(gathering, numbers(4, 1, 3, 1, 3), beside=numbers(2, 2), by=alice)
        body = as_alice.get(page(gathering)).content.decode()
        for said in (
            "1 of 4",
            "Known for 4 of 4",
            "You need 1 more woman among these 4.",
            "With a 5th seat you would need 3 women.",
            "Met only with the chair counted",
            "With the chair counted: 3 of 6, met.",
            "The numbers are the floor.",
            "“Met” does not show which communities were heard.",
            "Version 1",
            "Alice Adeyemi entered a count",
        ):
            assert said in body
        assert "Ask the people on it" not in body

    def test_four_people_show_a_member_no_number(
        self, as_bea: Client, gathering: Gathering, alice: User
    ) -> None:
        """The picture, its text, the stamp and the rest hold none of what was typed."""
        enter_count(gathering, numbers(4, 3, 1, 1, 2), beside=numbers(2, 2), by=alice)
        for url in (page(gathering), EVENTS):
            body = as_bea.get(url).content.decode()
            assert body.count("Shown to meet") == 2
            drawn = re.findall(r"seat-(yes|no|unknown|short|plain)", body)
            assert set(drawn) == {"plain"}
            leaks = re.findall(
                r"[^>]*(?:\d of 4\b(?! seats)|Known for|\d women|\d not |\d more |chair counted)",
                body,
            )
            assert leaks == []

    @pytest.mark.parametrize(
        ("one", "other"),
        [((4, 0, 4, 0, 4), (4, 1, 3)), ((4, 4, 0, 4, 0), (4, 2, 2, 1, 3))],
    )
    def test_two_small_counts_of_one_result_are_the_same_page(
        self,
        as_bea: Client,
        gathering: Gathering,
        alice: User,
        one: tuple[int, ...],
        other: tuple[int, ...],
    ) -> None:
        enter_count(gathering, numbers(*one), by=alice)
        first = as_bea.get(page(gathering)).context["result"]
        enter_count(gathering, numbers(*other), by=alice)
        second = as_bea.get(page(gathering)).context["result"]
        assert first == second

    def test_corrections_are_told_without_numbers(
        self, as_bea: Client, gathering: Gathering, alice: User
    ) -> None:
        for women in (1, 2, 3):
            enter_count(gathering, numbers(5, women), by=alice)
        body = as_bea.get(page(gathering)).content.decode()
        assert "This count was corrected twice" in body
        assert body.count("Alice Adeyemi</bdi>") == 3

    @pytest.mark.parametrize("versions", [1, 3])
    def test_queries(
        self,
        as_alice: Client,
        gathering: Gathering,
        alice: User,
        versions: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for women in range(versions):
            enter_count(gathering, numbers(5, women), by=alice)
        with django_assert_num_queries(7):
            as_alice.get(page(gathering))
