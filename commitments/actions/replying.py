"""An organiser answers through a letter's link."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from commitments.actions.ledger import PledgeClosedError, lock_kept, take_step
from commitments.answering import Given, is_after, refusal
from commitments.enums import InvitationState, PledgeVerb
from commitments.links import Door
from commitments.models import AskLetter, Reply, ReplyBarrier, ReplyTally
from commitments.queries.replies import door_of, newest_given
from history.actions import record
from organisations.refusals import Refused
from outbox.actions import is_address, queue_email
from outbox.enums import Kind
from outbox.rendering import absolute_url, render_email
from panels.audit import RULES_VERSION


class LinkClosedError(Exception):
    """It expired, was closed, or its pledge was, while somebody was typing."""


class AnswerRefused(Refused):
    """Too many were given."""


@transaction.atomic
def give_answer(*, letter: AskLetter, given: Given, by_mail: bool = False, now: datetime) -> Reply:
    """A new version, and the news of it to the leader. The same words again are the same answer,
    unless they are the first to come through the link that was emailed: `by_mail`.

    Raises LinkClosedError and AnswerRefused.
    """
    locked = _lock_open(letter, now)
    newest, stands = newest_given(locked), locked.replies.order_by("version").last()
    is_known = stands is not None and (stands.came_by_mail or not by_mail)
    if newest and stands and is_known and newest.says_the_same(given):
        return stands
    answers = locked.replies.count()
    if refusal(answers):
        raise AnswerRefused(refusal(answers))
    reply = _add_reply(locked, given, version=answers + 1, by_mail=by_mail, now=now)
    take_step(
        invitation=locked.invitation, state=InvitationState.ANSWERED, on=timezone.localdate(now),
        by=None, now=now,
    )  # fmt: skip
    record(
        PledgeVerb.REPLY_GIVEN, subject=locked.invitation, organisation=None, by=None, now=now,
        reply=reply.pk,
    )  # fmt: skip
    _email_leader(locked, now=now)
    return reply


def _lock_open(letter: AskLetter, now: datetime) -> AskLetter:
    try:
        lock_kept(letter.invitation.pledge)
    except PledgeClosedError as error:
        raise LinkClosedError from error
    locked = (
        AskLetter.objects.select_for_update(of=("self",))
        .select_related("invitation__pledge__leader", "invitation__gathering")
        .get(pk=letter.pk)
    )
    if door_of(locked, now=now) != Door.OPEN:
        raise LinkClosedError
    return locked


def _add_reply(
    letter: AskLetter, given: Given, *, version: int, by_mail: bool, now: datetime
) -> Reply:
    reply = Reply.objects.create(
        letter=letter,
        version=version,
        name=given.name,
        note=given.note,
        at=now,
        is_after_event=is_after(letter.invitation.held_on, today=timezone.localdate(now)),
        came_by_mail=by_mail,
    )
    ReplyTally.objects.bulk_create(_tallies(reply, given))
    ReplyBarrier.objects.bulk_create(
        ReplyBarrier(reply=reply, barrier=barrier, state=state)
        for barrier, state in given.barriers.items()
    )
    return reply


def _tallies(reply: Reply, given: Given) -> list[ReplyTally]:
    return [
        ReplyTally(
            reply=reply,
            part=tally.part,
            counted=tally.counted,
            measure=tally.measure,
            yes=tally.count.yes,
            no=tally.count.no,
            unknown=tally.count.unknown,
            basis=tally.basis,
            definition=tally.definition,
            rules_version=RULES_VERSION,
        )
        for tally in (given.line_up.tallies if given.line_up else ())
    ]


def _email_leader(letter: AskLetter, *, now: datetime) -> None:
    """One a day for each letter, whatever is corrected; nothing that anybody typed."""
    leader = letter.invitation.pledge.leader
    if leader is None or not is_address(leader.email):
        return
    link = absolute_url(reverse("invitation_detail", args=[letter.invitation_id]))
    queue_email(
        kind=Kind.NEWS,
        dedupe_key=f"reply-came:{letter.pk}:{timezone.localdate(now)}",
        to_address=leader.email,
        to_user=leader,
        organisation=None,
        rendered=render_email("reply_came", {"link": link}),
        now=now,
    )
