"""Entering counts: a correction is a new version."""

from datetime import datetime

from django.db import transaction

from history.actions import record
from organisations.models import User
from panels import audit
from panels.enums import PanelVerb
from panels.models import Gathering, Tally
from panels.queries.counts import count_on_record


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
    if newest and newest.was_typed_by(by) and _same(newest.line_up, line_up):
        return False
    version = newest.version if newest else 0
    if version != typed_over:
        raise CountMovedOn
    Tally.objects.bulk_create(_rows(locked, line_up, version + 1, by, now))
    locked.counted_at = now
    locked.save(update_fields=["counted_at"])
    record(
        PanelVerb.COUNT_CORRECTED if version else PanelVerb.COUNT_ENTERED,
        subject=locked,
        organisation=locked.organisation,
        by=by,
        now=now,
        version=version + 1,
    )
    return True


def _same(one: audit.LineUp, other: audit.LineUp) -> bool:
    return set(one.tallies) == set(other.tallies)


def _rows(
    gathering: Gathering, line_up: audit.LineUp, version: int, by: User, now: datetime
) -> list[Tally]:
    return [
        Tally(
            gathering=gathering,
            part=tally.part,
            counted=tally.counted,
            measure=tally.measure,
            version=version,
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
