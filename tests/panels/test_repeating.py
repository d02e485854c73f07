"""Last year's again: everything but the people."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from organisations.models import Organisation, User
from panels.actions import repeating
from panels.actions.repeating import RepeatRefused, later, repeat_gathering
from panels.enums import GatheringKind, SeatRole, Stage
from panels.models import Gathering, Participant, Seat, Session
from tests.factories.line_up import SeatFactory, SessionFactory
from tests.factories.panels import GatheringFactory, enter_count, numbers
from tests.panels.pages import errors, page
from tests.panels.test_actions import verbs

NOW = datetime(2027, 1, 10, 10, tzinfo=UTC)
A_YEAR_ON = date(2027, 3, 11)
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def conference(harbour: Organisation, alice: User) -> Gathering:
    found = GatheringFactory(
        organisation=harbour,
        kind=GatheringKind.CONFERENCE,
        title="Gathering of voices",
        ends_on=date(2026, 3, 13),
        organiser="Forum",
        link="https://forum.example/voices",
    )
    opening = SessionFactory(
        gathering=found,
        title="Opening",
        stage=Stage.MAIN,
        room="Hall",
        starts_at=datetime(2026, 3, 12, 9, 30, tzinfo=UTC),
        minutes=45,
        source_key="of-a-file",
    )
    keynote = SeatFactory(session=opening, role=SeatRole.KEYNOTE)
    SeatFactory(session=opening, role=SeatRole.CHAIR, participant=None)
    talk = SessionFactory(gathering=found, title="Talk")
    SeatFactory(session=talk, participant=keynote.participant)
    enter_count(found, numbers(5, 2, 3), by=alice)
    return found


def repeat(gathering: Gathering, by: User, **more: Any) -> Gathering:
    typed: dict[str, Any] = {"title": "Voices again", "held_on": A_YEAR_ON} | more
    return repeat_gathering(gathering=gathering, by=by, now=NOW, **typed)


class TestRepeat:
    def test_what_comes_along(self, conference: Gathering, alice: User) -> None:
        made = repeat(conference, alice)
        assert (made.kind, made.title, made.held_on, made.ends_on) == (
            "conference",
            "Voices again",
            A_YEAR_ON,
            date(2027, 3, 12),
        )
        assert (made.organiser, made.link) == ("Forum", "https://forum.example/voices")
        assert (made.modelled_on, made.created_by) == (conference, alice)
        rows = made.sessions.order_by("position")
        names = ("title", "stage", "room", "starts_at", "minutes", "source_key")
        assert list(rows.values_list(*names)) == [
            ("Opening", "main", "Hall", datetime(2027, 3, 11, 9, 30, tzinfo=UTC), 45, ""),
            ("Talk", "other", "", None, None, ""),
        ]

    def test_seats_come_along_empty(self, conference: Gathering, alice: User) -> None:
        made = repeat(conference, alice)
        seats = Seat.objects.filter(session__gathering=made).order_by("session__position", "pk")
        assert list(seats.values_list("role", "participant")) == [
            ("keynote", None),
            ("chair", None),
            ("presenter", None),
        ]
        assert (made.participants.count(), made.tallies.count(), made.counted_at) == (0, 0, None)
        assert Participant.objects.count() == 1

    def test_history_says_so_of_the_new_one(self, conference: Gathering, alice: User) -> None:
        before = verbs(conference)
        made = repeat(conference, alice)
        assert (verbs(made), verbs(conference)) == (["gathering.repeated"], before)

    def test_a_double_click_makes_one(self, conference: Gathering, alice: User) -> None:
        assert repeat(conference, alice) == repeat(conference, alice)
        assert repeat(conference, alice, title="Another") != repeat(conference, alice)
        assert conference.repeats.count() == 2

    def test_a_group_that_goes_on_is_not_repeated(self, harbour: Organisation, alice: User) -> None:
        board = GatheringFactory(organisation=harbour, kind=GatheringKind.BOARD)
        with pytest.raises(RepeatRefused, match="as at a new day"):
            repeat(board, alice)

    def test_it_rolls_back_whole(
        self, conference: Gathering, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("no history")

        monkeypatch.setattr(repeating, "record", fail)
        with pytest.raises(RuntimeError):
            repeat(conference, alice)
        assert (Gathering.objects.count(), Session.objects.count()) == (1, 2)

    def test_the_clock_on_the_wall_stays(self) -> None:
        winter = datetime(2026, 3, 12, 9, 30, tzinfo=LONDON)
        summer = later(winter, date(2026, 6, 12) - date(2026, 3, 12))
        assert summer.astimezone(LONDON).time().isoformat() == "09:30:00"
        assert summer.astimezone(UTC).hour == 8


class TestPage:
    def test_it_suggests_the_same_weekday_a_year_on(
        self, as_alice: Client, conference: Gathering
    ) -> None:
        response = as_alice.get(page(conference, "repeat/"))
        suggested = response.context["form"]["held_on"].value()
        assert (suggested, suggested.weekday()) == (A_YEAR_ON, conference.held_on.weekday())
        body = response.content.decode()
        assert "2 sessions with stage, room and times" in body
        assert "3 seats by role, all of them empty" in body

    def test_it_works(self, as_alice: Client, conference: Gathering) -> None:
        typed = {"title": "Voices again", "held_on": "2027-03-11"}
        response = as_alice.post(page(conference, "repeat/"), typed)
        assert response["Location"] == page(conference.repeats.get())

    def test_a_board_is_led_to_its_counts(self, as_alice: Client, harbour: Organisation) -> None:
        board = GatheringFactory(organisation=harbour, kind=GatheringKind.BOARD)
        response = as_alice.get(page(board, "repeat/"))
        assert response["Location"] == page(board, "counts/as-at/")

    @pytest.mark.parametrize(
        ("field", "typed", "message"),
        [
            ("title", "", "Enter the name."),
            ("title", "x" * 10_000, "Use 200 characters or fewer."),
            ("held_on", "soon", "Enter a valid date."),
            ("held_on", "1989-12-31", "Enter a date from 1990 to "),
        ],
    )
    def test_bad_input_is_said_at_its_field_and_kept(
        self, as_alice: Client, conference: Gathering, field: str, typed: str, message: str
    ) -> None:
        both = {"title": "Voices again", "held_on": "2027-03-11"} | {field: typed}
        response = as_alice.post(page(conference, "repeat/"), both)
        assert list(errors(response)) == [field]
        assert message in errors(response)[field][0]
        assert response.context["form"][field].value() == typed
        assert conference.repeats.count() == 0
