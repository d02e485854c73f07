"""The seat planner: the rule, on an event and for anybody."""

from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from organisations.models import Organisation, User
from panels.enums import GatheringKind, SeatRole
from panels.models import CountingChoices, Gathering, Seat, Session
from panels.planner import (
    AHEAD,
    LEAST_SEATS,
    MOST_SEATS,
    USUAL_SEATS,
    Need,
    Row,
    plan,
    usual_seats,
)
from panels.thresholds import MINORITISED, WOMEN, Threshold, Thresholds, needed
from tests.factories.panels import enter_count, numbers
from tests.panels.pages import page

PUBLIC = "/check/seats/"
WRONG = "Enter a whole number from 2 to 1,000."
HOSTILE = ["", "0", "1", "1001", "-5", "five", "9" * 10_000, "٣", "5\x00", "<script>", "\u202e5"]


class TestPlan:
    def test_five_seats_and_what_each_further_one_does(self) -> None:
        assert plan(5, Thresholds()).rows == (
            Row(5, Need(3, 0), Need(1, 0), is_first=True),
            Row(6, Need(3, 0), Need(2, 1)),
            Row(7, Need(4, 1), Need(2, 0)),
            Row(8, Need(4, 0), Need(2, 0)),
            Row(9, Need(5, 1), Need(2, 0)),
            Row(10, Need(5, 0), Need(2, 0)),
            Row(11, Need(6, 1), Need(3, 1)),
        )

    def test_each_threshold_is_told_by_itself(self) -> None:
        women, minoritised = plan(5, Thresholds()).drawn
        assert (women.asks, women.next_seat) == (
            "Of 5 seats, at least 3 women.",
            "With a 6th seat it is still 3; the 7th seat adds one.",
        )
        assert (minoritised.asks, minoritised.next_seat) == (
            "Of 5 seats, at least 1 from a minoritised community.",
            "The 6th seat adds one: 2 of 6.",
        )
        assert women.marks == ("yes",) * 3 + ("plain",) * 2
        assert (women.centre, women.aim, minoritised.aim) == ("3 of 5", "", "")

    def test_an_own_aim_stands_beside(self) -> None:
        aims = Thresholds(women=Threshold(3, 5), minoritised=MINORITISED)
        women, minoritised = plan(6, Thresholds(), aims).drawn
        assert (women.threshold, women.asks) == ("50%", "Of 6 seats, at least 3 women.")
        assert (women.aim, minoritised.aim) == ("Your own aim, at least 60%: 4 of 6.", "")

    @pytest.mark.parametrize("seats", [-1, 0, LEAST_SEATS - 1])
    def test_a_plan_begins_where_a_result_can(self, seats: int) -> None:
        with pytest.raises(ValueError, match="begins at 2 seats"):
            plan(seats, Thresholds())

    @pytest.mark.parametrize(
        ("people", "begins"),
        [(0, USUAL_SEATS), (1, LEAST_SEATS), (2, 2), (12, 12), (9_999, MOST_SEATS)],
    )
    def test_it_begins_with_no_seat_fewer_than_there_are(self, people: int, begins: int) -> None:
        assert usual_seats(people) == begins

    @given(st.integers(LEAST_SEATS, MOST_SEATS))
    def test_it_looks_ahead_and_never_back(self, seats: int) -> None:
        rows = plan(seats, Thresholds()).rows
        assert [row.seats for row in rows] == list(range(seats, seats + AHEAD + 1))
        for before, row in pairwise(rows):
            assert row.women == Need(
                needed(row.seats, WOMEN), row.women.needed - before.women.needed
            )
            assert row.minoritised.adds == row.minoritised.needed - before.minoritised.needed


def told(response: Any) -> str:
    return " ".join(response.content.decode().split())


