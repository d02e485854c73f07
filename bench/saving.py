"""Reading a spreadsheet of 50,000 seats and saving it as a line-up."""

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.hostile_files import good_rows
from bench.hostile_workbooks import GOOD_ROWS
from bench.seed import MEASURED_PERSON, MEASURED_SLUG
from bench.work import Work, timed
from organisations.models import Organisation, User
from panels.actions.applying import Applied, apply_programme
from panels.actions.gatherings import create_gathering
from panels.enums import GatheringKind
from panels.reading import map_table, read

SECONDS = 30


def work() -> Work:
    """Once: it takes long enough to be its own average."""
    with CaptureQueriesContext(connection) as queries:
        took = timed(import_once)
    name = f"importing {GOOD_ROWS:,} rows"
    return Work(name, len(queries), took, f"{SECONDS} s at most", 1000 * SECONDS, 1)


@transaction.atomic
def import_once() -> Applied:
    """From bytes to rows; nothing of it stays."""
    table = read(good_rows(), "line-up.csv").table
    if table is None:
        raise RuntimeError("The spreadsheet was not read as a table.")
    by, now = User.objects.get(email=MEASURED_PERSON), timezone.now()
    gathering = create_gathering(
        organisation=Organisation.objects.get(slug=MEASURED_SLUG),
        kind=GatheringKind.CONFERENCE,
        title="An import",
        held_on=timezone.localdate(),
        by=by,
        now=now,
    )
    programme = map_table(table, table.suggested).programme
    applied = apply_programme(gathering=gathering, programme=programme, by=by, now=now)
    transaction.set_rollback(True)
    return applied
