"""What is shown of line-ups, locked, counted again over the years, and released together."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from django.utils import timezone

from demo.line_ups import ORGANISERS, TOLD, Counted
from demo.people import HOMES
from demo.programmes import NIGHT_SHIFT, ORGANISER, SECOND_YEAR
from demo.scene import LineUps, Step
from panels.actions import enter_count
from panels.actions.counting_again import count_again
from panels.actions.locking import lock_line_up
from panels.actions.over_time import release_pools
from panels.actions.statements import make_statement
from panels.entry import line_up
from panels.enums import GatheringKind, StatementKind
from panels.freezing import fingerprint
from panels.queries.counts import count_on_record
from panels.queries.statements import facts_to_state
from panels.standings import quarter_of

# Home, title, as at so many days ago, what was counted then.
AGAIN = (
    ("saltmarsh", "Board of trustees", 330, Counted((11, 5, 6, 2, 9), TOLD)),
    ("saltmarsh", "Board of trustees", 205, Counted((12, 6, 6, 3, 9), TOLD)),
    ("saltmarsh", "Board of trustees", 71, Counted((12, 7, 5, 3, 9), TOLD)),
    ("kettlewell", "Trustees", 66, Counted((8, 4, 4, 2, 6), TOLD)),
)


def show_and_keep(told: LineUps) -> Iterator[Step]:
    days = told.days
    yield days.at(50, 16), partial(state, NIGHT_SHIFT, StatementKind.LEADER, told)
    yield days.at(29, 16), partial(state, SECOND_YEAR, StatementKind.PUBLIC, told)
    yield days.at(27, 16), partial(lock, SECOND_YEAR, told)
    for home, title, ago, counted in AGAIN:
        yield days.at(ago, 16), partial(count_as_at, home, title, counted, told)
    for first in quarters(told):
        yield days.hour_of(first, 3), release


def state(title: str, kind: StatementKind, told: LineUps, at: datetime) -> None:
    gathering = told.at(title)
    facts = facts_to_state(gathering, today=timezone.localdate(at))
    assert facts is not None
    make_statement(
        gathering=gathering,
        kind=kind,
        seen=fingerprint(facts),
        by=told.cast[ORGANISER],
        now=at,
    )


def lock(title: str, told: LineUps, at: datetime) -> None:
    lock_line_up(gathering=told.at(title), by=told.cast[ORGANISER], now=at)


def count_as_at(home: str, title: str, counted: Counted, told: LineUps, at: datetime) -> None:
    gathering, by = told.at(title), told.cast[ORGANISERS[home]]
    day = timezone.localdate(at)
    count_again(gathering=gathering, held_on=day, by=by, now=at)
    newest = count_on_record(gathering)
    enter_count(
        gathering=told.at(title),
        line_up=line_up(counted.typed(GatheringKind(gathering.kind))),
        typed_over=newest.version if newest else 0,
        by=by,
        now=at + timedelta(minutes=5),
    )


def quarters(told: LineUps) -> Iterator[date]:
    """The first day of each since the first organisation began."""
    day = quarter_of(told.days.exactly(max(home.began for home in HOMES.values())))
    while (day := quarter_of(day + timedelta(days=100))) < told.days.today:
        yield day


def release(at: datetime) -> None:
    release_pools(now=at)
