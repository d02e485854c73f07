"""Closing one's pledge, and handing it to whoever leads next. Nothing that was said is deleted."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from commitments import leaving, links, mail_limits
from commitments.actions.making import lock
from commitments.actions.strangers import hold, queue_to_stranger, why_not_write
from commitments.enums import Ending, PledgeState, PledgeVerb
from commitments.models import AskLetter, Handover, Pledge, Promise, Signing, Standard
from commitments.queries import made_on, organisations_of
from commitments.queries.leaving import open_handover, signing_to_hand_on
from commitments.queries.strangers import write
from history.actions import record
from organisations.models import User
from organisations.queries import has_confirmed
from organisations.refusals import Refused
from organisations.tokens import derived_token, digest
from outbox.enums import Kind
from outbox.rendering import absolute_url


class LeavingRefused(Refused):
    """The pledge stays as it is, or nobody is asked to take it on."""


class NotTheirAddressError(Exception):
    """The link went to an address that is not known to be this person's."""


@transaction.atomic
def close_pledge(
    *, pledge: Pledge, ending: Ending, ended_on: date | None, by: User, now: datetime
) -> Pledge:
    """The leader ends their pledge, for good. A second click changes nothing."""
    locked = lock_own(pledge, by)
    if locked.state == PledgeState.PUBLISHED:
        today = timezone.localdate(now)
        day = leaving.ends_on(ending, ended_on, today=today)
        if problem := leaving.problem_with_date(day, made_on=made_on(locked), today=today):
            raise LeavingRefused(problem)
        close(locked, ending=ending, ended_on=day, by=by, now=now)
    return locked


@transaction.atomic
def hand_over(
    *, pledge: Pledge, ended_on: date | None, email: str, by: User, now: datetime
) -> Handover:
    """Close the pledge, and ask the next leader by email to take it on."""
    hold(address=email, by=by)
    closed = close_pledge(
        pledge=pledge, ending=Ending.HANDED_OVER, ended_on=ended_on, by=by, now=now
    )
    return ask_next_leader(pledge=closed, email=email, by=by, now=now)


@transaction.atomic
def ask_next_leader(*, pledge: Pledge, email: str, by: User, now: datetime) -> Handover:
    """Send the link. A double click finds the first one's.

    Raises LeavingRefused where somebody else was asked and may still say yes, or too many mails
    have left.
    """
    hold(address=email, by=by)
    locked = lock_own(pledge, by)
    if locked.ending not in leaving.MAY_BE_HANDED_ON:
        raise LeavingRefused("This pledge cannot be handed on.")
    if has_confirmed(by, email) or email.lower() == by.email.lower():
        raise LeavingRefused("That is your own address. Enter the next leader’s.")
    asked = open_handover(locked)
    if asked is not None and links.is_open(asked.expires_at, asked.revoked_at, now):
        if asked.email == email.lower():
            return asked
        raise LeavingRefused("Somebody else has been asked already. Take that back first.")
    if refusal := mail_limits.why_not_signed(*locked.signed_by):
        raise LeavingRefused(refusal)
    if refusal := why_not_write(address=email, by=by, now=now):
        raise LeavingRefused(refusal)
    if asked is not None:
        Handover.objects.filter(pk=asked.pk).update(revoked_at=now)
    return send_link(locked, email=email.lower(), by=by, now=now)


def send_link(pledge: Pledge, *, email: str, by: User, now: datetime) -> Handover:
    Pledge.objects.filter(pk=pledge.pk).update(ending=Ending.HANDED_OVER)
    handover = Handover(
        pledge=pledge, email=email, asked_at=now, expires_at=now + links.HANDOVER_LASTS
    )
    token = derived_token("handover", handover.pk)
    handover.token_sha256 = digest(token)
    handover.save()
    mail = write(
        Kind.HANDOVER,
        row=handover.pk,
        asker=pledge.leader_name,
        role=pledge.role_title,
        by=by,
        pledge=pledge,
        days=links.HANDOVER_LASTS.days,
        link=absolute_url(reverse("handover_accept", args=[token])),
    )
    queue_to_stranger(mail, address=email, by=by, not_after=handover.expires_at, now=now)
    record(PledgeVerb.HANDED_OVER, subject=pledge, organisation=None, by=by, now=now)
    return handover


