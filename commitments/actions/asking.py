"""The letter that asks an organiser back: written, sent, its link closed.

Whoever helps a leader may write; sending and closing are the leader's alone.
"""

import uuid
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from commitments import letter as words
from commitments import mail_limits
from commitments.actions.ledger import lock_entry, take_step
from commitments.actions.revisions import MovedOnError, next_revision
from commitments.actions.strangers import hold, queue_to_stranger, why_not_write
from commitments.enums import InvitationState, PledgeVerb
from commitments.models import AskLetter, Invitation
from commitments.queries.letters import (
    BY_MAIL,
    facts_of,
    leaving,
    links_of,
    open_letter_of,
    still_opens,
)
from commitments.queries.tending import for_the_leader_alone
from history.actions import record
from organisations.models import User
from organisations.refusals import Refused
from organisations.tokens import derived_token, digest


class LetterRefused(Refused):
    """It does not leave, or is not changed."""


GONE = "This letter’s reply link is closed. Write a new letter."
SENT_ALREADY = "This letter has gone, so its words stay as they are."
OTHER_ADDRESSES = (
    "An email from here may lead to this site alone. Take other web and email addresses out,"
    " or copy the letter and send it yourself."
)


@transaction.atomic
def make_letter(*, invitation: Invitation, by: User, now: datetime) -> AskLetter:
    """The letter whose link is open; where there is none, a new one in our words."""
    locked = lock_entry(invitation)
    found = open_letter_of(locked, now=now)
    if found is not None:
        return found
    locked.letters.filter(revoked_at=None).update(revoked_at=now)
    last_day = words.open_until(locked.held_on, made_on=timezone.localdate(now))
    key = uuid.uuid4()
    letter = AskLetter.objects.create(
        pk=key,
        invitation=locked,
        text=words.compose(facts_of(locked, open_until=last_day)),
        token_sha256=digest(derived_token("reply", key)),
        written_by=by,
        created_at=now,
        expires_at=end_of(last_day),
    )
    record(PledgeVerb.LETTER_MADE, subject=locked, organisation=None, by=by, now=now)
    return letter


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


@transaction.atomic
def save_letter(
    *,
    letter: AskLetter,
    text: str,
    seen: int,
    sent_on: date | None = None,
    by: User,
    now: datetime,
) -> AskLetter:
    """`sent_on`: the leader has sent it themselves on that day, which is then noted.

    Raises MovedOnError when somebody saved meanwhile, LetterRefused once it has gone by
    email, and ValidationError for a day that cannot be.
    """
    locked = lock_letter(letter, now)
    if locked.sent_at is not None:
        raise LetterRefused(SENT_ALREADY)
    kept = words.to_keep(text)
    if kept.strip() != locked.text.strip():
        next_revision(locked, seen=seen)
        locked.text, locked.written_by = kept, by
        locked.save()
    if sent_on is not None:
        for_the_leader_alone(locked.invitation.pledge, by)
        take_step(
            invitation=locked.invitation, state=InvitationState.ASKED, on=sent_on, by=by, now=now
        )
    return locked


@transaction.atomic
def send_letter(
    *, letter: AskLetter, to_address: str, seen: int, seen_entry: int, by: User, now: datetime
) -> AskLetter:
    """Email it to the organiser. A second click sends nothing more.

    `seen` and `seen_entry` are the revisions of the letter and of its entry that were read.
    Raises MovedOnError where either is another now, and LetterRefused with the reason why
    it does not leave.
    """
    hold(address=to_address, by=by)
    locked = lock_letter(letter, now)
    for_the_leader_alone(locked.invitation.pledge, by)
    if locked.sent_at is not None:
        return locked
    if (locked.revision, locked.invitation.revision) != (seen, seen_entry):
        raise MovedOnError(locked)
    refuse_to_send(locked, to_address, by=by, now=now)
    mail = leaving(locked, links_of(locked))
    queue_to_stranger(mail, address=to_address, by=by, not_after=locked.expires_at, now=now)
    locked.mailed_sha256 = digest(derived_token(BY_MAIL, locked.pk))
    locked.to_address, locked.sent_by, locked.sent_at = to_address, by, now
    locked.save()
    record(PledgeVerb.LETTER_SENT, subject=locked.invitation, organisation=None, by=by, now=now)
    take_step(
        invitation=locked.invitation, state=InvitationState.ASKED,
        on=timezone.localdate(now), by=by, now=now,
    )  # fmt: skip
    return locked


def refuse_to_send(letter: AskLetter, to_address: str, *, by: User, now: datetime) -> None:
    if not still_opens(letter):
        raise LetterRefused(GONE)
    entry, pledge = letter.invitation, letter.invitation.pledge
    if refusal := mail_limits.why_not_signed(entry.title, *pledge.signed_by):
        raise LetterRefused(refusal)
    if words.leads_elsewhere(letter.text, but=(settings.SITE_URL, by.email)):
        raise LetterRefused(OTHER_ADDRESSES)
    if refusal := why_not_write(address=to_address, by=by, now=now):
        raise LetterRefused(refusal)


@transaction.atomic
def revoke_letter(*, letter: AskLetter, by: User, now: datetime) -> None:
    """Its link opens nothing from now on. What was answered stays."""
    invitation = lock_entry(letter.invitation)
    for_the_leader_alone(invitation.pledge, by)
    closed = invitation.letters.filter(pk=letter.pk, revoked_at=None).update(revoked_at=now)
    if closed:
        record(PledgeVerb.LETTER_REVOKED, subject=invitation, organisation=None, by=by, now=now)


def lock_letter(letter: AskLetter, now: datetime) -> AskLetter:
    """With its entry, while its link is open."""
    invitation = lock_entry(letter.invitation)
    locked = open_letter_of(invitation, now=now)
    if locked is None or locked.pk != letter.pk:
        raise LetterRefused(GONE)
    locked.invitation = invitation
    return locked
