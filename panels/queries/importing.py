"""Reading what was read of a file and waits to be confirmed."""

from datetime import datetime

from django.db.models import QuerySet

from organisations.models import User
from panels.enums import ColumnUse
from panels.importing import KEPT
from panels.models import Gathering, Upload
from panels.programme import Programme
from panels.reading import Table


def uploads_of(gathering: Gathering, *, by: User, now: datetime) -> QuerySet[Upload]:
    """Only of whoever chose the file, and no older than an hour."""
    return gathering.uploads.filter(by=by, at__gt=now - KEPT)


def programme_of(upload: Upload) -> Programme:
    """Of one that is to be confirmed, or was and is not saved yet."""
    assert upload.programme is not None
    return Programme.from_json(upload.programme)


def table_of(upload: Upload) -> Table:
    return Table(
        columns=tuple(name for name, _ in upload.columns),
        rows=tuple(tuple(row[1:]) for row in upload.rows),
        suggested={name: ColumnUse(use) for name, use in upload.columns if use},
        row_numbers=tuple(row[0] for row in upload.rows),
    )
