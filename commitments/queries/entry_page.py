"""All that the page of one entry of the ledger shows to one reader."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from commitments import ledger, links
from commitments.entry_words import WORDS, Words, step_words
from commitments.enums import InvitationKind, InvitationState, PledgeState
from commitments.models import AskLetter, Invitation
from commitments.queries.invitations import Stop, entry_of, next_of, path_of, steps_of
from commitments.queries.reflections import Prompt, reflection_prompt
from commitments.queries.replies import Answer, answer_of
from history.queries import Line, lines_about
from organisations.models import User
from organisations.queries import current_membership
from panels.enums import Audience
from panels.models import Gathering
from panels.queries import count_on_record
from panels.results import Result, show_line_up


@dataclass(frozen=True)
class LinkedEvent:
    """An event of an organisation that the reader belongs to; `result` None: not counted."""

    gathering: Gathering
    result: Result | None


@dataclass(frozen=True)
class EntryPage:
    """`letter` is the one whose link is open. What may not be done now is None or False."""

    invitation: Invitation
    entry: ledger.Entry
    words: Words
    path: list[Stop]
    next_steps: list[InvitationState]
    take_back: InvitationState | None
    take_back_label: str
    letter: AskLetter | None
    answer: Answer | None
    prompt: Prompt | None
    event: LinkedEvent | None
    follows_up: Invitation | None
    may_ask_anew: bool
    may_remove: bool
    may_change: bool
    is_leader: bool
    is_closed: bool
    history: list[Line]


def entry_page(invitation: Invitation, *, reader: User, now: datetime) -> EntryPage:
    today, pledge = timezone.localdate(now), invitation.pledge
    rows, letters = list(steps_of(invitation)), list(invitation.letters.all())
    entry = entry_of(invitation, rows, letters)
    is_leader, is_closed = pledge.leader_id == reader.pk, pledge.state == PledgeState.CLOSED
    prompt = reflection_prompt(invitation, today=today)
    unconfirmed = {step.state for step in rows if step.confirmed_at is None}
    newest = ledger.to_take_back(entry.steps)
    is_recent = any(s.state == newest and ledger.may_be_undone(s.at, now=now) for s in rows)
    may_undo = not is_closed and is_recent and (is_leader or newest in unconfirmed)
    is_theirs = is_leader or invitation.confirmed_at is None
    has_more = any(one.sent_at for one in letters) or bool(prompt and prompt.written)
    stays = ledger.why_not_remove(
        entry.steps, has_more=has_more, noted_at=invitation.created_at, now=now
    )
    later = next_of(invitation) if entry.kind == InvitationKind.SEAT else None
    return EntryPage(
        invitation=invitation,
        entry=entry,
        words=WORDS[entry.kind],
        path=path_of(invitation, rows),
        next_steps=[] if is_closed else ledger.next_steps(entry, today=today),
        take_back=newest if may_undo else None,
        take_back_label=f"Take back “{step_words(entry.kind, newest)}”" if newest else "",
        letter=next((one for one in letters if is_open(one, now)), None),
        answer=answer_of(invitation),
        prompt=prompt,
        event=linked_event(invitation, reader=reader),
        follows_up=later,
        may_ask_anew=not is_closed and may_be_asked_anew(invitation, later, today),
        may_remove=is_theirs and not is_closed and not stays,
        may_change=not is_closed
        and (is_leader or (is_theirs and not (prompt and prompt.is_public))),
        is_leader=is_leader,
        is_closed=is_closed,
        history=lines_about(invitation),
    )


def is_open(letter: AskLetter, now: datetime) -> bool:
    return links.is_open(letter.expires_at, letter.revoked_at, now)


def may_be_asked_anew(invitation: Invitation, later: Invitation | None, today: date) -> bool:
    return ledger.may_be_asked_anew(
        InvitationKind(invitation.kind),
        received_on=invitation.received_on,
        has_next=later is not None,
        today=today,
    )


def linked_event(invitation: Invitation, *, reader: User) -> LinkedEvent | None:
    """Nothing for somebody who is not a member there today."""
    gathering = invitation.gathering
    if gathering is None:
        return None
    if current_membership(user=reader, slug=gathering.organisation.slug) is None:
        return None
    count = count_on_record(gathering)
    if count is None:
        return LinkedEvent(gathering, None)
    typed_it = count.was_typed_by(reader)
    return LinkedEvent(
        gathering, show_line_up(count.line_up, audience=Audience.MEMBER, typed_it=typed_it)
    )
