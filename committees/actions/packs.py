"""Freezing the pack of a meeting, once."""

from datetime import datetime
from functools import partial
from secrets import token_hex

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from committees.actions.locking import lock_meeting, record_meeting_step
from committees.actions.pack_paper import ring
from committees.enums import CommitteeVerb, MeetingState
from committees.models import Meeting, Pack, PackPaper
from committees.pack_pieces import SALT_BYTES, salted
from committees.pack_seal import Content, fingerprint
from committees.pack_sections import content_of
from committees.queries.pack_facts import facts_for
from committees.queries.packs import GROUPS_WITH_PACKS
from committees.refusals import NO_PACKS, PACK_TOO_LATE, GroupRefused
from organisations.models import Organisation, User
from recommendations.actions.extending import freeze_draft_dates


@transaction.atomic
def freeze_pack(*, meeting: Meeting, by: User, now: datetime) -> Pack:
    """What stands now, for good; every date that was a draft stands from here on too.

    A second click gives the pack that the first one made. Raises GroupRefused for a group that
    gets no packs, and for a meeting that is over.
    """
    organisation = _hold(meeting.group.organisation)
    locked = lock_meeting(meeting)
    made = Pack.objects.filter(meeting=locked).first()
    if made is not None:
        return made
    _refuse(locked, now)
    freeze_draft_dates(organisation=organisation, by=by, now=now)
    content = _content(locked, by=by, now=now)
    pack = Pack.objects.create(
        organisation=organisation,
        meeting=locked,
        number=content["number"],
        frozen_at=now,
        frozen_by=by,
        content=content,
        sha256=fingerprint(content),
    )
    PackPaper.objects.create(pack=pack, asked_at=now)
    record_meeting_step(CommitteeVerb.PACK_FROZEN, locked, by=by, now=now, pack=pack.pk)
    ring(pack.pk)
    return pack


def _refuse(meeting: Meeting, now: datetime) -> None:
    if meeting.group.kind not in GROUPS_WITH_PACKS:
        raise GroupRefused(NO_PACKS)
    is_over = meeting.date < timezone.localdate(now)
    if meeting.state != MeetingState.PLANNED or is_over:
        raise GroupRefused(PACK_TOO_LATE)


def _hold(organisation: Organisation) -> Organisation:
    """Until the transaction ends nobody else takes the next number, and nobody who belongs here
    erases their account: it would miss this pack. First of all, as erasing does."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def _content(meeting: Meeting, *, by: User, now: datetime) -> Content:
    """`by` is read again: whoever erased their account meanwhile is not named any more."""
    number, somebody = _next_number(meeting.group.organisation), User.objects.get(pk=by.pk)
    content = content_of(facts_for(meeting, number=number, by=somebody, now=now))
    frozen: Content = salted(content, partial(token_hex, SALT_BYTES))
    return frozen


def _next_number(organisation: Organisation) -> int:
    last = organisation.packs.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
