from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from history.models import Entry
from organisations.models import User
from organisations.refusals import Refused
from panels.actions import line_up as actions
from panels.actions.locked import LOCKED, NAMES_GONE, LockedError, why_it_is_locked
from panels.actions.seats import seats_of
from panels.enums import SeatRole, Stage
from panels.models import Gathering, Participant, Seat, Session
from panels.seating import MOST_SEATS, SeatEntry, name_key, seated_twice, with_two_addresses
from tests.factories.line_up import ParticipantFactory, SeatFactory, SessionFactory

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
LATER = datetime(2026, 3, 1, 11, tzinfo=UTC)
ADA = SeatEntry(SeatRole.PRESENTER, "Ada Obi", "ada@example.org")
CHAIR = SeatEntry(SeatRole.CHAIR, "Nia Rees")
EMPTY = SeatEntry(SeatRole.PRESENTER)


def save(gathering: Gathering, *seats: SeatEntry, by: User, **more: Any) -> Session:
    typed = {"session": None, "title": "Opening", "stage": Stage.MAIN, "now": NOW} | more
    return actions.save_session(gathering=gathering, seats=seats, by=by, **typed)


def told(gathering: Gathering) -> list[tuple[str, dict[str, str]]]:
    return [(entry.verb, entry.details) for entry in Entry.objects.about(gathering)]


def names(gathering: Gathering) -> list[tuple[int, str, str]]:
    return list(gathering.participants.order_by("number").values_list("number", "name", "email"))


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """History fails last, so everything before it must be undone."""

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no history")

    monkeypatch.setattr(actions, "record", fail)


class TestSave:
    def test_a_new_session_with_its_seats(self, gathering: Gathering, alice: User) -> None:
        session = save(gathering, ADA, CHAIR, EMPTY, EMPTY, by=alice, room="Hall A", minutes=45)
        session.refresh_from_db()
        assert (session.title, session.stage, session.room) == ("Opening", "main", "Hall A")
        assert (session.position, session.revision, session.minutes) == (1, 1, 45)
        assert seats_of(session) == [ADA, EMPTY, EMPTY, CHAIR]
        assert names(gathering) == [(1, "Ada Obi", "ada@example.org"), (2, "Nia Rees", "")]

    def test_history_holds_no_name(self, gathering: Gathering, alice: User) -> None:
        session = save(gathering, ADA, by=alice)
        save(gathering, CHAIR, by=alice, session=session, over_revision=1)
        changed = ("gathering.line_up_changed", {"session": str(session.pk)})
        assert told(gathering) == [
            changed,
            ("gathering.line_up_changed", {"added": str(session.pk)}),
        ]

    def test_the_same_name_is_the_same_person(self, gathering: Gathering, alice: User) -> None:
        save(gathering, ADA, by=alice)
        again = SeatEntry(SeatRole.KEYNOTE, "ada  obi")
        session = save(gathering, again, by=alice, title="Closing")
        assert names(gathering) == [(1, "ada  obi", "ada@example.org")]
        assert seats_of(session)[0].email == "ada@example.org"

    def test_a_blank_address_on_its_own_page_is_taken_away(
        self, gathering: Gathering, alice: User
    ) -> None:
        session = save(gathering, ADA, by=alice)
        bare = SeatEntry(ADA.role, ADA.name)
        save(gathering, bare, by=alice, session=session, over_revision=1)
        assert names(gathering) == [(1, "Ada Obi", "")]

    def test_whoever_has_no_seat_left_is_forgotten(
        self, gathering: Gathering, theirs: Gathering, alice: User
    ) -> None:
        ParticipantFactory(gathering=theirs, name="Ada Obi")
        session = save(gathering, ADA, CHAIR, by=alice)
        save(gathering, CHAIR, by=alice, title="Closing")
        save(gathering, EMPTY, by=alice, session=session, over_revision=1)
        assert names(gathering) == [(2, "Nia Rees", "")]
        assert theirs.participants.count() == 1

    def test_a_seat_keeps_its_row(self, gathering: Gathering, alice: User) -> None:
        session = save(gathering, ADA, CHAIR, by=alice)
        kept = Seat.objects.get(role=SeatRole.PRESENTER).pk
        save(gathering, ADA, EMPTY, by=alice, session=session, over_revision=1)
        assert set(session.seats.values_list("pk", flat=True)) >= {kept}

    def test_a_double_click_adds_one(self, gathering: Gathering, alice: User, bea: User) -> None:
        first = save(gathering, ADA, EMPTY, by=alice)
        assert save(gathering, ADA, EMPTY, by=alice) == first
        assert save(gathering, ADA, EMPTY, by=alice, now=LATER) != first
        assert save(gathering, ADA, EMPTY, by=bea) != first
        assert gathering.sessions.count() == 3

    def test_nothing_different_is_no_change(self, gathering: Gathering, alice: User) -> None:
        session = save(gathering, ADA, by=alice)
        again = save(gathering, ADA, by=alice, session=session, over_revision=0)
        assert (again.revision, len(told(gathering))) == (1, 1)

    def test_what_somebody_saved_meanwhile_is_not_lost(
        self, gathering: Gathering, alice: User, bea: User
    ) -> None:
        session = save(gathering, ADA, by=alice)
        save(gathering, ADA, CHAIR, by=bea, session=session, over_revision=1)
        with pytest.raises(actions.SessionMovedOnError) as moved_on:
            save(gathering, EMPTY, by=alice, session=session, over_revision=1)
        assert moved_on.value.current.revision == 2
        assert seats_of(session) == [ADA, CHAIR]
        save(gathering, EMPTY, by=alice, session=session, over_revision=2)
        assert seats_of(session) == [EMPTY]

    def test_somebody_twice_in_a_role(self, gathering: Gathering, alice: User) -> None:
        with pytest.raises(Refused, match="Ada Obi is there twice as presenter"):
            save(gathering, ADA, ADA, by=alice)
        both = save(gathering, ADA, SeatEntry(SeatRole.CHAIR, "Ada Obi"), by=alice)
        assert both.seats.count() == 2

    def test_too_many_seats(self, gathering: Gathering, alice: User) -> None:
        with pytest.raises(Refused, match="at most 200 seats"):
            save(gathering, *[EMPTY] * (MOST_SEATS + 1), by=alice)
        assert save(gathering, *[EMPTY] * MOST_SEATS, by=alice).seats.count() == MOST_SEATS

    @pytest.mark.usefixtures("refused")
    def test_it_rolls_back_whole(self, gathering: Gathering, alice: User) -> None:
        with pytest.raises(RuntimeError):
            save(gathering, ADA, by=alice)
        left = (Session.objects.count(), Seat.objects.count(), Participant.objects.count())
        assert left == (0, 0, 0)


