"""Saving what was confirmed: once, whole or not at all, and gone afterwards."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.test import Client
from django.utils import timezone

from history.models import Entry
from organisations.models import User
from panels import tasks
from panels.actions import applying, importing, progress
from panels.actions.importing import BROKEN, apply_upload, forget_uploads
from panels.enums import UploadState
from panels.models import Gathering, Participant, Seat, Session, Upload
from panels.queries.importing import uploads_of
from tests.factories.importing import UploadFactory, begun, programme
from tests.panels.importing.conftest import step


@pytest.fixture
def confirmed(conference: Gathering, alice: User) -> Upload:
    read = programme(sessions=3)
    return UploadFactory(
        gathering=conference,
        by=alice,
        state=UploadState.CONFIRMED,
        programme=read.to_json(),
        total=read.talks + read.seats,
    )


def saved() -> tuple[int, int, int]:
    return Session.objects.count(), Participant.objects.count(), Seat.objects.count()


def test_a_task_that_comes_twice_saves_once(confirmed: Upload) -> None:
    tasks.apply_upload(str(confirmed.pk))
    tasks.apply_upload(str(confirmed.pk))
    tasks.apply_uploads()
    confirmed.refresh_from_db()
    assert saved() == (3, 4, 6)
    assert Entry.objects.about(confirmed.gathering).count() == 1
    assert confirmed.summary == {
        "sessions_added": 3,
        "sessions_changed": 0,
        "people_added": 4,
        "seats_added": 6,
        "unchanged": 0,
    }


def test_an_upload_that_is_gone_is_nothing(confirmed: Upload) -> None:
    pk = str(confirmed.pk)
    confirmed.delete()
    tasks.apply_upload(pk)
    assert saved() == (0, 0, 0)


@pytest.mark.parametrize("state", [UploadState.TO_CONFIRM, UploadState.REFUSED])
def test_only_what_was_confirmed_is_saved(confirmed: Upload, state: str) -> None:
    Upload.objects.update(state=state)
    tasks.apply_upload(str(confirmed.pk))
    tasks.apply_uploads()
    assert saved() == (0, 0, 0)


def test_it_rolls_back_whole(
    confirmed: Upload, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """History fails last, so everything before it must be undone; the log quotes no row."""

    def fail(*args: Any, **kwargs: Any) -> None:
        raise IntegrityError("Failing row contains (Ada Obi)")

    monkeypatch.setattr(applying, "record", fail)
    apply_upload(pk=confirmed.pk, now=timezone.now())
    confirmed.refresh_from_db()
    assert saved() == (0, 0, 0)
    logged = caplog.text
    assert ("import_failed" in logged, "Ada Obi" in logged) == (True, False)
    assert (confirmed.state, confirmed.problem) == (UploadState.REFUSED, BROKEN)
    assert confirmed.programme is None


def test_a_database_that_is_away_leaves_it_for_later(
    confirmed: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**kwargs: Any) -> None:
        raise OperationalError("away")

    with monkeypatch.context() as patch:
        patch.setattr(importing, "apply_programme", fail)
        with pytest.raises(OperationalError):
            apply_upload(pk=confirmed.pk, now=timezone.now())
        tasks.apply_uploads()
    confirmed.refresh_from_db()
    assert confirmed.state == UploadState.CONFIRMED
    tasks.apply_uploads()
    assert saved() == (3, 4, 6)


def test_after_an_hour_it_is_gone(conference: Gathering, alice: User) -> None:
    now = timezone.now()
    begun(conference, alice, now=now - timedelta(hours=1))
    fresh = begun(conference, alice, now=now - timedelta(minutes=59))
    assert uploads_of(conference, by=alice, now=now).get() == fresh
    assert forget_uploads(now=now) == 1
    assert Upload.objects.get() == fresh
    tasks.forget_uploads()
    assert Upload.objects.count() == 1


def test_an_old_one_is_not_found_though_nobody_cleared_it(
    as_alice: Client, conference: Gathering, alice: User
) -> None:
    old = begun(conference, alice, now=timezone.now() - timedelta(minutes=61))
    assert as_alice.get(step(old, "columns")).status_code == 404


def test_progress_that_cannot_be_written_stops_nothing(
    confirmed: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise OperationalError("too many connections")

    monkeypatch.setattr(progress, "EVERY", 0)
    monkeypatch.setattr(progress.Progress, "_write", fail)
    apply_upload(pk=confirmed.pk, now=timezone.now())
    assert saved() == (3, 4, 6)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_how_far_it_has_come_is_seen_while_it_is_being_saved(
        self, as_alice: Client, confirmed: Upload, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[tuple[int, int]] = []
        write = progress.Progress._write

        def look(one: progress.Progress, done: int, total: int) -> None:
            write(one, done, total)
            with one.own.cursor() as cursor:  # type: ignore[union-attr]
                cursor.execute("SELECT done, total FROM panels_upload")
                at = cursor.fetchone()
                cursor.execute("SELECT count(*) FROM panels_session")
                seen.append((at[0], cursor.fetchone()[0]))

        monkeypatch.setattr(progress, "EVERY", 0)
        monkeypatch.setattr(applying, "A_BATCH", 2)
        monkeypatch.setattr(progress.Progress, "_write", look)
        apply_upload(pk=confirmed.pk, now=timezone.now())
        assert [done for done, _ in seen] == [2, 3, 3, 5, 7, 9, 9]
        assert {sessions for _, sessions in seen} == {0}
        assert saved() == (3, 4, 6)

    def test_two_workers_save_it_once(self, confirmed: Upload) -> None:
        def work(*_: object) -> None:
            try:
                apply_upload(pk=confirmed.pk, now=timezone.now())
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(work, range(2)))
        assert saved() == (3, 4, 6)
        assert Entry.objects.about(confirmed.gathering).count() == 1

    def test_two_clicks_at_once_save_it_once(
        self, conference: Gathering, alice: User, as_alice: Client
    ) -> None:
        upload = UploadFactory(gathering=conference, by=alice)
        click: Callable[[object], int] = lambda _: as_click(as_alice, upload)  # noqa: E731
        with ThreadPoolExecutor(2) as pool:
            assert list(pool.map(click, range(2))) == [302, 302]
        assert saved() == (2, 3, 4)


def as_click(client: Client, upload: Upload) -> int:
    try:
        return client.post(step(upload, "confirm")).status_code
    finally:
        connection.close()
