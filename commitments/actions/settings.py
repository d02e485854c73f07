"""What a leader may change of a published pledge without signing it anew."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from commitments.actions.making import describe, lock, show
from commitments.actions.revising import NotPublishedError
from commitments.actions.trusting import drop_confirmation
from commitments.enums import Cadence, PledgeState, PledgeVerb
from commitments.models import Pledge
from commitments.queries.tending import for_the_leader_alone
from commitments.who import Shows, Who
from history.actions import record
from organisations.models import User

WHO = ("leader_name", "role_title", "organisation_id", "organisation_name")
SHOWS = ("shows_record", "is_listed", "counts_who_followed", "says_who_asked")


@transaction.atomic
def change_settings(
    *, pledge: Pledge, who: Who, cadence: Cadence, shows: Shows, by: User, now: datetime
) -> Pledge:
    """A new name, role or organisation is confirmed by nobody yet. Writes what differs, only."""
    locked = lock(pledge)
    for_the_leader_alone(locked, by)
    if locked.state != PledgeState.PUBLISHED:
        raise NotPublishedError
    before = {name: getattr(locked, name) for name in (*WHO, *SHOWS, "check_in_every")}
    describe(locked, who)
    show(locked, shows)
    locked.check_in_every = cadence
    if not locked.says_who_asked:
        locked.asked_by = None
    note_cadence(locked, before=str(before["check_in_every"]), now=now)
    changed = [name for name, value in before.items() if getattr(locked, name) != value]
    if set(changed) & set(WHO):
        drop_confirmation(locked)
    locked.save()
    note_changes(locked, changed, by=by, now=now)
    return locked


def note_cadence(pledge: Pledge, *, before: str, now: datetime) -> None:
    """The first change of a day keeps what held before that day."""
    if pledge.check_in_every != before:
        pledge.cadence_changes.get_or_create(
            changed_on=timezone.localdate(now), defaults={"cadence_before": before}
        )


def note_changes(pledge: Pledge, changed: list[str], *, by: User, now: datetime) -> None:
    """The organisation reads of the name and the role; the rest is the leader's own business."""
    for verb, names, organisation in [
        (PledgeVerb.WHO_CHANGED, WHO, pledge.organisation),
        (PledgeVerb.CHOSE_WHAT_SHOWS, SHOWS, None),
        (PledgeVerb.CADENCE_CHANGED, ("check_in_every",), None),
    ]:
        fields = [name for name in names if name in changed]
        if fields:
            what = ", ".join(fields)
            record(verb, subject=pledge, organisation=organisation, by=by, now=now, what=what)
