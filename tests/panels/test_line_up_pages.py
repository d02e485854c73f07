import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from organisations.models import User
from panels.actions.locked import LOCKED
from panels.enums import GatheringKind, SeatRole, Stage
from panels.models import Gathering, Session
from tests.factories.line_up import (
    ParticipantFactory,
    SeatFactory,
    SessionFactory,
    conference_of,
)
from tests.factories.panels import enter_count, numbers
from tests.panels.line_up_pages import line_up_page
from tests.panels.pages import page

HTMX = {"HX-Request": "true"}


@pytest.fixture
def conference(gathering: Gathering) -> Gathering:
    gathering.kind = GatheringKind.CONFERENCE
    gathering.save()
    return gathering


@pytest.fixture
def session(conference: Gathering) -> Session:
    return SessionFactory(gathering=conference, title="Opening")


def titles(response: Any) -> list[str]:
    return [row.session.title for row in response.context["rows"]]


class TestGrid:
    def test_it_works(self, as_alice: Client, session: Session) -> None:
        person = ParticipantFactory(
            gathering=session.gathering, name="Ada Obi", email="a@b.example"
        )
        SeatFactory(session=session, participant=person)
        SeatFactory(session=session, participant=None)
        SeatFactory(session=session, participant=person, role=SeatRole.CHAIR)
        response = as_alice.get(line_up_page(session.gathering))
        [row] = response.context["rows"]
        roles = [(one.role, one.number, one.nobodys, one.names) for one in row.roles]
        assert roles == [
            (SeatRole.PRESENTER, 2, 1, ["Ada Obi"]),
            (SeatRole.CHAIR, 1, 0, ["Ada Obi"]),
        ]
        assert (row.seats, row.seats_that_count, row.is_counted) == (3, 2, False)
        assert "a@b.example" not in response.content.decode()

    def test_a_member_sees_roles_and_numbers_and_no_name(
        self, as_bea: Client, session: Session
    ) -> None:
        person = ParticipantFactory(
            gathering=session.gathering, name="Ada Obi", email="a@b.example"
        )
        SeatFactory(session=session, participant=person)
        for sent in ({}, {"q": "Ada"}, {"q": "Opening"}):
            shown = as_bea.get(line_up_page(session.gathering), sent).content.decode()
            for secret in ("Ada Obi", "a@b.example", "session_edit", 'people-here">\n  <option'):
                assert secret not in shown.replace('value="Ada"', "")
        assert titles(as_bea.get(line_up_page(session.gathering), {"q": "ada"})) == []
        assert "Presenter: 1" in " ".join(
            as_bea.get(line_up_page(session.gathering)).content.decode().split()
        )

    @pytest.mark.parametrize("rows", [1, 3, 200])
    def test_queries_do_not_grow_with_rows(
        self,
        as_alice: Client,
        conference: Gathering,
        django_assert_num_queries: DjangoAssertNumQueries,
        rows: int,
    ) -> None:
        conference_of(conference, sessions=rows)
        with django_assert_num_queries(11):
            response = as_alice.get(line_up_page(conference))
        assert len(response.context["rows"]) == rows

    @pytest.mark.parametrize(("rows", "on_first"), [(250, 250), (251, 250)])
    def test_it_has_pages_beyond_250(
        self, as_alice: Client, conference: Gathering, rows: int, on_first: int
    ) -> None:
        conference_of(conference, sessions=rows, seats=2)
        first = as_alice.get(line_up_page(conference))
        assert len(first.context["rows"]) == on_first
        assert first.context["page"].has_next() is (rows > on_first)

    def test_filters(self, as_alice: Client, conference: Gathering) -> None:
        def at(day: int) -> datetime:
            return datetime(2026, 7, day, 23, 30, tzinfo=UTC)

        SessionFactory(gathering=conference, title="First", stage=Stage.MAIN, starts_at=at(1))
        second = SessionFactory(gathering=conference, title="Second", room="Hall", starts_at=at(2))
        SessionFactory(gathering=conference, title="Unplanned")
        person = ParticipantFactory(gathering=conference, name="Ada Obi")
        SeatFactory(session=second, participant=person)

        def found(**sent: str) -> list[str]:
            return titles(as_alice.get(line_up_page(conference), sent))

        assert found() == ["First", "Second", "Unplanned"]
        assert found(stage="main") == ["First"]
        # Half past eleven in the evening in UTC is the next day in London's summer.
        assert found(day="2026-07-03") == ["Second"]
        assert found(q="hall") == found(q="ada") == ["Second"]
        assert found(q="ada", stage="main") == []
        assert found(day="30 February", stage="nowhere") == ["First", "Second", "Unplanned"]

    def test_a_day_without_a_time_is_last_of_its_day(
        self, as_alice: Client, conference: Gathering
    ) -> None:
        summer, late = datetime(2026, 6, 30, 23, tzinfo=UTC), datetime(2026, 7, 1, 20, tzinfo=UTC)
        for title, starts_at, has_time in (
            ("Unplanned", None, True),
            ("Some time", summer, False),
            ("Evening", late, True),
            ("Next day", late + timedelta(days=1), True),
        ):
            SessionFactory(
                gathering=conference, title=title, starts_at=starts_at, has_time=has_time
            )
        response = as_alice.get(line_up_page(conference))
        assert titles(response) == ["Evening", "Some time", "Next day", "Unplanned"]
        shown = " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
        assert "Some time Wed 1 Jul no time yet" in shown
        assert "Unplanned Not set" in shown
        assert "00:00" not in shown
        first = as_alice.get(line_up_page(conference), {"day": "2026-07-01"})
        assert titles(first) == ["Evening", "Some time"]

    def test_for_htmx_only_the_rows(self, as_alice: Client, session: Session) -> None:
        response = as_alice.get(line_up_page(session.gathering), headers=HTMX)
        assert "<html" not in response.content.decode()
        assert titles(response) == ["Opening"]
        assert "HX-Request" in response["Vary"]

    def test_nothing_yet(self, as_alice: Client, as_bea: Client, conference: Gathering) -> None:
        empty = as_alice.get(line_up_page(conference)).content.decode()
        assert "Add the first one" in empty
        assert ">Read in a file or a list</a>" in empty
        shown = as_bea.get(line_up_page(conference)).content.decode()
        assert "An organiser adds them here" in shown

    def test_locked_it_is_to_look_at(self, as_alice: Client, session: Session) -> None:
        Gathering.objects.update(locked_at=datetime(2026, 3, 20, tzinfo=UTC))
        shown = as_alice.get(line_up_page(session.gathering)).content.decode()
        assert LOCKED in shown
        for control in ("Add a session", "Remove", "Say how many", "/new/", ">Change"):
            assert control not in shown


