"""Adding events and groups, and their counts."""

from datetime import date, datetime

from django.db import transaction

from history.actions import record
from organisations.models import Organisation, User
from panels import audit
from panels.enums import GatheringKind, PanelVerb
from panels.models import Gathering, Tally
from panels.queries import count_on_record


class CountMovedOn(Exception):
    """Somebody saved a newer count than the one this was typed over."""


@transaction.atomic
def create_gathering(
    *,
    organisation: Organisation,
    kind: GatheringKind,
    title: str,
    held_on: date,
    organiser: str = "",
    link: str = "",
    by: User,
    now: datetime,
) -> Gathering:
    gathering = Gathering.objects.create(
        organisation=organisation,
        kind=kind,
        title=title,
        held_on=held_on,
        organiser=organiser,
        link=link,
        created_by=by,
        created_at=now,
    )
    record(
        PanelVerb.GATHERING_CREATED, subject=gathering, organisation=organisation, by=by, now=now
    )
    return gathering


@transaction.atomic
def change_gathering(
    *,
    gathering: Gathering,
    kind: GatheringKind,
    title: str,
    held_on: date,
    organiser: str = "",
    link: str = "",
    by: User,
    now: datetime,
) -> bool:
    """False when nothing differs. Raises ValueError for a new kind under an existing count:
    the kind decides who was counted."""
    new = {
        "kind": kind,
        "title": title,
        "held_on": held_on,
        "organiser": organiser,
        "link": link,
    }
    changed = [name for name, value in new.items() if getattr(gathering, name) != value]
    if gathering.counted_at and "kind" in changed:
        raise ValueError("The kind decides who was counted, and there is a count.")
    if not changed:
        return False
    for name in changed:
        setattr(gathering, name, new[name])
    gathering.save(update_fields=changed)
    record(
        PanelVerb.GATHERING_CHANGED,
        subject=gathering,
        organisation=gathering.organisation,
        by=by,
        now=now,
        fields=",".join(changed),
    )
    return True


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
