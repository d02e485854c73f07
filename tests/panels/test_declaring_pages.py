"""An organiser's pages of a round: who may open them and what they say."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation, User
from outbox.models import Email
from panels.actions.declaring import close_round
from panels.enums import GatheringKind, Stage
from panels.models import DeclarationRound, Gathering
from panels.queries.declaring import open_round_of, printed_codes
from panels.slips import slips_of
from tests.factories.declaring import answers, opened, seat, seat_people, upcoming
from tests.factories.panels import GatheringFactory
from tests.panels.pages import EVENTS, errors


@pytest.fixture
def gathering(gathering: Gathering) -> Gathering:
    seat_people(upcoming(gathering), 6, 2)
    return gathering


@pytest.fixture
def asked(gathering: Gathering, alice: User) -> DeclarationRound:
    return opened(gathering, by=alice)


def asking(gathering: Gathering) -> str:
    return f"{EVENTS}{gathering.pk}/asking/"


def of(asked: DeclarationRound, name: str = "") -> str:
    return f"{asking(asked.gathering)}{asked.pk}/{name}"


def every_page(asked: DeclarationRound) -> list[str]:
    names = ("", "sheet/", "remind/", "close/")
    return [asking(asked.gathering), *(of(asked, name) for name in names)]


def text(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


class TestEveryPage:
    def test_a_visitor_is_asked_to_sign_in(self, client: Client, asked: DeclarationRound) -> None:
        for url in every_page(asked):
            response = client.get(url)
            assert (response.status_code, response["Location"]) == (
                302,
                f"/accounts/login/?next={url}",
            )

    def test_a_stranger_gets_404(self, as_chidi: Client, asked: DeclarationRound) -> None:
        assert {as_chidi.get(url).status_code for url in every_page(asked)} == {404}
        assert {as_chidi.post(url).status_code for url in every_page(asked)} == {404}

    def test_a_member_without_the_role_gets_403(
        self, as_bea: Client, asked: DeclarationRound
    ) -> None:
        assert {as_bea.get(url).status_code for url in every_page(asked)} == {403}
        assert {as_bea.post(url).status_code for url in every_page(asked)} == {403}

    def test_wrong_methods_are_405(self, as_alice: Client, asked: DeclarationRound) -> None:
        assert {as_alice.delete(url).status_code for url in every_page(asked)} == {405}
        statuses = [as_alice.post(of(asked, name)).status_code for name in ("", "sheet/")]
        assert [*statuses, as_alice.get(of(asked, "remind/")).status_code] == [405, 405, 405]

    def test_a_round_is_found_under_its_own_event_alone(
        self, as_alice: Client, asked: DeclarationRound, harbour: Organisation
    ) -> None:
        other = GatheringFactory(organisation=harbour)
        for name in ("", "sheet/", "close/"):
            assert as_alice.get(f"{asking(other)}{asked.pk}/{name}").status_code == 404
        assert as_alice.get(f"{asking(asked.gathering)}{uuid4()}/").status_code == 404


class TestOpening:
    def test_it_asks_and_leads_to_the_round(self, as_alice: Client, gathering: Gathering) -> None:
        assert "6 people with an address" in text(as_alice, asking(gathering))
        last = timezone.localdate() + timedelta(days=7)
        response = as_alice.post(asking(gathering), {"closes_on": last.isoformat()})
        found = open_round_of(gathering)
        assert found is not None
        assert (found.closes_on, response["Location"]) == (last, of(found))
        assert Email.objects.count() == 6
        assert as_alice.get(asking(gathering))["Location"] == of(found)

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("", "Enter a date."),
            ("soon", "Enter a valid date."),
            ("2020-01-01", "Choose a day after today, so that people have time."),
        ],
    )
    def test_a_slip_is_said_at_the_field_and_kept(
        self, typed: str, said: str, as_alice: Client, gathering: Gathering
    ) -> None:
        response = as_alice.post(asking(gathering), {"closes_on": typed})
        assert errors(response) == {"closes_on": [said]}
        assert response.context["form"]["closes_on"].value() == typed
        assert open_round_of(gathering) is None

    def test_too_few_people_are_told_and_nothing_opens(
        self, as_alice: Client, harbour: Organisation
    ) -> None:
        few = upcoming(GatheringFactory(organisation=harbour))
        seat_people(few, 4)
        assert "This line-up has 4." in text(as_alice, asking(few))
        last = timezone.localdate() + timedelta(days=7)
        response = as_alice.post(asking(few), {"closes_on": last.isoformat()})
        assert list(errors(response)) == ["__all__"]
        assert DeclarationRound.objects.count() == 0

    def test_a_small_main_stage_stays_not_known_and_the_page_says_so(
        self, as_alice: Client, harbour: Organisation
    ) -> None:
        event = upcoming(GatheringFactory(organisation=harbour, kind=GatheringKind.EVENT))
        seat_people(event, 6)
        seat(event, 9, stage=Stage.MAIN)
        assert "the main stage has 1 and everywhere else 6" in text(as_alice, asking(event))


class TestTheRound:
    def test_it_says_how_many_and_until_when(
        self, as_alice: Client, asked: DeclarationRound
    ) -> None:
        answers(asked, ("yes", "no"), ("no", "no"))
        response = as_alice.get(of(asked))
        progress = response.context["progress"]
        assert (progress.answered, progress.asked) == (2, 8)
        assert "speaker" not in response.content.decode().lower()

    @pytest.mark.parametrize("people", [5, 15])
    def test_queries(
        self,
        people: int,
        as_alice: Client,
        alice: User,
        harbour: Organisation,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        event = upcoming(GatheringFactory(organisation=harbour))
        seat_people(event, people)
        found = opened(event, by=alice)
        with django_assert_num_queries(8):
            as_alice.get(of(found))

    def test_a_reminder_goes_out_once_a_day(
        self, as_alice: Client, asked: DeclarationRound
    ) -> None:
        assert "Send a reminder" in text(as_alice, of(asked))
        response = as_alice.post(of(asked, "remind/"), follow=True)
        assert "to everybody with an address who has not answered yet" in response.content.decode()
        assert Email.objects.count() == 12
        again = as_alice.post(of(asked, "remind/"), follow=True)
        assert "A reminder went out today." in again.content.decode()
        assert Email.objects.count() == 12
        assert "Send a reminder" not in text(as_alice, of(asked))

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize(
        ("given", "said"),
        [(2, "Too few answered, so nothing was counted."), (3, "the answers are counted.")],
    )
    def test_closing_is_confirmed_first(
        self, given: int, said: str, as_alice: Client, asked: DeclarationRound
    ) -> None:
        answers(asked, *[("yes", "no")] * given)
        assert f"{given} of 8 have answered" in text(as_alice, of(asked, "close/"))
        response = as_alice.post(of(asked, "close/"), follow=True)
        assert said in response.content.decode()
        again = as_alice.post(of(asked, "close/"), follow=True)
        assert "The round had closed already." in again.content.decode()
        assert as_alice.get(of(asked, "close/"))["Location"] == of(asked)

    @pytest.mark.django_db(transaction=True)
    def test_all_or_none_is_hidden_from_whoever_asked(
        self, as_alice: Client, asked: DeclarationRound
    ) -> None:
        answers(asked, *[("yes", "no")] * 8)
        page = text(as_alice, f"{EVENTS}{asked.gathering_id}/")
        assert "Shown to meet" in page
        assert "8 of 8" not in page
        assert "0 of 8" not in page

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize(("given", "said"), [(1, "Ask once more"), (3, "See the result")])
    def test_a_closed_round_leads_on(
        self, given: int, said: str, as_alice: Client, alice: User, asked: DeclarationRound
    ) -> None:
        answers(asked, *[("yes", "no")] * given)
        close_round(round_id=asked.pk, by=alice, now=timezone.now())
        assert said in text(as_alice, of(asked))


class TestTheSheet:
    def test_a_slip_for_each_code_that_is_nobodys(
        self, as_alice: Client, asked: DeclarationRound
    ) -> None:
        response = as_alice.get(of(asked, "sheet/"))
        codes = [slip.code for slip in response.context["slips"]]
        expected = slips_of(printed_codes(asked), link=str)
        assert codes == [slip.code for slip in expected]
        assert {len(code) for code in codes} == {31}
        page = response.content.decode()
        assert (page.count('class="slip-picture"'), page.count("Speaker")) == (2, 0)
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"

    def test_used_codes_look_like_the_others(
        self, as_alice: Client, asked: DeclarationRound
    ) -> None:
        before = as_alice.get(of(asked, "sheet/")).context["slips"]
        answers(asked, *[("yes", "no")] * 7)
        assert as_alice.get(of(asked, "sheet/")).context["slips"] == before

    def test_where_parts_are_counted_a_slip_says_for_whom_it_is(
        self, as_alice: Client, alice: User, harbour: Organisation
    ) -> None:
        event = upcoming(GatheringFactory(organisation=harbour, kind=GatheringKind.EVENT))
        for number in range(1, 12):
            seat(event, number, mail=False, stage=Stage.MAIN if number < 6 else Stage.OTHER)
        seat(event, 1)
        slips = as_alice.get(of(opened(event, by=alice), "sheet/")).context["slips"]
        assert sorted(slip.part for slip in slips) == sorted(
            ["Main stage"] * 4 + ["Main stage and elsewhere"] + ["Everywhere else"] * 6
        )

    def test_after_the_close_there_is_none(
        self, as_alice: Client, alice: User, asked: DeclarationRound
    ) -> None:
        close_round(round_id=asked.pk, by=alice, now=timezone.now())
        assert as_alice.get(of(asked, "sheet/"))["Location"] == of(asked)

    def test_a_new_key_of_the_installation_shows_no_dead_codes(
        self, as_alice: Client, asked: DeclarationRound, settings: object
    ) -> None:
        settings.SECRET_KEY = "another" * 8  # type: ignore[attr-defined]
        assert slips_of(printed_codes(asked), link=str) == []
