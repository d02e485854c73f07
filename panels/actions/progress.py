"""How far a long import has come, written where others see it before the import is committed."""

from time import monotonic
from types import TracebackType
from uuid import UUID

import structlog
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from panels.models import Upload

EVERY = 0.5
"""Seconds between two writes; what takes less than the first is never written."""

logger = structlog.get_logger(__name__)


class Progress:
    """On a connection of its own, opened when it is first needed. It never stops the import."""

    def __init__(self, pk: UUID) -> None:
        self.pk = pk
        self.own: BaseDatabaseWrapper | None = None
        self.written_at = monotonic()
        self.is_broken = False

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.own is not None:
            self.own.close()

    def __call__(self, done: int, total: int) -> None:
        if self.is_broken or monotonic() - self.written_at < EVERY:
            return
        try:
            self._write(done, total)
        except DatabaseError:
            self.is_broken = True
            logger.warning("import_progress_failed", exc_info=True)
        self.written_at = monotonic()

    def _write(self, done: int, total: int) -> None:
        if self.own is None:
            self.own = connection.copy()
            self.own.cursor().execute("SET lock_timeout = '1s'")
        table = Upload._meta.db_table
        with self.own.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET done = %s, total = %s WHERE id = %s",  # noqa: S608
                [done, total, self.pk],
            )
