"""Giving people seats on a group, and ending them."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from committees.actions.locking import lock_group, lock_open_group, record_about, refuse_far
from committees.enums import CommitteeVerb, GroupKind
from committees.models import Group, GroupMember
from committees.queries.groups import seats_between
from committees.refusals import ENDS_FIRST, HAS_SEAT, NO_MEMBERS, NOT_A_MEMBER, GroupRefused
from organisations.models import User


@transaction.atomic
def add_member(
    *,
    group: Group,
    user: User,
    is_chair: bool,
    from_date: date,
    to_date: date | None = None,
    by: User,
    now: datetime,
) -> GroupMember:
    """`to_date`: the last day of a term that is known to end.

    Raises GroupRefused for a staff network, for a stranger, for a second seat at the same time
    and for a term that ends before it begins.
    """
    refuse_far(from_date, now)
    if to_date is not None:
        refuse_far(to_date, now)
        if to_date < from_date:
            raise GroupRefused(ENDS_FIRST)
    if group.kind == GroupKind.STAFF_NETWORK:
        raise GroupRefused(NO_MEMBERS)
    if not group.organisation.memberships.filter(user=user, ended_at=None).exists():
        raise GroupRefused(NOT_A_MEMBER)
    lock_open_group(group)
    if seats_between(group, user, from_date, to_date).exists():
        raise GroupRefused(HAS_SEAT)
    member = GroupMember.objects.create(
        group=group, user=user, is_chair=is_chair, from_date=from_date, to_date=to_date
    )
    record_about(CommitteeVerb.MEMBER_ADDED, group, by=by, now=now, seat=member.pk)
    return member


@transaction.atomic
def end_member(*, member: GroupMember, by: User, now: datetime) -> bool:
    """End a seat today, and say so; it stays on record. One that has not begun is taken back.

    Whether the seat is on record. A second click changes nothing.
    """
    lock_group(member.group)
    locked = GroupMember.objects.filter(pk=member.pk).first()
    if locked is None:
        return False
    today = timezone.localdate(now)
    if locked.to_date is not None and locked.to_date <= today:
        return True
    has_begun = locked.from_date <= today
    if has_begun:
        locked.to_date = today
        locked.save(update_fields=["to_date"])
    else:
        locked.delete()
    verb = CommitteeVerb.MEMBER_ENDED if has_begun else CommitteeVerb.MEMBER_TAKEN_BACK
    record_about(verb, member.group, by=by, now=now, seat=member.pk)
    return has_begun
