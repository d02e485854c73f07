"""Rounds of asking: opening one, reminding, closing it."""

import secrets
from datetime import date, datetime
from uuid import UUID, uuid4

import structlog
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from history.actions import record
from organisations.models import Organisation, User
from organisations.refusals import Refused
from organisations.tokens import derived_code, digest
from outbox.forgetting import forget_mail_keyed
from panels.actions.asking_mail import mail_for, queue
from panels.actions.counting import enter_declared_count
from panels.actions.locked import refuse_if_locked
from panels.audit import STANDING_GROUPS
from panels.declaring import (
    LEAST_PEOPLE,
    Counters,
    line_up,
    refusal_to_mail,
    refusal_to_remind,
    what_is_wrong_with_close,
)
from panels.enums import Definition, GatheringKind, PanelVerb, RoundOutcome
from panels.models import DeclarationRound, DeclarationToken, Gathering
from panels.queries import declaring as queries
from panels.queries.choices import choices_of

DAYS_EMAILS = "emails of a day"
logger = structlog.get_logger(__name__)


class AskingRefused(Refused):
    """People cannot be asked, or not again, or not yet."""


class StillSealedError(Refused):
    """The close is not committed, so the counters tell nothing."""


@transaction.atomic
def open_round(
    *, gathering: Gathering, closes_on: date, by: User, now: datetime
) -> DeclarationRound:
    """A link for everybody with an address, a code to print for everybody else.

    The round that is open already comes back, as after a double click. Raises AskingRefused and
    LockedError. An address that objected gets a link that nobody sends: nothing shows whose it is.
    """
    locked = Gathering.objects.select_for_update().get(pk=gathering.pk)
    already = queries.open_round_of(locked)
    if already:
        return already
    refuse_if_locked(locked)
    today = timezone.localdate(now)
    refuse_too_many(locked.organisation, queries.ways_to_ask(locked).mailed, today=today)
    latest = queries.latest_close_of(locked, today=today)
    if why := queries.why_not_to_ask(locked, today=today):
        raise AskingRefused(why)
    if why := what_is_wrong_with_close(closes_on, today=today, latest=latest):
        raise AskingRefused(why)
    asked = _add_round(locked, closes_on, today=today, by=by, now=now)
    _ask(asked, now=now)
    record(PanelVerb.ROUND_OPENED, subject=locked, organisation=locked.organisation, by=by, now=now)
    return asked


def refuse_too_many(organisation: Organisation, people: int, *, today: date) -> None:
    """Until this transaction ends, no other round of the organisation counts the day's emails."""
    with connection.cursor() as cursor:
        key = [DAYS_EMAILS, str(organisation.pk)]
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), hashtext(%s))", key)
    already = queries.asked_today(organisation, today=today)
    if why := refusal_to_mail(people, asked_today=already):
        raise AskingRefused(why)


def _add_round(
    gathering: Gathering, closes_on: date, *, today: date, by: User, now: datetime
) -> DeclarationRound:
    people = queries.people_of(gathering)
    is_standing = gathering.kind in STANDING_GROUPS
    return DeclarationRound.objects.create(
        gathering=gathering,
        as_at=today if is_standing else gathering.held_on,
        invited=people.whole,
        counts_parts=people.counts_parts,
        definition=choices_of(gathering.organisation).women_definition,
        closes_on=closes_on,
        opened_by=by,
        opened_at=now,
    )


def _ask(asked: DeclarationRound, *, now: datetime) -> None:
    to_ask = queries.people_to_ask(asked.gathering)
    if len(to_ask) != asked.invited or asked.invited < LEAST_PEOPLE:
        raise AskingRefused("The line-up changed meanwhile. Look at it, then ask again.")
    tokens = [_token(asked, each) for each in to_ask]
    # So that not even the order of the rows says whose a printed code may be.
    secrets.SystemRandom().shuffle(tokens)
    DeclarationToken.objects.bulk_create(tokens)
    queue(asked, queries.waiting_by_mail(asked), mail_for(asked, reminder=0), now=now)


def _token(asked: DeclarationRound, person: queries.ToAsk) -> DeclarationToken:
    key = uuid4()
    is_mailed = bool(person.email)
    return DeclarationToken(
        id=key,
        round=asked,
        token_sha256=digest(derived_code(queries.PURPOSE, key)),
        participant_id=person.participant if is_mailed else None,
        address_sha256=queries.address_digest(asked.gathering.organisation, person.email)
        if is_mailed
        else None,
        is_on_main_stage=asked.counts_parts and person.is_on_main_stage,
        is_on_rest=asked.counts_parts and person.is_on_rest,
        is_mailed=is_mailed,
    )


