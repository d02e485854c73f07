"""A file on its way into a line-up: read, mapped, confirmed, then saved once or not at all.

The file itself is never kept, only what was read of it, for an hour at most.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from celery import current_app
from django.db import DatabaseError, OperationalError, transaction
from kombu.exceptions import OperationalError as BrokerError

from organisations.models import User
from organisations.refusals import Refused
from panels.actions.applying import apply_programme
from panels.actions.locked import refuse_if_locked
from panels.actions.progress import Progress
from panels.enums import ColumnUse, UploadState
from panels.importing import AT_ONCE, KEPT, with_main_stage
from panels.models import Gathering, Upload
from panels.programme import Programme
from panels.queries.importing import programme_of
from panels.reading import MappedTable, Reading

MOST_AT_A_TIME = 5
"""Files that one person has begun to read into one line-up; the oldest makes room."""
BROKEN = "Something went wrong here while it was being saved. Please try once more."
STEPS = {UploadState.TO_MAP, UploadState.TO_CONFIRM}
NOTHING_LEFT: dict[str, Any] = {"columns": [], "rows": [], "programme": None}

logger = structlog.get_logger(__name__)


@transaction.atomic
def begin_upload(*, gathering: Gathering, reading: Reading, by: User, now: datetime) -> Upload:
    """Raises LockedError."""
    locked = Gathering.objects.select_for_update().get(pk=gathering.pk)
    refuse_if_locked(locked)
    upload = Upload(
        gathering=locked,
        by=by,
        at=now,
        format=reading.format,
        state=UploadState.TO_CONFIRM,
        thrown_away=list(reading.thrown_away),
    )
    if reading.programme is not None:
        _hold(upload, reading.programme)
    if table := reading.table:
        upload.state = UploadState.TO_MAP
        upload.columns = [[name, table.suggested.get(name, "")] for name in table.columns]
        upload.rows = [[table.row_number(at), *row] for at, row in enumerate(table.rows)]
    upload.save()
    mine = locked.uploads.filter(by=by).exclude(state=UploadState.CONFIRMED).order_by("-at", "pk")
    locked.uploads.filter(pk__in=[one.pk for one in mine.only("pk")[MOST_AT_A_TIME:]]).delete()
    return upload


def _hold(upload: Upload, programme: Programme) -> None:
    upload.programme = programme.to_json()
    upload.total = programme.talks + programme.seats


@transaction.atomic
def map_upload(*, upload: Upload, mapping: Mapping[str, ColumnUse], mapped: MappedTable) -> bool:
    """False where it was confirmed or mapped meanwhile. From here on only mapped columns are held.

    `mapped` is of the columns and rows of `upload`.
    """
    held = _lock(upload)
    if held is None or held.state not in STEPS or held.columns != upload.columns:
        return False
    names = [name for name, _ in held.columns]
    kept = [at for at, name in enumerate(names) if name in mapping]
    unused = len(names) - len(kept)
    gone = held.summary.get("gone", held.thrown_away) + list(mapped.thrown_away[:unused])
    held.columns = [[names[at], mapping[names[at]]] for at in kept]
    held.rows = [[row[0], *(row[at + 1] for at in kept)] for row in upload.rows]
    # What could not be understood may be understood when it is mapped anew.
    held.summary = {"gone": gone}
    held.thrown_away = [*gone, *mapped.thrown_away[unused:]]
    held.state = UploadState.TO_CONFIRM
    _hold(held, mapped.programme)
    held.save()
    return True


def _lock(upload: Upload) -> Upload | None:
    """Without what is large and not asked for: fifty thousand rows take their time."""
    waiting = Upload.objects.select_for_update().defer("rows", "programme")
    return waiting.filter(pk=upload.pk).first()


def confirm_upload(*, upload: Upload, main_stage: Collection[str], now: datetime) -> None:
    """What is small is saved at once, what is large by the worker. A second click changes nothing.

    `main_stage`: keys of the sessions that are on the main stage.
    """
    if _confirm(upload, main_stage):
        apply_upload(pk=upload.pk, now=now)


@transaction.atomic
def _confirm(upload: Upload, main_stage: Collection[str]) -> bool:
    """Whether it is to be saved at once."""
    held = _lock(upload)
    if held is None or held.state != UploadState.TO_CONFIRM:
        return False
    if main_stage:
        held.programme = with_main_stage(programme_of(held), main_stage).to_json()
    held.state, held.columns, held.rows = UploadState.CONFIRMED, [], []
    # Whatever was not loaded stays as it is.
    held.save()
    if held.total <= AT_ONCE:
        return True
    transaction.on_commit(partial(_ring, held.pk), robust=True)
    return False


def _ring(pk: UUID) -> None:
    """Without a broker nothing is lost: the worker looks by itself every minute."""
    try:
        current_app.send_task(
            "panels.tasks.apply_upload", args=[str(pk)], expires=3600, retry=False
        )
    except (BrokerError, OSError):
        logger.warning("import_ring_failed", exc_info=True)


def apply_upload(*, pk: UUID, now: datetime, waits: bool = True) -> None:
    """Save what was confirmed: once, however often it is asked for, and whole or not at all.

    Where it cannot be saved the upload says why. A database that is away leaves it for later, as
    does, unless this `waits`, somebody who is writing in the line-up.
    """
    try:
        _apply(pk, now, waits=waits)
    except OperationalError:
        raise
    except Refused as refusal:
        _refuse(pk, str(refusal))
    except DatabaseError as error:
        # Without its words: those of the database quote the row, and with it names.
        logger.error("import_failed", upload=str(pk), error=type(error).__name__)
        _refuse(pk, BROKEN)


@transaction.atomic
def _apply(pk: UUID, now: datetime, *, waits: bool) -> None:
    """The line-up's lock, not the upload's, keeps two workers apart: how far this has come is
    written into the upload meanwhile."""
    of_upload = Gathering.objects.filter(uploads__pk=pk, uploads__state=UploadState.CONFIRMED)
    gathering = of_upload.select_for_update(of=("self",), skip_locked=not waits).first()
    if gathering is None:
        return
    waiting = Upload.objects.filter(pk=pk, state=UploadState.CONFIRMED)
    upload = waiting.select_related("by").defer("rows").first()
    if upload is None or upload.by is None:
        return
    programme, upload.programme = programme_of(upload), None
    with Progress(pk) as progress:
        applied = apply_programme(
            gathering=gathering,
            programme=programme,
            by=upload.by,
            now=now,
            on_progress=progress,
        )
    waiting.update(
        state=UploadState.DONE, done=upload.total, summary=asdict(applied), **NOTHING_LEFT
    )


def _refuse(pk: UUID, problem: str) -> None:
    Upload.objects.filter(pk=pk, state=UploadState.CONFIRMED).update(
        state=UploadState.REFUSED, problem=problem, done=0, **NOTHING_LEFT
    )


def apply_confirmed(*, now: datetime) -> int:
    """Whatever was confirmed and not saved yet; how many there were."""
    waiting = Upload.objects.filter(state=UploadState.CONFIRMED).order_by("at")
    found = list(waiting.values_list("pk", flat=True))
    for pk in found:
        try:
            apply_upload(pk=pk, now=now, waits=False)
        except DatabaseError:
            logger.warning("import_put_off", upload=str(pk), exc_info=True)
    return len(found)


def forget_uploads(*, now: datetime) -> int:
    """What nobody confirmed within an hour, and what was saved, is gone."""
    deleted, _ = Upload.objects.filter(at__lte=now - KEPT).delete()
    return deleted