class TestRemove:
    def test_its_seats_and_names_go(self, gathering: Gathering, alice: User) -> None:
        session = save(gathering, ADA, CHAIR, by=alice)
        save(gathering, CHAIR, by=alice, title="Closing")
        assert actions.remove_session(session=session, by=alice, now=LATER) is True
        assert actions.remove_session(session=session, by=alice, now=LATER) is False
        assert [one.title for one in gathering.sessions.all()] == ["Closing"]
        assert [name for _, name, _ in names(gathering)] == ["Nia Rees"]
        expected = {"session": str(session.pk), "removed": "True"}
        assert told(gathering)[0] == ("gathering.line_up_changed", expected)
        assert len(told(gathering)) == 3

    def test_somebody_who_was_writing_can_put_it_back(
        self, gathering: Gathering, alice: User
    ) -> None:
        session = save(gathering, ADA, by=alice)
        actions.remove_session(session=session, by=alice, now=LATER)
        with pytest.raises(actions.SessionMovedOnError) as moved_on:
            save(gathering, ADA, by=alice, session=session, over_revision=1)
        over = moved_on.value.current.revision
        save(gathering, ADA, by=alice, session=session, over_revision=over)
        assert seats_of(gathering.sessions.get()) == [ADA]

    def test_several_are_one_entry(
        self, gathering: Gathering, theirs: Gathering, alice: User
    ) -> None:
        ours = SessionFactory.create_batch(3, gathering=gathering)
        foreign = SeatFactory(session__gathering=theirs).session
        keys = [ours[0].pk, ours[1].pk, foreign.pk]
        changed = {"gathering": gathering, "sessions": keys, "by": alice, "now": NOW}
        assert actions.set_stage(**changed, stage=Stage.MAIN) == 2
        assert actions.set_stage(**changed, stage=Stage.MAIN) == 0
        assert actions.remove_sessions(**changed) == 2
        assert list(gathering.sessions.all()) == [ours[2]]
        assert theirs.sessions.get().seats.count() == 1
        assert [details for _, details in told(gathering)] == [
            {"sessions": "2", "removed": "True"},
            {"sessions": "2", "stage": "main"},
        ]

    @pytest.mark.usefixtures("refused")
    def test_it_rolls_back_whole(self, gathering: Gathering, alice: User) -> None:
        session = SeatFactory(session__gathering=gathering).session
        for change in (
            lambda: actions.remove_session(session=session, by=alice, now=NOW),
            lambda: actions.set_stage(
                gathering=gathering, sessions=[session.pk], stage=Stage.MAIN, by=alice, now=NOW
            ),
        ):
            with pytest.raises(RuntimeError):
                change()
        session.refresh_from_db()
        assert (session.removed_at, session.stage, session.seats.count()) == (None, "other", 1)


class TestLocked:
    @pytest.mark.parametrize(
        ("column", "said"), [("locked_at", LOCKED), ("names_dropped_at", NAMES_GONE)]
    )
    def test_every_write_is_refused(
        self, gathering: Gathering, alice: User, column: str, said: str
    ) -> None:
        session = SessionFactory(gathering=gathering)
        assert why_it_is_locked(gathering) == ""
        Gathering.objects.filter(pk=gathering.pk).update(**{column: NOW})
        several = {"gathering": gathering, "sessions": [session.pk], "by": alice, "now": NOW}
        for write in (
            lambda: save(gathering, ADA, by=alice),
            lambda: save(gathering, ADA, by=alice, session=session, over_revision=1),
            lambda: actions.remove_session(session=session, by=alice, now=NOW),
            lambda: actions.set_stage(**several, stage=Stage.MAIN),
        ):
            with pytest.raises(LockedError) as refusal:
                write()
            assert str(refusal.value) == said


def test_names_are_compared_as_people_read_them() -> None:
    assert name_key(" Ada  OBI ") == name_key("ada obi")
    assert name_key("Zoë") != name_key("Zoe")
    assert seated_twice([ADA, CHAIR, ADA, EMPTY, EMPTY]) == (2,)
    other = SeatEntry(SeatRole.KEYNOTE, "ada obi", "other@example.org")
    same = SeatEntry(SeatRole.KEYNOTE, "ada obi", "ADA@example.org")
    assert with_two_addresses([ADA, other, CHAIR]) == (1,)
    assert with_two_addresses([ADA, same, CHAIR]) == ()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_add_one(gathering: Gathering, alice: User) -> None:
    def click(_: int) -> str:
        try:
            return str(save(gathering, ADA, by=alice).pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(click, range(2)))) == 1
    assert (gathering.sessions.count(), gathering.participants.count()) == (1, 1)
