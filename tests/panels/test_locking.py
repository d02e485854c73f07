"""Locking a line-up: the result is frozen, the names go, and what changes later is said."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation, User
from panels import freezing
from panels.actions import locking
from panels.actions.locked import LockedError, refuse_if_locked
from panels.actions.locking import LockRefused, drop_names, lock_line_up
from panels.enums import GatheringKind, ImportFormat, UploadState
from panels.models import Gathering, Participant, Snapshot, Upload
from panels.tasks import drop_names as drop_names_task
from tests.factories.gatherings import SnapshotFactory
from tests.factories.line_up import ParticipantFactory, SeatFactory
from tests.factories.panels import GatheringFactory, enter_count, numbers
from tests.panels.pages import page
from tests.panels.test_actions import verbs

NOW = datetime(2026, 3, 20, 10, tzinfo=UTC)
BEFORE = NOW - timedelta(days=1)


@pytest.fixture
def line_up(gathering: Gathering, alice: User) -> Gathering:
    """Somebody with a name in a seat, and a count."""
    seat = SeatFactory(session__gathering=gathering)
    Participant.objects.filter(pk=seat.participant_id).update(
        name="Ama Mensah", email="ama@stage.example", merge_key="k" * 64
    )
    enter_count(gathering, numbers(5, 3, 2, 1, 4), by=alice, now=BEFORE)
    return gathering


def names() -> set[tuple[str, str, str]]:
    return set(Participant.objects.values_list("name", "email", "merge_key"))


def lock(gathering: Gathering, by: User) -> Snapshot:
    found = lock_line_up(gathering=gathering, by=by, now=NOW)
    gathering.refresh_from_db()
    return found


class TestLock:
    def test_names_go_and_seats_stay(self, line_up: Gathering, alice: User) -> None:
        lock(line_up, alice)
        assert names() == {("", "", "")}
        assert (line_up.locked_at, line_up.names_dropped_at) == (NOW, NOW)
        assert line_up.sessions.get().seats.get().participant is not None
        assert verbs(line_up)[0] == "gathering.locked"

    def test_the_result_is_frozen_with_its_fingerprint(
        self, line_up: Gathering, alice: User
    ) -> None:
        frozen = lock(line_up, alice)
        frozen.refresh_from_db()
        assert (frozen.number, frozen.as_at, frozen.locked_by) == (1, line_up.held_on, alice)
        assert frozen.facts["verdicts"] == [
            {"measure": "women", "part": "whole", "verdict": "met"},
            {"measure": "minoritised", "part": "whole", "verdict": "met"},
        ]
        assert frozen.facts["line_up"]["whole"] == {"people": 1, "seats": 1}
        assert freezing.matches(frozen.facts, frozen.sha256)
        assert "Ama" not in freezing.canonical(frozen.facts)

    def test_a_double_click_locks_once(self, line_up: Gathering, alice: User) -> None:
        assert lock(line_up, alice) == lock(line_up, alice)
        assert Snapshot.objects.count() == 1

    def test_a_file_that_is_being_read_in_goes_too(self, line_up: Gathering, alice: User) -> None:
        Upload.objects.create(
            gathering=line_up,
            at=BEFORE,
            format=ImportFormat.PASTED,
            state=UploadState.TO_CONFIRM,
            rows=[["Ama Mensah"]],
        )
        lock(line_up, alice)
        assert Upload.objects.count() == 0

    def test_nothing_of_the_line_up_can_be_changed_then(
        self, line_up: Gathering, alice: User
    ) -> None:
        lock(line_up, alice)
        with pytest.raises(LockedError):
            refuse_if_locked(line_up)

    def test_a_standing_group_freezes_no_count_of_an_earlier_day(
        self, harbour: Organisation, alice: User
    ) -> None:
        board = GatheringFactory(organisation=harbour, kind=GatheringKind.BOARD)
        enter_count(board, numbers(8, 4, 4), by=alice)
        Gathering.objects.update(held_on=date(2026, 3, 19))
        assert lock(board, alice).facts["count"] is None

    def test_an_open_round_comes_first(self, line_up: Gathering, alice: User) -> None:
        line_up.declaration_rounds.create(
            as_at=line_up.held_on,
            invited=5,
            counts_parts=False,
            definition="women",
            closes_on=line_up.held_on,
            opened_at=BEFORE,
        )
        with pytest.raises(LockRefused, match="Close that round first"):
            lock(line_up, alice)
        assert names() == {("Ama Mensah", "ama@stage.example", "k" * 64)}

    def test_it_rolls_back_whole(
        self, line_up: Gathering, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("no history")

        monkeypatch.setattr(locking, "record", fail)
        with pytest.raises(RuntimeError):
            lock_line_up(gathering=line_up, by=alice, now=NOW)
        line_up.refresh_from_db()
        assert (Snapshot.objects.count(), line_up.locked_at) == (0, None)
        assert names() == {("Ama Mensah", "ama@stage.example", "k" * 64)}


class TestThirtyDays:
    def drop(self, today: date) -> int:
        return drop_names(now=NOW, today=today)

    def test_not_before_and_then_once(self, line_up: Gathering) -> None:
        assert self.drop(date(2026, 4, 10)) == 0
        assert names() == {("Ama Mensah", "ama@stage.example", "k" * 64)}
        assert self.drop(date(2026, 4, 11)) == 1
        assert names() == {("", "", "")}
        assert self.drop(date(2026, 4, 12)) == 0
        assert verbs(line_up)[0] == "gathering.names_dropped"
        line_up.refresh_from_db()
        assert (line_up.names_dropped_at, line_up.locked_at) == (NOW, None)

    def test_the_last_day_of_several_counts(self, line_up: Gathering) -> None:
        Gathering.objects.update(ends_on=date(2026, 3, 14))
        assert [self.drop(date(2026, 4, day)) for day in (12, 13)] == [0, 1]

    def test_without_names_there_is_nothing_to_tell(self, gathering: Gathering) -> None:
        ParticipantFactory(gathering=gathering, name="")
        assert self.drop(date(2027, 1, 1)) == 0
        assert verbs(gathering) == []

    def test_the_daily_task(self, line_up: Gathering) -> None:
        Gathering.objects.update(held_on=date(2020, 1, 1))
        drop_names_task()
        assert names() == {("", "", "")}


class TestPages:
    def test_what_goes_and_what_stays_is_said_first(
        self, as_alice: Client, line_up: Gathering
    ) -> None:
        body = as_alice.get(page(line_up, "lock/")).content.decode()
        assert ("What goes" in body, "What stays" in body) == (True, True)
        assert names() == {("Ama Mensah", "ama@stage.example", "k" * 64)}

    def test_it_locks(self, as_alice: Client, line_up: Gathering) -> None:
        response = as_alice.post(page(line_up, "lock/"))
        assert response["Location"] == page(line_up, "frozen/")
        body = as_alice.get(page(line_up, "frozen/")).content.decode()
        assert "Matches what was frozen" in body
        assert as_alice.get(page(line_up, "lock/"))["Location"] == page(line_up, "frozen/")

    def test_corrected_since_is_said(
        self, as_alice: Client, as_bea: Client, line_up: Gathering, alice: User
    ) -> None:
        lock(line_up, alice)
        assert "corrected since" not in as_alice.get(page(line_up)).content.decode()
        enter_count(line_up, numbers(5, 4, 1, 2, 3), by=alice)
        assert "corrected since" in as_alice.get(page(line_up)).content.decode()
        rows = as_bea.get(page(line_up, "frozen/")).context["rows"]
        assert [row.corrected_since for row in rows] == [True]
        # Beside the corrected 2 of 5 the frozen 1 of 5 would tell whose answer was mended.
        assert [measure.whole.figure for measure in rows[0].result.measures] == ["3 of 5", ""]

    def test_small_numbers_stay_their_typists(
        self, as_alice: Client, as_bea: Client, gathering: Gathering, alice: User
    ) -> None:
        enter_count(gathering, numbers(4, 3, 1, 1, 3), by=alice)
        lock(gathering, alice)
        for client, figures in ((as_alice, ["3 of 4", "1 of 4"]), (as_bea, ["", ""])):
            [row] = client.get(page(gathering, "frozen/")).context["rows"]
            assert [measure.whole.figure for measure in row.result.measures] == figures

    def test_what_was_touched_shows(self, as_alice: Client, gathering: Gathering) -> None:
        SnapshotFactory(gathering=gathering, sha256="0" * 64)
        body = as_alice.get(page(gathering, "frozen/")).content.decode()
        assert "Does not match what was frozen" in body

    def test_without_a_lock_nothing_is_frozen(self, as_bea: Client, gathering: Gathering) -> None:
        assert as_bea.get(page(gathering, "frozen/")).status_code == 404

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries(
        self,
        as_bea: Client,
        line_up: Gathering,
        alice: User,
        number: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        frozen = lock(line_up, alice)
        for more in range(1, number):
            SnapshotFactory(gathering=line_up, number=more + 1, facts=frozen.facts)
        with django_assert_num_queries(8):
            as_bea.get(page(line_up, "frozen/"))
