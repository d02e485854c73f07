"""Pages about events and groups: who may open them, the list, adding and changing one."""

import uuid
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from organisations.enums import Role
from organisations.models import Organisation, User
from panels.enums import GatheringKind
from panels.models import Gathering
from tests.factories.panels import GatheringFactory, enter_count, numbers
from tests.panels.pages import DETAILS, EVENTS, FIVE, errors, page


class TestEveryPage:
    """What holds for each address alike: who is let in, and by which method."""

    def test_a_visitor_is_asked_to_sign_in(self, client: Client, gathering: Gathering) -> None:
        for url in every_page(gathering):
            response = client.get(url)
            expected = (302, f"/accounts/login/?next={url}")
            assert (response.status_code, response["Location"]) == expected

    def test_a_stranger_gets_404(self, as_chidi: Client, gathering: Gathering) -> None:
        assert {as_chidi.get(url).status_code for url in every_page(gathering)} == {404}
        assert {as_chidi.post(url).status_code for url in every_page(gathering)} == {404}

    def test_a_member_without_the_role_gets_403(self, as_bea: Client, gathering: Gathering) -> None:
        for url in organisers_pages(gathering):
            assert [as_bea.get(url).status_code, as_bea.post(url).status_code] == [403, 403]

    def test_another_organisations_gathering_is_404(
        self, as_alice: Client, theirs: Gathering
    ) -> None:
        for url in every_page(theirs)[1:]:
            if not url.endswith("new/"):
                assert as_alice.get(url).status_code == 404
        assert as_alice.post(page(theirs, "counts/"), FIVE).status_code == 404
        assert as_alice.post(page(theirs, "edit/"), DETAILS).status_code == 404

    def test_an_unknown_gathering_is_404(self, as_alice: Client) -> None:
        for name in ("", "edit/", "counts/"):
            assert as_alice.get(f"{EVENTS}{uuid.uuid4()}/{name}").status_code == 404

    def test_wrong_methods_are_405(self, as_alice: Client, gathering: Gathering) -> None:
        for name in ("", "counts/as-at/", "frozen/"):
            assert as_alice.post(page(gathering, name)).status_code == 405
        assert as_alice.post(EVENTS).status_code == 405
        for url in organisers_pages(gathering):
            assert as_alice.delete(url).status_code == 405


def organisers_pages(gathering: Gathering) -> list[str]:
    names = ("edit/", "counts/", "repeat/", "lock/", "counts/again/")
    return [f"{EVENTS}new/", *(page(gathering, name) for name in names)]


def every_page(gathering: Gathering) -> list[str]:
    read = (EVENTS, page(gathering), page(gathering, "counts/as-at/"), page(gathering, "frozen/"))
    return [*read, *organisers_pages(gathering)]


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

    def test_a_list_offers_once_to_add_one(self, as_alice: Client, harbour: Organisation) -> None:
        offer = ">Add an event or group</a>"
        empty = as_alice.get(EVENTS).content.decode()
        GatheringFactory(organisation=harbour)
        filled = as_alice.get(EVENTS).content.decode()
        none_found = as_alice.get(f"{EVENTS}?q=nothing").content.decode()
        assert [page.count(offer) for page in (empty, filled, none_found)] == [1, 1, 1]

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
            ("?result=not_counted", ["Board of trustees", "Voices"]),
            ("?result=teapot", ["Board of trustees", "Voices"]),
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

    def test_a_hidden_result_is_not_told_by_the_filter(
        self, as_bea: Client, harbour: Organisation, alice: User
    ) -> None:
        """Of four people, not met and not known are found by the same words."""
        counts = {"Not met": (4, 0, 4, 0, 4), "Not known": (4,), "Met": (4, 4, 0, 4, 0)}
        for title, typed in counts.items():
            one = GatheringFactory(organisation=harbour, title=title)
            enter_count(one, numbers(*typed), by=alice)
        GatheringFactory(organisation=harbour, title="Not counted")

        def found(result: str) -> set[str]:
            rows = as_bea.get(f"{EVENTS}?result={result}").context["rows"]
            return {one.title for one, _ in rows}

        assert found("not_counted") == {"Not counted"}
        assert found("not_known") == {"Not met", "Not known", "Not counted"}

    def test_not_known_yet_leaves_out_what_members_see_to_be_not_met(
        self, as_bea: Client, harbour: Organisation, alice: User
    ) -> None:
        counts = {
            "Not met": (10, 2, 8, 1, 9),
            "Met": (10, 6, 4, 3, 7),
            "One not known": (10, 6, 4, 1, 4),
        }
        for title, typed in counts.items():
            one = GatheringFactory(organisation=harbour, title=title)
            enter_count(one, numbers(*typed), by=alice)
        rows = as_bea.get(f"{EVENTS}?result=not_known").context["rows"]
        assert [one.title for one, _ in rows] == ["One not known"]

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
            ("ends_on", "soon", "Enter a valid date."),
            ("ends_on", "2026-03-11", "This is before it begins, on 12 March 2026."),
            ("ends_on", "2026-03-13", "Only an event or a conference lasts several days."),
            ("ends_on", "9999-01-01", "Only an event or a conference lasts several days."),
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

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [("2026-03-12", None), ("2026-03-13", date(2026, 3, 13)), ("", None)],
    )
    def test_a_conference_may_last_several_days(
        self, as_alice: Client, harbour: Organisation, typed: str, kept: date | None
    ) -> None:
        as_alice.post(self.url, DETAILS | {"kind": "conference", "ends_on": typed})
        assert harbour.gatherings.get().ends_on == kept

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

    def test_a_count_fixes_the_day_of_a_group_that_goes_on(
        self, as_alice: Client, harbour: Organisation, alice: User
    ) -> None:
        board = GatheringFactory(organisation=harbour, kind=GatheringKind.BOARD)
        enter_count(board, numbers(5), by=alice)
        typed = {"title": "Trustees", "held_on": "2026-06-12"}
        as_alice.post(page(board, "edit/"), typed)
        board.refresh_from_db()
        assert (board.title, board.held_on) == ("Trustees", date(2026, 3, 12))

    def test_bad_input_is_said_at_its_field(self, as_alice: Client, gathering: Gathering) -> None:
        response = as_alice.post(page(gathering, "edit/"), DETAILS | {"title": ""})
        assert errors(response) == {"title": ["Enter the name."]}
        assert "Voices" in response.content.decode()
