"""Paying what is owed: one email for each person and organisation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import QuerySet

from organisations.enums import Nation
from outbox.actions import is_address, new_email, queue_emails
from outbox.enums import Kind
from outbox.failpoints import failpoint
from outbox.models import Email, Heartbeat
from outbox.rendering import absolute_url
from reminders.emails import Line, daily_email
from reminders.enums import Audience, ReminderKind
from reminders.holidays import bank_holidays
from reminders.lines import LINES, About
from reminders.models import Reminder
from reminders.queries import PLAN, unpaid
from reminders.schedule import is_digest_day, start_of
from reminders.words import asks, calls

logger = structlog.get_logger(__name__)

PEOPLE = 200
"""In one transaction: so much work is lost where it breaks, and is done again."""


def compose_due(*, today: date, now: datetime) -> int:
    """Until nobody is left; how many emails were queued."""
    queued, after = 0, None
    while True:
        made, after = compose_batch(today=today, now=now, after=after)
        queued += made
        failpoint("after_composing_commit")
        if after is None:
            return queued


@transaction.atomic
def compose_batch(
    *, today: date, now: datetime, after: UUID | None = None
) -> tuple[int, UUID | None]:
    """For the next people in the order of their ids: how many emails, and the last of them.

    The row of the last planning is the lock: of two at the same moment one does nothing.
    """
    if locked_planning().first() is None:
        return 0, None
    waiting = unpaid(today)
    people = next_people(waiting, after=after)
    if not people:
        return 0, None
    rows = waiting.filter(user__in=people).select_related("user", "organisation")
    rows = rows.select_for_update(of=("self",))
    groups: dict[object, list[Reminder]] = defaultdict(list)
    for reminder in reachable(rows.order_by("due_date", "dedupe_key"), now=now):
        groups[reminder.user_id, reminder.organisation_id].append(reminder)
    return pay(groups.values(), today=today, now=now), people[-1]


def locked_planning() -> QuerySet[Heartbeat]:
    return Heartbeat.objects.select_for_update(skip_locked=True).filter(name=PLAN)


def next_people(waiting: QuerySet[Reminder], *, after: UUID | None) -> list[UUID]:
    later = waiting if after is None else waiting.filter(user__gt=after)
    return list(later.order_by("user").values_list("user", flat=True).distinct()[:PEOPLE])


def pay(groups: Iterable[Sequence[Reminder]], *, today: date, now: datetime) -> int:
    """Queue one email for each; what is about something that is gone is left out."""
    groups = [*groups]
    about = subjects_of(reminder for group in groups for reminder in group)
    emails, paid = [], []
    for group in groups:
        known = [each for each in group if each.subject_id in about[ReminderKind(each.kind)]]
        if known:
            emails.append(email_for(known, about=about, today=today, now=now))
            paid += known
    failpoint("while_composing")
    queued = queue_emails(emails)
    Reminder.objects.bulk_update(
        [each for each in paid if each.email_id in queued], ["email"], batch_size=1000
    )
    failpoint("before_composing_commit")
    return len(queued)


def subjects_of(reminders: Iterable[Reminder]) -> Mapping[ReminderKind, Mapping[UUID, About]]:
    """One query for each kind there is."""
    wanted: dict[ReminderKind, set[UUID]] = defaultdict(set)
    for each in reminders:
        wanted[ReminderKind(each.kind)].add(each.subject_id)
    return {kind: LINES[kind](subjects) for kind, subjects in wanted.items()}


def reachable(reminders: Iterable[Reminder], *, now: datetime) -> list[Reminder]:
    """Without those of people whose address is none: one of them must not stop everybody's.

    They stay owed, so that they leave once the address has been put right. Said when they were
    just planned, not each minute.
    """
    rows = [*reminders]
    lost = {row.user_id for row in rows if not is_address(row.user.email)}
    for user_id in {row.user_id for row in rows if row.created_at == now} & lost:
        logger.error("reminder_has_no_address", user_id=str(user_id))
    return [row for row in rows if row.user_id not in lost]


def email_for(
    reminders: Sequence[Reminder],
    *,
    about: Mapping[ReminderKind, Mapping[UUID, About]],
    today: date,
    now: datetime,
) -> Email:
    """Unsaved, for all of them: good until the first of them is out of date.

    They are locked and unpaid, so its key need only be its own.
    """
    user, organisation = reminders[0].user, reminders[0].organisation
    lines = [
        line_of(each, about[ReminderKind(each.kind)][each.subject_id], today=today)
        for each in reminders
    ]
    rendered, headers = daily_email(user=user, organisation=organisation, lines=lines, today=today)
    email = new_email(
        kind=Kind.REMINDERS,
        dedupe_key=f"reminders:{reminders[0].pk}:{now.isoformat()}",
        to_address=user.email,
        to_user=user,
        organisation=organisation,
        rendered=rendered,
        headers=headers,
        now=now,
        not_after=start_of(min(each.until for each in reminders)),
    )
    for reminder in reminders:
        reminder.email = email
    return email


def is_their_digest_day(reminder: Reminder, *, today: date) -> bool:
    home = reminder.organisation
    nation = Nation(home.nation) if home else Nation.ENGLAND
    return is_digest_day(today, bank_holidays(nation, today.year))


def line_of(reminder: Any, about: About, *, today: date) -> Line:
    kind = ReminderKind(reminder.kind)
    return Line(
        kind=kind,
        title=about.title,
        detail=asks(kind, Audience(reminder.audience), reminder.due_date, today=today),
        url=absolute_url(about.path),
        day=reminder.due_date,
        figures=about.figures,
        is_weekly=reminder.is_weekly and is_their_digest_day(reminder, today=today),
        call=calls(kind, Audience(reminder.audience), reminder.due_date),
    )