@transaction.atomic
def remind(*, asked: DeclarationRound, by: User, now: datetime) -> None:
    """The same email to everybody who was asked by email and has not answered.

    A link goes only to the address that got it first: where that was changed meanwhile, it goes to
    nobody. Raises AskingRefused. How many it went to is told to nobody.
    """
    locked = DeclarationRound.objects.select_for_update().get(pk=asked.pk)
    if locked.closed_at:
        raise AskingRefused("This round has closed.")
    today = timezone.localdate(now)
    if today > locked.closes_on:
        raise AskingRefused("The last day to answer is over.")
    if why := refusal_to_remind(locked.reminders, last_on=locked.last_reminded_on, today=today):
        raise AskingRefused(why)
    mailed = locked.tokens.filter(is_mailed=True).count()
    refuse_too_many(locked.gathering.organisation, mailed, today=today)
    locked.reminders += 1
    locked.last_reminded_on = today
    locked.save(update_fields=["reminders", "last_reminded_on"])
    mail = mail_for(locked, reminder=locked.reminders)
    queue(locked, queries.waiting_by_mail(locked), mail, now=now)
    gathering = locked.gathering
    record(
        PanelVerb.ROUND_REMINDED,
        subject=gathering,
        organisation=gathering.organisation,
        by=by,
        now=now,
    )


def close_round(*, round_id: UUID, by: User | None, now: datetime) -> RoundOutcome | None:
    """Close it; in a second transaction write what its counters hold as a new count.

    In two, because the counters open only once the close is committed. A crash in between leaves
    a round that is closed and not counted yet; so does a count that fails, and the daily run
    makes up for it. None where it was closed already. With fewer than three answers nothing is
    counted, and the counters are read by nobody, ever.
    """
    outcome = _close(round_id, by=by, now=now)
    if outcome == RoundOutcome.COUNTED:
        _try_to_count(round_id, now=now)
    return outcome


@transaction.atomic(durable=True)
def _close(round_id: UUID, *, by: User | None, now: datetime) -> RoundOutcome | None:
    asked = DeclarationRound.objects.select_related("gathering__organisation").get(pk=round_id)
    # First the gathering, as every change of it does: two of them then never wait for each other.
    Gathering.objects.select_for_update().get(pk=asked.gathering_id)
    return shut(asked, by=by, now=now)


def shut(asked: DeclarationRound, *, by: User | None, now: datetime) -> RoundOutcome | None:
    """Nobody answers any more, and whom its emails went to is forgotten. The links stay until
    the answers are counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT panels_close_round(%s, %s)", [asked.pk, now])
        (said,) = cursor.fetchone()
    if not said:
        return None
    outcome = RoundOutcome(said)
    if outcome != RoundOutcome.COUNTED:
        asked.tokens.all().delete()
    forget_mail_keyed(f"declaration:{asked.pk}:", instead=f"asked-{asked.pk}@forgotten.invalid")
    record(
        PanelVerb.ROUND_CLOSED,
        subject=asked.gathering,
        organisation=asked.gathering.organisation,
        by=by,
        now=now,
        round_outcome=outcome.value,
    )
    return outcome


def _try_to_count(round_id: UUID, *, now: datetime) -> bool:
    """Whatever becomes of it, the round is closed."""
    try:
        return count_closed_round(round_id=round_id, now=now)
    except (DatabaseError, Refused) as error:
        # Without its words: those of the database may hold counts.
        logger.error("round_not_counted", error=type(error).__name__)
        return False


@transaction.atomic(durable=True)
def count_closed_round(*, round_id: UUID, now: datetime) -> bool:
    """Of a round that has closed: once, however often it is tried. Raises StillSealedError."""
    asked = DeclarationRound.objects.select_related("gathering__organisation").get(pk=round_id)
    gathering = Gathering.objects.select_for_update().get(pk=asked.gathering_id)
    if not queries.is_to_be_counted(asked):
        return False
    count(asked, gathering, queries.opened_counters(asked), now=now)
    return True


def count(
    asked: DeclarationRound, gathering: Gathering, counters: Counters, *, now: datetime
) -> None:
    """Write the answers as a new count, and forget whom was asked."""
    if not counters:
        raise StillSealedError("The answers of this round are still closed.")
    declared = line_up(
        GatheringKind(gathering.kind),
        queries.people_of(gathering),
        counters,
        definition=Definition(asked.definition),
        some_on_both=queries.some_are_on_both(asked),
    )
    enter_declared_count(gathering=gathering, line_up=declared, as_at=asked.as_at, now=now)
    asked.tokens.all().delete()


def close_if_settled(*, round_id: UUID, now: datetime) -> None:
    """Once everybody has answered."""
    if queries.is_settled(round_id):
        close_round(round_id=round_id, by=None, now=now)


def close_due_rounds(*, now: datetime) -> int:
    """Each by itself, so that one that fails keeps no other open; how many closed."""
    closed = 0
    for pk in queries.rounds_due(timezone.localdate(now)).values_list("pk", flat=True):
        try:
            closed += close_round(round_id=pk, by=None, now=now) is not None
        except (DatabaseError, Refused) as error:
            # Without its words: those of the database may hold counts.
            logger.error("round_not_closed", error=type(error).__name__)
    return closed


def count_closed_rounds(*, now: datetime) -> int:
    """Those that were closed and not counted, because something came in between."""
    waiting = queries.rounds_to_count().values_list("pk", flat=True)
    return sum(_try_to_count(pk, now=now) for pk in list(waiting))