class TestSeatsOfAPanel:
    def test_it_is_no_grid(self, as_alice: Client, gathering: Gathering) -> None:
        SeatFactory(session__gathering=gathering, participant=None)
        response = as_alice.get(line_up_page(gathering))
        assert response.templates[0].name == "panels/line_up_seats.html"
        assert response.context["row"].seats == 1

    def test_a_member_sees_no_name(self, as_bea: Client, gathering: Gathering) -> None:
        session = SessionFactory(gathering=gathering)
        person = ParticipantFactory(gathering=gathering, name="Ada Obi")
        SeatFactory(session=session, participant=person)
        shown = as_bea.get(line_up_page(gathering)).content.decode()
        assert "Ada Obi" not in shown
        assert "Names are for organisers" in shown

    def test_with_two_sessions_it_is_a_programme(
        self, as_alice: Client, gathering: Gathering
    ) -> None:
        SessionFactory.create_batch(2, gathering=gathering)
        assert len(as_alice.get(line_up_page(gathering)).context["rows"]) == 2


class TestBesideTheCount:
    def test_a_mismatch_is_said(
        self, as_alice: Client, as_bea: Client, gathering: Gathering, alice: User
    ) -> None:
        session = SessionFactory(gathering=gathering)
        SeatFactory.create_batch(3, session=session, participant=None)
        said = "The line-up has 3 people, the count is of 5."
        assert said not in as_alice.get(line_up_page(gathering)).content.decode()
        enter_count(gathering, numbers(5), by=alice)
        for member in (as_alice, as_bea):
            assert said in member.get(line_up_page(gathering)).content.decode()

    @pytest.mark.parametrize(
        ("kind", "expected"),
        [
            ("panel", {"people": 3, "beside_people": 1}),
            ("conference", {"people": 3, "main_people": 2, "beside_people": 1}),
            ("board", {"people": 4}),
        ],
    )
    def test_a_new_count_begins_with_its_people(
        self, as_alice: Client, gathering: Gathering, kind: str, expected: dict[str, int]
    ) -> None:
        Gathering.objects.filter(pk=gathering.pk).update(kind=kind)
        main = SessionFactory(gathering=gathering, stage=Stage.MAIN)
        SeatFactory.create_batch(2, session=main, participant=None)
        other = SessionFactory(gathering=gathering)
        SeatFactory(session=other, participant=None)
        SeatFactory(session=other, participant=None, role=SeatRole.CHAIR)
        initial = as_alice.get(page(gathering, "counts/")).context["form"].initial
        people = {name: value for name, value in initial.items() if name.endswith("people")}
        assert people == expected


