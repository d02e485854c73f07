from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import User
from panels.actions.locked import LOCKED
from panels.actions.seats import seats_of
from panels.enums import GatheringKind, SeatRole
from panels.models import Gathering, Session
from panels.seating import SeatEntry
from tests.factories.line_up import SeatFactory, SessionFactory
from tests.panels.line_up_pages import line_up_page, seats, session_page, session_typed

HTMX = {"HX-Request": "true"}
ADA = SeatEntry(SeatRole.PRESENTER, "Ada Obi", "ada@example.org")
ROW = ("presenter", "Ada Obi", "ada@example.org")
HOSTILE = ["x" * 10_000, "<script>alert(1)</script>", "\u202eنادية"]


@pytest.fixture
def conference(gathering: Gathering) -> Gathering:
    gathering.kind = GatheringKind.CONFERENCE
    gathering.save()
    return gathering


@pytest.fixture
def session(as_alice: Client, conference: Gathering) -> Session:
    as_alice.post(line_up_page(conference, "new/"), session_typed(ROW))
    return conference.sessions.get()


def wrong(response: Any) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def wrong_rows(response: Any) -> list[dict[str, list[str]]]:
    return [dict(form.errors) for form in response.context["seats"]]


class TestCreate:
    def test_it_works(self, as_alice: Client, conference: Gathering) -> None:
        blank = ("", "", "")
        response = as_alice.post(
            line_up_page(conference, "new/"), session_typed(ROW, blank, ("chair",))
        )
        assert response["Location"] == line_up_page(conference)
        session = conference.sessions.get()
        assert seats_of(session) == [ADA, SeatEntry(SeatRole.CHAIR)]
        assert session.starts_at == datetime(2026, 3, 12, 10, tzinfo=UTC)
        assert (session.title, session.stage, session.room) == ("Opening", "main", "Hall A")

    def test_names_on_this_line_up_are_offered(self, as_alice: Client, session: Session) -> None:
        response = as_alice.get(line_up_page(session.gathering, "new/"))
        assert response.context["names"] == ["Ada Obi"]

    @pytest.mark.parametrize(
        ("field", "typed", "said"),
        [
            ("title", "", "Enter the title."),
            ("title", "\u202e", "Enter the title."),
            ("stage", "moon", "Select a valid choice. moon is not one of the available choices."),
            ("day", "30 February", "Enter a valid date."),
            ("starts", "25:00", "Enter a time such as 14:30."),
            ("minutes", "0", "Enter 1 or more."),
            ("minutes", "1441", "Enter at most 1440: a day."),
            ("minutes", "long", "Enter a whole number, such as 45."),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(
        self, as_alice: Client, conference: Gathering, field: str, typed: str, said: str
    ) -> None:
        response = as_alice.post(
            line_up_page(conference, "new/"), session_typed(ROW, **{field: typed})
        )
        assert wrong(response) == {field: [said]}
        assert response.context["seats"][0]["name"].value() == "Ada Obi"
        assert conference.sessions.count() == 0

    @pytest.mark.parametrize("day", [12, 13])
    def test_a_day_is_kept_without_its_time(
        self, as_alice: Client, conference: Gathering, day: int
    ) -> None:
        """The first day of the event as well as another."""
        typed = session_typed(day=f"2026-03-{day}", starts="")
        as_alice.post(line_up_page(conference, "new/"), typed)
        session = conference.sessions.get()
        assert (session.starts_at, session.has_time) == (datetime(2026, 3, day, tzinfo=UTC), False)
        form = as_alice.get(session_page(session)).context["form"]
        assert (form["day"].value(), form["starts"].value()) == (date(2026, 3, day), None)
        as_alice.post(session_page(session), session_typed(revision=1, day="", starts=""))
        session.refresh_from_db()
        assert (session.starts_at, session.has_time) == (None, True)

    def test_only_an_event_of_one_day_fills_it_in(
        self, as_alice: Client, conference: Gathering
    ) -> None:
        page = line_up_page(conference, "new/")
        assert as_alice.get(page).context["form"]["day"].value() == date(2026, 3, 12)
        Gathering.objects.filter(pk=conference.pk).update(ends_on=date(2026, 3, 13))
        assert as_alice.get(page).context["form"]["day"].value() is None

    def test_a_time_needs_its_day(self, as_alice: Client, conference: Gathering) -> None:
        response = as_alice.post(line_up_page(conference, "new/"), session_typed(day=""))
        assert wrong(response) == {"day": ["Enter the day that it starts on."]}

    @pytest.mark.parametrize(
        ("row", "field", "said"),
        [
            (("", "Ada Obi"), "role", "Choose a role, or clear the name."),
            (("", "", "a@b.example"), "name", "Enter whose address this is."),
            (("chair", "", "a@b.example"), "name", "Enter whose address this is."),
            (("chair", "Nia", "nia"), "email", "Enter an address such as name@example.org."),
            (ROW, "name", "Ada Obi is there twice as presenter."),
            (
                ("chair", "ada obi", "b@b.example"),
                "email",
                "ada obi has another address above. Keep one.",
            ),
        ],
    )
    def test_what_is_wrong_with_a_seat(
        self, as_alice: Client, conference: Gathering, row: tuple[str, ...], field: str, said: str
    ) -> None:
        response = as_alice.post(line_up_page(conference, "new/"), session_typed(ROW, row))
        assert wrong_rows(response) == [{}, {field: [said]}]
        assert response.context["form"]["title"].value() == "Opening"
        assert conference.sessions.count() == 0

    def test_more_rows_keep_what_was_typed_and_complain_of_nothing(
        self, as_alice: Client, conference: Gathering
    ) -> None:
        sent = session_typed(ROW, ("", "", ""), ("", "Nia", "x"), title="", more="1")
        response = as_alice.post(line_up_page(conference, "new/"), sent)
        shown = [form["name"].value() for form in response.context["seats"]]
        assert shown == ["Ada Obi", "Nia", None, None, None, None]
        assert (wrong(response), wrong_rows(response)) == ({}, [{}] * 6)
        assert response.context["form"]["room"].value() == "Hall A"
        assert conference.sessions.count() == 0

    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_text(self, as_alice: Client, conference: Gathering, text: str) -> None:
        for sent in (
            session_typed((text, text, text), title=text, room=text),
            session_typed(("chair", text), title="Fine"),
            session_typed() | {"form-TOTAL_FORMS": text, "revision": text},
            {"title": text},
        ):
            response = as_alice.post(line_up_page(conference, "new/"), sent)
            assert response.status_code in {200, 302}
            assert "<script>alert" not in response.content.decode()

    def test_a_nul_is_no_text(self, as_alice: Client, conference: Gathering) -> None:
        sent = session_typed(("chair", "\x00"))
        assert as_alice.post(line_up_page(conference, "new/"), sent).status_code == 400

    def test_more_seats_than_a_session_has(self, as_alice: Client, conference: Gathering) -> None:
        sent = session_typed() | {"form-TOTAL_FORMS": "100000"}
        response = as_alice.post(line_up_page(conference, "new/"), sent)
        assert response.status_code == 200
        assert len(response.context["seats"].forms) <= 200

    def test_a_panel_asks_only_who_has_a_seat(self, as_alice: Client, gathering: Gathering) -> None:
        address = line_up_page(gathering, "new/")
        assert list(as_alice.get(address).context["form"].fields) == ["revision"]
        as_alice.post(address, {"revision": "0"} | seats(ROW))
        session = gathering.sessions.get()
        assert (session.title, session.stage, session.starts_at) == ("Voices", "other", None)
        assert as_alice.get(address)["Location"] == session_page(session)


class TestEdit:
    def test_it_works(self, as_alice: Client, session: Session) -> None:
        response = as_alice.get(session_page(session))
        shown = [form["name"].value() for form in response.context["seats"]]
        assert shown == ["Ada Obi", None, None, None, None]
        sent = session_typed(ROW, ("chair", "Nia"), revision=1, initial=1, title="Closing")
        as_alice.post(session_page(session), sent)
        session.refresh_from_db()
        assert (session.title, session.revision, session.seats.count()) == ("Closing", 2, 2)

    def test_a_seat_is_taken_away(self, as_alice: Client, session: Session) -> None:
        row = ("", "Ada Obi", "nonsense")
        sent = session_typed(row, revision=1, initial=1) | {"form-0-DELETE": "on"}
        assert as_alice.post(session_page(session), sent).status_code == 302
        assert seats_of(session) == []
        assert session.gathering.participants.count() == 0

    def test_two_people_at_once(self, as_alice: Client, session: Session) -> None:
        as_alice.post(session_page(session), session_typed(ROW, revision=1, room="Hall B"))
        sent = session_typed(("keynote", "Nia"), revision=1, room="Hall C")
        response = as_alice.post(session_page(session), sent)
        assert ("Room", "Hall B") in response.context["theirs"]
        assert ("Starts", "12 March 2026, 10:00") in response.context["theirs"]
        assert ("Seats", "Presenter: Ada Obi (ada@example.org)") in response.context["theirs"]
        assert response.context["who"] == "Alice Adeyemi"
        assert response.context["form"]["room"].value() == "Hall C"
        assert response.context["seats"][0]["name"].value() == "Nia"
        newest = response.context["form"]["revision"].value()
        as_alice.post(session_page(session), sent | {"revision": str(newest)})
        session.refresh_from_db()
        assert (session.room, session.revision) == ("Hall C", 3)

    def test_removed_while_somebody_writes(self, as_alice: Client, session: Session) -> None:
        as_alice.post(session_page(session, "remove/"))
        assert as_alice.get(session_page(session)).status_code == 404
        sent = session_typed(("keynote", "Nia"), revision=1)
        response = as_alice.post(session_page(session), sent)
        assert response.context["was_removed"] is True
        newest = response.context["form"]["revision"].value()
        as_alice.post(session_page(session), sent | {"revision": str(newest)})
        assert session.gathering.sessions.get().seats.count() == 1

    def test_in_its_row(self, as_alice: Client, session: Session) -> None:
        form = as_alice.get(session_page(session), headers=HTMX).content.decode()
        assert form.strip().startswith(f'<tr id="session-{session.pk}"')
        bad = as_alice.post(session_page(session), session_typed(title=""), headers=HTMX)
        assert wrong(bad) == {"title": ["Enter the title."]}
        assert "<html" not in bad.content.decode()
        sent = session_typed(ROW, ("chair", "Nia"), revision=1)
        saved = as_alice.post(session_page(session), sent, headers=HTMX).content.decode()
        assert saved.strip().startswith(f'<tr id="session-{session.pk}"')
        assert saved.count('hx-swap-oob="true"') == 3
        assert '<option value="Nia">' in saved
        again = as_alice.get(session_page(session), {"row": "1"}, headers=HTMX).content.decode()
        assert "<form" not in again
        assert "hx-swap-oob" not in again

    def test_locked(self, as_alice: Client, session: Session) -> None:
        Gathering.objects.update(locked_at=datetime(2026, 3, 20, tzinfo=UTC))
        sent = session_typed(revision=1, title="Late")
        for address in (session_page(session), session_page(session, "remove/")):
            for response in (
                as_alice.get(address, follow=True),
                as_alice.post(address, sent, follow=True),
            ):
                assert response.redirect_chain == [(line_up_page(session.gathering), 302)]
                assert LOCKED in response.content.decode()
        row = as_alice.post(session_page(session), sent, headers=HTMX)
        assert row["HX-Refresh"] == "true"
        session.refresh_from_db()
        assert (session.title, session.removed_at) == ("Opening", None)


class TestRemove:
    def test_it_asks_and_then_removes(self, as_alice: Client, session: Session) -> None:
        assert (
            "Remove this session?"
            in as_alice.get(session_page(session, "remove/")).content.decode()
        )
        assert session.gathering.sessions.count() == 1
        for _ in range(2):
            response = as_alice.post(session_page(session, "remove/"))
            assert response["Location"] == line_up_page(session.gathering)
        assert session.gathering.sessions.count() == 0
        assert as_alice.get(session_page(session, "remove/")).status_code == 404


@pytest.mark.parametrize("name", ["", "remove/", "women/"])
def test_who_may(
    name: str,
    as_alice: Client,
    as_bea: Client,
    as_chidi: Client,
    client: Client,
    gathering: Gathering,
    theirs: Gathering,
    alice: User,
) -> None:
    session = SeatFactory(session__gathering=gathering).session
    foreign = SessionFactory(gathering=theirs)
    for send in ("get", "post"):
        assert getattr(as_bea, send)(session_page(session, name)).status_code == 403
        assert getattr(as_chidi, send)(session_page(session, name)).status_code == 404
        anonymous = getattr(client, send)(session_page(session, name))
        assert anonymous["Location"].startswith(reverse("account_login"))
        mixed = line_up_page(gathering, f"{foreign.pk}/{name}")
        assert getattr(as_alice, send)(mixed).status_code == 404
    assert as_alice.delete(session_page(session, name)).status_code == 405