@transaction.atomic
def revoke_handover(*, handover: Handover, by: User, now: datetime) -> bool:
    """The link stops working, and the page says that the role has ended. False once it was
    taken on or taken back."""
    pledge = lock_own(handover.pledge, by)
    waiting = pledge.handovers.filter(pk=handover.pk, accepted_at=None, revoked_at=None)
    if not waiting.update(revoked_at=now):
        return False
    Pledge.objects.filter(pk=pledge.pk).update(ending=Ending.ROLE_ENDED)
    record(PledgeVerb.HANDOVER_REVOKED, subject=pledge, organisation=None, by=by, now=now)
    return True


@transaction.atomic
def take_on(*, handover: Handover, by: User, now: datetime) -> Pledge:
    """A draft of the next leader's own, with the promises of the old pledge. Twice is once.

    Raises NotTheirAddressError, and LeavingRefused when the link can no longer be used.
    """
    hold_person(by)
    old = lock(handover.pledge)
    asked = Handover.objects.select_for_update().get(pk=handover.pk)
    if asked.accepted_by_id == by.pk:
        return old.followed_by.filter(leader=by).first() or copy_for(by, old, now=now)
    if asked.accepted_at or not links.is_open(asked.expires_at, asked.revoked_at, now):
        raise LeavingRefused("This link has been used, taken back or is too old.")
    if not has_confirmed(by, asked.email):
        raise NotTheirAddressError
    asked.accepted_at, asked.accepted_by, asked.email = now, by, ""
    asked.save()
    record(PledgeVerb.TAKEN_ON, subject=old, organisation=None, by=by, now=now)
    return copy_for(by, old, now=now)


def copy_for(leader: User, old: Pledge, *, now: datetime) -> Pledge:
    """The promises and standards alone: a statement and a record are nobody else's."""
    own = organisations_of(leader).filter(pledges=old).first()
    draft = Pledge(
        leader=leader,
        leader_name=leader.display_name,
        role_title=old.role_title,
        organisation=own,
        organisation_name=own.name if own else old.organisation_name,
        check_in_every=old.check_in_every,
        follows=old,
        created_at=now,
        is_worked_example=leader.is_demo,
    )
    draft.slug = f"draft-{draft.pk}"
    draft.save()
    signed = signing_to_hand_on(old)
    text = Signing.objects.create(pledge=draft, wording=signed.wording)
    copy_rows(signed.promises.order_by("position"), text)
    copy_rows(signed.standards.order_by("position"), text)
    record(PledgeVerb.STARTED, subject=draft, organisation=None, by=leader, now=now)
    return draft


def copy_rows(rows: Iterable[Promise | Standard], text: Signing) -> None:
    for row in rows:
        row.pk, row.signing = None, text
        row._state.adding = True
        row.save()


def lock_own(pledge: Pledge, by: User) -> Pledge:
    locked = lock(pledge)
    if locked.leader_id != by.pk or locked.state == PledgeState.DRAFT:
        raise PermissionDenied
    return locked


def hold_person(person: User) -> None:
    """Until this transaction ends, nobody else changes what is counted by person."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)


def close(
    pledge: Pledge, *, ending: Ending, ended_on: date | None, by: User | None, now: datetime
) -> None:
    """End a pledge whose row is held. A version nobody signed goes; links that ask or show end."""
    pledge.state, pledge.closed_at = PledgeState.CLOSED, pledge.closed_at or now
    pledge.ending, pledge.ended_on = ending, ended_on
    pledge.save()
    pledge.signings.filter(signed_at=None).delete()
    pledge.preview_links.filter(revoked_at=None).update(revoked_at=now)
    AskLetter.objects.filter(invitation__pledge=pledge, revoked_at=None).update(revoked_at=now)
    record(
        PledgeVerb.CLOSED,
        subject=pledge, organisation=pledge.organisation, by=by, now=now, ending=ending,
    )  # fmt: skip
