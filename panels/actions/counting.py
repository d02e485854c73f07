"""Entering counts: a correction is a new version."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from history.actions import record
from organisations.models import User
from panels import audit
from panels.actions.standing import write_standings
from panels.enums import GatheringKind, PanelVerb
from panels.models import Gathering, Tally
from panels.queries.counts import CountOnRecord, count_on_record
from panels.standings import day_of_count


class CountMovedOn(Exception):
    """Somebody saved a newer count than the one this was typed over."""


@transaction.atomic
def enter_count(
    *, gathering: Gathering, line_up: audit.LineUp, typed_over: int, by: User, now: datetime
) -> bool:
    """Add a new version; `typed_over` is the version that was on the page, 0 for none.

    False when this person's newest count already says the same, as after a double click.
    Raises CountMovedOn when there is a newer count than that.
    """
    locked = Gathering.objects.select_for_update().get(pk=gathering.pk)
    newest = count_on_record(locked)
    as_at = _day(locked, locked.held_on, newest)
    if newest and newest.was_typed_by(by) and _same(newest, line_up, as_at):
        return False
    if (newest.version if newest else 0) != typed_over:
        raise CountMovedOn
    _add_version(locked, line_up, as_at=as_at, newest=newest, by=by, now=now)
    return True


@transaction.atomic
def enter_declared_count(
    *, gathering: Gathering, line_up: audit.LineUp, as_at: date, now: datetime
) -> None:
    """Add what people said of themselves, as at the day of the round that asked them.

    Nobody typed it, so nobody sees more of it than the small-number rules let through.
    """
    locked = Gathering.objects.select_for_update().get(pk=gathering.pk)
    newest = count_on_record(locked)
    day = _day(locked, as_at, newest)
    _add_version(locked, line_up, as_at=day, newest=newest, by=None, now=now)


def _day(gathering: Gathering, asked: date, newest: CountOnRecord | None) -> date:
    kind = GatheringKind(gathering.kind)
    return day_of_count(kind, asked=asked, newest=newest.as_at if newest else None)


def _same(newest: CountOnRecord, line_up: audit.LineUp, as_at: date) -> bool:
    return newest.as_at == as_at and set(newest.line_up.tallies) == set(line_up.tallies)


def _add_version(
    gathering: Gathering,
    line_up: audit.LineUp,
    *,
    as_at: date,
    newest: CountOnRecord | None,
    by: User | None,
    now: datetime,
) -> None:
    latest: int = gathering.tallies.aggregate(latest=Max("version"))["latest"] or 0
    Tally.objects.bulk_create(_rows(gathering, line_up, latest + 1, as_at, by, now))
    gathering.counted_at = now
    gathering.save(update_fields=["counted_at"])
    write_standings([gathering])
    is_correction = newest is not None and newest.as_at == as_at
    record(
        PanelVerb.COUNT_CORRECTED if is_correction else PanelVerb.COUNT_ENTERED,
        subject=gathering,
        organisation=gathering.organisation,
        by=by,
        now=now,
        version=latest + 1,
    )


def _rows(
    gathering: Gathering,
    line_up: audit.LineUp,
    version: int,
    as_at: date,
    by: User | None,
    now: datetime,
) -> Iterable[Tally]:
    return [
        Tally(
            gathering=gathering,
            part=tally.part,
            counted=tally.counted,
            measure=tally.measure,
            version=version,
            as_at=as_at,
            yes=tally.count.yes,
            no=tally.count.no,
            unknown=tally.count.unknown,
            basis=tally.basis,
            definition=tally.definition,
            rules_version=audit.RULES_VERSION,
            entered_by=by,
            entered_at=now,
        )
        for tally in line_up.tallies
    ]
