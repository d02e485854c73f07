"""The page of one event or group: what it says, and to whom."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.models import User
from panels.actions.statements import revoke_statement
from panels.enums import GatheringKind, SeatRole, Stage, StatementKind
from panels.models import Gathering
from tests.factories.barriers import stated
from tests.factories.line_up import SeatFactory, SessionFactory
from tests.factories.panels import enter_count, numbers
from tests.panels.pages import EVENTS, page


class TestGatheringDetail:
    def test_nothing_counted_leads_with_the_message_to_send(
        self, as_alice: Client, gathering: Gathering
    ) -> None:
        response = as_alice.get(page(gathering))
        assert (response.context["result"], response.context["corrections"]) == (None, 0)
        body = response.content.decode()
        assert "Ask the people on it" in body
        assert "Who sees what" in body
        assert ">Write the line-up</a>" in body
        assert ">Read in a file or a list</a>" in body
        assert ">Ask by link</a>" in body
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
            "The 5th seat adds one: with it you would need 3 women, 2 more than are known now.",
            "Met only with the 2 who chair or moderate counted",
            "With the 2 who chair or moderate counted: 3 of 6, met.",
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
                r"[^>]*(?:\d of 4\b(?! seats)|Known for|\d women|\d not |\d more "
                r"|chair counted|moderate counted)",
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
        with django_assert_num_queries(12):
            as_alice.get(page(gathering))


class TestBeforeAnybodyIsAsked:
    """What the line-up alone says: how many there are, and nothing of anybody."""

    @pytest.fixture
    def planned(self, gathering: Gathering) -> Gathering:
        session = SessionFactory(gathering=gathering)
        SeatFactory.create_batch(5, session=session)
        SeatFactory(session=session, role=SeatRole.CHAIR)
        SeatFactory(session=session, role=SeatRole.OBSERVER)
        return gathering

    def test_it_is_judged_at_once_as_not_known(self, planned: Gathering, as_bea: Client) -> None:
        response = as_bea.get(page(planned))
        shown = response.context["not_asked"]
        assert response.context["result"] is None
        assert [(one.tag.kind, one.asks, one.whole.known) for one in shown.measures] == [
            ("not_known", "At least 50%: 3 of 5 seats", "Known for 0 of 5"),
            ("not_known", "At least 20%: 1 of 5 seats", "Known for 0 of 5"),
        ]
        body = response.content.decode()
        assert "At least 3 of these 5 would need to be women." in body
        assert "Not counted yet" not in body

    @pytest.mark.parametrize("who", ["as_alice", "as_bea"])
    def test_its_public_statement_is_a_click_away(
        self, who: str, gathering: Gathering, alice: User, request: pytest.FixtureRequest
    ) -> None:
        client = request.getfixturevalue(who)
        enter_count(gathering, numbers(6, 3, 3, 1, 5), by=alice)
        stated(gathering, StatementKind.LEADER, by=alice)
        assert "Its public statement" not in client.get(page(gathering)).content.decode()
        statement = stated(gathering, by=alice)
        address = reverse("statement_public", args=[statement.slug])
        assert f'href="{address}"' in client.get(page(gathering)).content.decode()
        revoke_statement(statement=statement, by=alice, now=timezone.now())
        assert address not in client.get(page(gathering)).content.decode()

    def test_the_main_stage_is_given_apart(self, gathering: Gathering, as_bea: Client) -> None:
        Gathering.objects.update(kind=GatheringKind.CONFERENCE)
        for stage, people in ((Stage.MAIN, 2), (Stage.OTHER, 4)):
            SeatFactory.create_batch(people, session__gathering=gathering, session__stage=stage)
        women, _ = as_bea.get(page(gathering)).context["not_asked"].measures
        assert [women.whole.figure, *(part.figure for part in women.parts)] == [
            "0 of 6",
            "0 of 2",
            "0 of 4",
        ]

    def test_chairs_alone_are_not_judged(self, gathering: Gathering, as_bea: Client) -> None:
        SeatFactory(session__gathering=gathering, role=SeatRole.CHAIR)
        assert as_bea.get(page(gathering)).context["not_asked"] is None

    def test_a_count_takes_its_place(
        self, planned: Gathering, as_alice: Client, alice: User
    ) -> None:
        enter_count(planned, numbers(5, 3), by=alice)
        context = as_alice.get(page(planned)).context
        assert (context["not_asked"], context["result"].measures[0].tag.kind) == (None, "met")

    @pytest.mark.parametrize("seats", [1, 3])
    def test_queries(
        self,
        seats: int,
        gathering: Gathering,
        as_alice: Client,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        SeatFactory.create_batch(seats, session__gathering=gathering)
        with django_assert_num_queries(12):
            as_alice.get(page(gathering))