class TestForAnybody:
    def test_it_works(self, client: Client) -> None:
        response = client.post(PUBLIC, {"seats": "6"})
        assert response.status_code == 200
        assert "Of 6 seats, at least 2 from minoritised communities." in told(response)
        assert "The 7th seat adds one: 4 of 7." in told(response)

    def test_it_begins_with_the_usual_number(self, client: Client) -> None:
        assert client.get(PUBLIC).context["plan"].seats == USUAL_SEATS

    def test_it_stands_on_the_check_before_any_number(self, client: Client) -> None:
        body = told(client.get("/check/"))
        assert "Of 5 seats, at least 3 women." in body
        assert f'action="{PUBLIC}"' in body

    def test_it_is_gone_once_numbers_are_typed(self, client: Client) -> None:
        body = told(client.post("/check/", {"people": "5"}))
        assert "What each further seat does" not in body

    @pytest.mark.parametrize("typed", HOSTILE)
    def test_bad_input_is_said_and_kept(self, client: Client, typed: str) -> None:
        response = client.post(PUBLIC, {"seats": typed})
        if typed in ("٣", "5\x00"):
            assert response.status_code in (200, 400)
            return
        assert response.status_code == 200
        assert dict(response.context["form"].errors) == {"seats": [WRONG]}
        assert response.context["plan"] is None
        assert response.context["form"]["seats"].value() == typed

    def test_a_number_in_the_address_is_not_read(self, client: Client) -> None:
        assert client.get(PUBLIC, {"seats": "9"}).context["plan"].seats == USUAL_SEATS

    def test_nothing_is_set_or_kept(self) -> None:
        strict = Client(enforce_csrf_checks=True)
        response = strict.post(PUBLIC, {"seats": "6"})
        assert (response.status_code, dict(response.cookies)) == (200, {})
        assert "no-store" in response.headers["Cache-Control"]

    def test_other_methods_are_405(self, client: Client) -> None:
        assert [client.put(PUBLIC).status_code, client.delete(PUBLIC).status_code] == [405, 405]


@pytest.mark.django_db
class TestOnAnEvent:
    def test_it_works(self, as_bea: Client, gathering: Gathering) -> None:
        response = as_bea.get(page(gathering, "seats/"), {"seats": "8"})
        assert "Of 8 seats, at least 4 women." in told(response)
        assert response.context["form"]["seats"].value() == "8"

    def test_it_begins_with_the_people_counted(
        self, as_bea: Client, gathering: Gathering, alice: User
    ) -> None:
        enter_count(gathering, numbers(7, 3, 4), by=alice)
        response = as_bea.get(page(gathering, "seats/"))
        assert response.context["plan"].seats == 7
        assert "3 of 7" not in told(response)

    def test_or_with_the_seats_of_the_line_up(self, as_bea: Client, gathering: Gathering) -> None:
        session = Session.objects.create(gathering=gathering, title="Voices", position=1)
        roles = [SeatRole.PANELLIST] * 3 + [SeatRole.CHAIR]
        Seat.objects.bulk_create([Seat(session=session, role=role) for role in roles])
        assert as_bea.get(page(gathering, "seats/")).context["plan"].seats == 3

    def test_the_organisations_own_aim_stands_beside(
        self, as_bea: Client, gathering: Gathering, harbour: Organisation, alice: User
    ) -> None:
        CountingChoices.objects.create(
            organisation=harbour,
            women_definition="women",
            women_numerator=3,
            women_denominator=5,
            minoritised_numerator=1,
            minoritised_denominator=5,
            changed_by=alice,
            changed_at=gathering.created_at,
        )
        body = told(as_bea.get(page(gathering, "seats/"), {"seats": "6"}))
        assert "Your own aim, at least 60%: 4 of 6." in body
        assert "Women: at least 50%" in body

    @pytest.mark.parametrize("typed", ["", "1", "abc", "9" * 5_000])
    def test_bad_input_is_said_and_kept(
        self, as_bea: Client, gathering: Gathering, typed: str
    ) -> None:
        response = as_bea.get(page(gathering, "seats/"), {"seats": typed})
        assert (response.status_code, response.context["plan"]) == (200, None)
        assert dict(response.context["form"].errors) == {"seats": [WRONG]}

    def test_it_rejects_post(self, as_alice: Client, gathering: Gathering) -> None:
        assert as_alice.post(page(gathering, "seats/")).status_code == 405

    def test_a_stranger_gets_404(self, as_chidi: Client, gathering: Gathering) -> None:
        assert as_chidi.get(page(gathering, "seats/")).status_code == 404

    def test_another_organisations_event_is_404(self, as_alice: Client, theirs: Gathering) -> None:
        assert as_alice.get(page(theirs, "seats/")).status_code == 404

    def test_anonymous_is_sent_to_sign_in(self, client: Client, gathering: Gathering) -> None:
        response = client.get(page(gathering, "seats/"))
        assert (response.status_code, response["Location"].split("?")[0]) == (
            302,
            "/accounts/login/",
        )

    @pytest.mark.parametrize("kind", GatheringKind)
    def test_every_kind_can_be_planned(
        self, as_bea: Client, gathering: Gathering, kind: GatheringKind
    ) -> None:
        Gathering.objects.filter(pk=gathering.pk).update(kind=kind)
        assert as_bea.get(page(gathering, "seats/")).status_code == 200

    def test_queries(
        self, as_bea: Client, gathering: Gathering, django_assert_num_queries: Any
    ) -> None:
        with django_assert_num_queries(7):
            as_bea.get(page(gathering, "seats/"))