class TestSeveral:
    def send(self, client: Client, gathering: Gathering, *sessions: Session, **more: str) -> Any:
        sent = {"sessions": [str(one.pk) for one in sessions], **more}
        return client.post(line_up_page(gathering, "several/"), sent, follow=True)

    def test_a_stage(self, as_alice: Client, session: Session) -> None:
        response = self.send(
            as_alice, session.gathering, session, do="main", filters="q=Open&next=//evil.example"
        )
        session.refresh_from_db()
        assert session.stage == Stage.MAIN
        assert response.redirect_chain == [(f"{line_up_page(session.gathering)}?q=Open", 302)]
        assert "1 session put on the main stage" in response.content.decode()

    def test_removing_is_asked_first(self, as_alice: Client, session: Session) -> None:
        response = self.send(as_alice, session.gathering, session, do="remove")
        assert "Remove these sessions?" in response.content.decode()
        assert session.gathering.sessions.count() == 1
        self.send(as_alice, session.gathering, session, do="remove", sure="yes")
        assert session.gathering.sessions.count() == 0

    def test_nothing_ticked(self, as_alice: Client, session: Session) -> None:
        response = self.send(as_alice, session.gathering, do="remove", sure="yes")
        assert "Tick the sessions first" in response.content.decode()
        response = as_alice.post(
            line_up_page(session.gathering, "several/"), {"sessions": ["no-key", "x" * 10_000]}
        )
        assert response.status_code == 302

    def test_sessions_of_somebody_else(
        self, as_alice: Client, session: Session, theirs: Gathering
    ) -> None:
        foreign = SessionFactory(gathering=theirs)
        self.send(as_alice, session.gathering, foreign, do="remove", sure="yes")
        assert theirs.sessions.get() == foreign

    @pytest.mark.parametrize("do", ["main", "remove"])
    def test_locked(self, as_alice: Client, session: Session, do: str) -> None:
        Gathering.objects.update(locked_at=datetime(2026, 3, 20, tzinfo=UTC))
        response = self.send(as_alice, session.gathering, session, do=do)
        assert LOCKED in response.content.decode()
        session.refresh_from_db()
        assert (session.stage, session.removed_at) == (Stage.OTHER, None)

    def test_who_may(
        self, as_bea: Client, as_chidi: Client, client: Client, session: Session
    ) -> None:
        address = line_up_page(session.gathering, "several/")
        assert as_bea.post(address).status_code == 403
        assert as_chidi.post(address).status_code == 404
        assert client.post(address)["Location"].startswith(reverse("account_login"))
        assert as_bea.get(address).status_code == 403
