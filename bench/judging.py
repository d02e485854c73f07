"""Judging the line-ups of a long record, beside one SQL statement over the same rows."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.seed import LONG_RECORD_SLUG
from bench.work import Work, in_turns
from panels.audit import LineUpAudit
from panels.models import Gathering, Seat, Session
from panels.queries.counts import counts_on_record
from panels.queries.line_up import LineUpTotals, totals_of

AIM = 1.3
RAW = Path(__file__).parent / "raw"
TOTALS = (RAW / "totals.sql").read_text()
JUDGED = f"WITH totals AS ({TOTALS}) {(RAW / 'judged.sql').read_text()}"

Verdicts = tuple[tuple[str, str, str], ...]
Judged = dict[UUID, tuple[LineUpTotals, Verdicts]]


def line_ups() -> list[Gathering]:
    """Everything in the long record that has a programme."""
    programmes = Session.objects.values("gathering")
    found = Gathering.objects.filter(organisation__slug=LONG_RECORD_SLUG, pk__in=programmes)
    return list(found.order_by("pk"))


def judge(gatherings: list[Gathering]) -> Judged:
    """People and seats of each line-up, and what the newest count of each part shows."""
    totals, counts = totals_of(gatherings), counts_on_record(gatherings)
    return {pk: (totals[pk], _shown(count.result)) for pk, count in counts.items()}


def _shown(audit: LineUpAudit) -> Verdicts:
    return tuple(
        (one.measure.value, part.tally.part.value, part.verdict.value)
        for one in (audit.women, audit.minoritised)
        for part in (one.whole, one.main_stage, one.rest)
        if part
    )


def raw(statement: str, gatherings: list[Gathering]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [[gathering.pk for gathering in gatherings]])
        return cursor.fetchall()


def are_alike(judged: Judged, rows: list[tuple[Any, ...]]) -> bool:
    """Whether both found the same, figure by figure."""
    return {pk: _plain(*one) for pk, one in judged.items()} == {
        pk: (*figures, sorted(map(tuple, verdicts))) for pk, *figures, verdicts in rows
    }


def _plain(totals: LineUpTotals, verdicts: Verdicts) -> tuple[Any, ...]:
    parts = (totals.whole, totals.main_stage, totals.rest)
    numbers = (number for part in parts for number in (part.people, part.seats))
    return (*numbers, totals.beside, sorted(verdicts))


def works(*, runs: int) -> Iterator[Work]:
    """Raises RuntimeError where the two disagree: then neither time means anything."""
    gatherings = line_ups()
    with CaptureQueriesContext(connection) as queries:
        judged = judge(gatherings)
    if not judged or not are_alike(judged, raw(JUDGED, gatherings)):
        raise RuntimeError("What was judged is not what the statement found.")
    seats = Seat.objects.filter(session__gathering__in=gatherings).count()
    compared: tuple[tuple[str, int, Callable[[list[Gathering]], object], str], ...] = (
        ("adding up", 1, totals_of, TOTALS),
        ("judging", len(queries), judge, JUDGED),
    )
    for name, number, ours, statement in compared:
        floor = partial(raw, statement, gatherings)
        mine, least = in_turns(partial(ours, gatherings), floor, runs=runs)
        yield Work(f"{name} {seats:,} seats", number, mine, "one SQL statement", least, AIM)
