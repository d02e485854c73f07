"""Changing groups."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from committees.actions.locking import lock_group, record_about
from committees.actions.standing_item import add_to_planned, take_off_planned
from committees.enums import CommitteeVerb, GroupKind, MeetingState
from committees.models import Group
from committees.refusals import MEETINGS_AHEAD, NAME_TAKEN, GroupRefused
from organisations.models import Organisation, User
from recommendations.actions.revisions import refuse_if_moved_on

EDITABLE = ("name", "meets_every_months", "tolerance_days", "contact_address", "has_equality_item")


@transaction.atomic
def create_group(
    *,
    organisation: Organisation,
    kind: str,
    name: str,
    meets_every_months: int,
    contact_address: str,
    by: User,
    now: datetime,
) -> Group:
    """Race equality stands on every agenda of a board. Raises GroupRefused for a taken name."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.groups.filter(name=name).exists():
        raise GroupRefused(NAME_TAKEN)
    group = Group.objects.create(
        organisation=organisation,
        kind=kind,
        name=name,
        meets_every_months=meets_every_months,
        contact_address=contact_address,
        has_equality_item=kind == GroupKind.BOARD,
        created_at=now,
    )
    record_about(CommitteeVerb.GROUP_CREATED, group, by=by, now=now)
    return group


@transaction.atomic
def edit_group(
    *,
    group: Group,
    name: str,
    meets_every_months: int,
    tolerance_days: int,
    contact_address: str,
    has_equality_item: bool,
    over_revision: int,
    by: User,
    now: datetime,
) -> Group:
    """The same again leaves no history.

    Raises MovedOnError where somebody saved meanwhile, GroupRefused when the name is taken.
    """
    Organisation.objects.select_for_update().get(pk=group.organisation_id)
    locked = lock_group(group)
    has_item = has_equality_item and not locked.is_staff_network
    wanted = (name, meets_every_months, tolerance_days, contact_address, has_item)
    if wanted == tuple(getattr(locked, field) for field in EDITABLE):
        return locked
    refuse_if_moved_on(locked, over_revision=over_revision)
    if locked.organisation.groups.filter(name=name).exclude(pk=locked.pk).exists():
        raise GroupRefused(NAME_TAKEN)
    is_new_item = has_item != locked.has_equality_item
    for field, value in zip(EDITABLE, wanted, strict=True):
        setattr(locked, field, value)
    locked.revision += 1
    locked.save(update_fields=[*EDITABLE, "revision"])
    if is_new_item:
        (add_to_planned if has_item else take_off_planned)(locked)
    record_about(CommitteeVerb.GROUP_EDITED, locked, by=by, now=now)
    return locked


@transaction.atomic
def close_group(*, group: Group, by: User, now: datetime) -> bool:
    """It meets no more; what it did stays. Raises GroupRefused while meetings are planned.

    False when it was closed already.
    """
    today = timezone.localdate(now)
    locked = lock_group(group)
    if locked.closed_on is not None:
        return False
    if locked.meetings.filter(state=MeetingState.PLANNED, date__gte=today).exists():
        raise GroupRefused(MEETINGS_AHEAD)
    locked.closed_on = today
    locked.save(update_fields=["closed_on"])
    record_about(CommitteeVerb.GROUP_CLOSED, locked, by=by, now=now)
    return True


@transaction.atomic
def reopen_group(*, group: Group, by: User, now: datetime) -> bool:
    """False when it was open already."""
    locked = lock_group(group)
    if locked.closed_on is None:
        return False
    locked.closed_on = None
    locked.save(update_fields=["closed_on"])
    record_about(CommitteeVerb.GROUP_REOPENED, locked, by=by, now=now)
    return True
