"""A programme that was read of a file, applied once, twice and anew."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from history.models import Entry
from organisations.models import User
from panels.actions import applying
from panels.actions import line_up as actions
from panels.actions.line_up import Applied, apply_programme
from panels.actions.locked import LockedError
from panels.actions.seats import seats_of
from panels.enums import SeatRole, Stage
from panels.models import Gathering, Participant, Seat, Session
from panels.programme import Programme, ProgrammeSeat, ProgrammeSession
from panels.queries.line_up import LineUpTotals, totals_of_one
from panels.seating import SeatEntry
from tests.factories.line_up import ParticipantFactory, SeatFactory, SessionFactory

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
STARTS = datetime(2026, 3, 12, 10, tzinfo=UTC)
ADA = ProgrammeSeat("p1", "Ada Obi", SeatRole.PRESENTER, "ada@example.org")
NIA = ProgrammeSeat("p2", "Nia Rees", SeatRole.CHAIR)
EMPTY = ProgrammeSeat("", "")
OPENING = ProgrammeSession(
    "s1", "Opening", "Hall A", STARTS, 45, stage=Stage.MAIN, seats=(ADA, NIA)
)
CLOSING = ProgrammeSession("s2", "Closing", seats=(ADA, EMPTY, EMPTY))
BOTH = Programme((OPENING, CLOSING))


def apply(gathering: Gathering, *sessions: ProgrammeSession, by: User, **more: Any) -> Applied:
    return apply_programme(
        gathering=gathering, programme=Programme(sessions), by=by, now=NOW, **more
    )


def seats(gathering: Gathering, title: str) -> list[tuple[str, str]]:
    found = seats_of(gathering.sessions.get(title=title))
    return [(seat.role.value, seat.name) for seat in found]


class TestOnce:
    def test_it_is_all_there(self, gathering: Gathering, alice: User) -> None:
        applied = apply(gathering, OPENING, CLOSING, by=alice)
        assert applied == Applied(
            sessions_added=2, sessions_changed=0, people_added=2, seats_added=5, unchanged=0
        )
        session = gathering.sessions.get(title="Opening")
        assert (session.stage, session.room, session.starts_at) == ("main", "Hall A", STARTS)
        assert seats(gathering, "Opening") == [("presenter", "Ada Obi"), ("chair", "Nia Rees")]
        assert seats(gathering, "Closing") == [
            ("panellist", ""),
            ("panellist", ""),
            ("presenter", "Ada Obi"),
        ]
        emails = gathering.participants.order_by("number").values_list("number", "email")
        assert list(emails) == [(1, "ada@example.org"), (2, "")]

    def test_keys_are_hashed_for_this_gathering_alone(
        self, gathering: Gathering, theirs: Gathering, alice: User, chidi: User
    ) -> None:
        apply(gathering, OPENING, by=alice)
        apply(theirs, OPENING, by=chidi)
        keys = [*Session.objects.values_list("source_key", flat=True)]
        keys += Participant.objects.values_list("merge_key", flat=True)
        assert sorted({len(key) for key in keys}) == [64]
        assert len(set(keys)) == 6

    def test_history_holds_numbers_alone(self, gathering: Gathering, alice: User) -> None:
        apply(gathering, OPENING, CLOSING, by=alice)
        [entry] = Entry.objects.about(gathering)
        assert entry.verb == "gathering.line_up_imported"
        assert entry.details == {"sessions_added": "2", "sessions_changed": "0", "seats_added": "5"}

    def test_a_time_without_a_zone_is_local(self, gathering: Gathering, alice: User) -> None:
        naive = replace(OPENING, starts_at=datetime(2026, 7, 1, 10))  # noqa: DTZ001
        apply(gathering, naive, by=alice)
        assert gathering.sessions.get().starts_at == datetime(2026, 7, 1, 9, tzinfo=UTC)

    def test_a_hint_is_no_stage(self, gathering: Gathering, alice: User) -> None:
        apply(gathering, replace(CLOSING, main_stage_hint=True), by=alice)
        assert gathering.sessions.get().stage == Stage.OTHER


class TestAgain:
    def test_the_same_file_changes_nothing(self, gathering: Gathering, alice: User) -> None:
        apply(gathering, OPENING, CLOSING, by=alice)
        before = list(Seat.objects.order_by("pk").values_list())
        assert apply(gathering, OPENING, CLOSING, by=alice) == Applied(unchanged=2)
        assert list(Seat.objects.order_by("pk").values_list()) == before
        assert Entry.objects.about(gathering).count() == 1
        assert set(gathering.sessions.values_list("revision", flat=True)) == {1}

    def test_a_newer_file(self, gathering: Gathering, alice: User) -> None:
        apply(gathering, OPENING, CLOSING, by=alice)
        newer = replace(OPENING, title="Welcome", seats=(replace(ADA, name="Ada Obi-Lee"),))
        applied = apply(gathering, newer, by=alice)
        assert applied == Applied(sessions_changed=1)
        # What the file no longer has stays: nobody said to take it away.
        assert seats(gathering, "Welcome") == [("presenter", "Ada Obi-Lee"), ("chair", "Nia Rees")]
        assert gathering.sessions.count() == 2
        assert gathering.sessions.get(title="Welcome").revision == 2

    def test_an_empty_seat_is_taken(self, gathering: Gathering, alice: User) -> None:
        apply(gathering, CLOSING, by=alice)
        jo = ProgrammeSeat("p3", "Jo Bell")
        applied = apply(gathering, replace(CLOSING, seats=(ADA, EMPTY, jo)), by=alice)
        assert applied == Applied(sessions_changed=1, people_added=1)
        assert seats(gathering, "Closing") == [
            ("panellist", "Jo Bell"),
            ("panellist", ""),
            ("presenter", "Ada Obi"),
        ]

    def test_a_seat_filled_by_hand_is_not_added_again(
        self, gathering: Gathering, alice: User
    ) -> None:
        apply(gathering, CLOSING, by=alice)
        seat = Seat.objects.filter(participant=None).first()
        assert seat is not None
        seat.participant = ParticipantFactory(gathering=gathering, number=9)
        seat.save()
        assert apply(gathering, CLOSING, by=alice) == Applied(unchanged=1)

    def test_a_session_that_was_removed_comes_back(self, gathering: Gathering, alice: User) -> None:
        apply(gathering, OPENING, by=alice)
        actions.remove_session(session=gathering.sessions.get(), by=alice, now=NOW)
        applied = apply(gathering, OPENING, by=alice)
        assert (applied.sessions_added, applied.seats_added) == (1, 2)

    def test_a_stage_set_by_hand_stays(self, gathering: Gathering, alice: User) -> None:
        apply(gathering, CLOSING, by=alice)
        gathering.sessions.update(stage=Stage.MAIN)
        assert apply(gathering, CLOSING, by=alice) == Applied(unchanged=1)

    def test_a_file_without_addresses_takes_none_away(
        self, gathering: Gathering, alice: User
    ) -> None:
        apply(gathering, OPENING, by=alice)
        apply(gathering, replace(OPENING, seats=(replace(ADA, email=""), NIA)), by=alice)
        assert gathering.participants.get(number=1).email == "ada@example.org"


class TestBesideWhatWasTyped:
    def test_a_session_and_somebody_are_taken_up(self, gathering: Gathering, alice: User) -> None:
        seat = SeatEntry(SeatRole.PRESENTER, "ada obi")
        session = actions.save_session(
            gathering=gathering,
            session=None,
            title="opening",
            stage=Stage.OTHER,
            seats=[seat],
            by=alice,
            now=NOW,
        )
        applied = apply(gathering, OPENING, by=alice)
        assert applied == Applied(sessions_changed=1, people_added=1, seats_added=1)
        assert gathering.sessions.get() == session
        assert seats(gathering, "Opening") == [("presenter", "Ada Obi"), ("chair", "Nia Rees")]

    def test_two_of_one_name_stay_two(self, gathering: Gathering, alice: User) -> None:
        session = SessionFactory(gathering=gathering, title="Opening")
        person = ParticipantFactory(gathering=gathering, number=1, name="Ada Obi")
        SeatFactory(session=session, participant=person)
        twin = replace(ADA, person_key="p9", role=SeatRole.KEYNOTE)
        applied = apply(gathering, replace(OPENING, seats=(ADA, twin)), by=alice)
        assert (applied.people_added, applied.seats_added) == (2, 2)


class TestAllOrNothing:
    def test_it_rolls_back_whole(
        self, gathering: Gathering, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("no history")

        monkeypatch.setattr(applying, "record", fail)
        with pytest.raises(RuntimeError):
            apply(gathering, OPENING, CLOSING, by=alice)
        left = (Session.objects.count(), Seat.objects.count(), Participant.objects.count())
        assert left == (0, 0, 0)

    @pytest.mark.parametrize("column", ["locked_at", "names_dropped_at"])
    def test_locked(self, gathering: Gathering, alice: User, column: str) -> None:
        Gathering.objects.update(**{column: NOW})
        with pytest.raises(LockedError):
            apply(gathering, OPENING, by=alice)
        assert Session.objects.count() == 0


def test_50_000_seats(gathering: Gathering, alice: User) -> None:
    """Within the time that somebody waits for it, with progress heard all the way."""
    programme = Programme(
        tuple(
            ProgrammeSession(
                f"s{number}",
                f"Session {number}",
                seats=tuple(
                    ProgrammeSeat(f"p{(number * 10 + seat) % 20_000}", f"Person {number}-{seat}")
                    for seat in range(10)
                ),
            )
            for number in range(5_000)
        )
    )
    heard: list[tuple[int, int]] = []
    started = time.monotonic()
    applied = apply_programme(
        gathering=gathering,
        programme=programme,
        by=alice,
        now=NOW,
        on_progress=lambda done, total: heard.append((done, total)),
    )
    took = time.monotonic() - started
    assert (applied.sessions_added, applied.seats_added) == (5_000, 50_000)
    assert applied.people_added == 20_000
    assert heard == sorted(heard)
    assert heard[-1] == (55_000, 55_000)
    assert len(heard) >= 28
    totals = totals_of_one(gathering)
    assert (totals.whole.people, totals.whole.seats) == (20_000, 50_000)
    assert totals != LineUpTotals()
    assert took < 30, took
    print("seconds", took)
