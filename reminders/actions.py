"""Planning what is owed, and how people want to hear of it."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import structlog
from django.conf import settings
from django.db import transaction

from organisations.models import User
from outbox.actions import beat, is_address, new_email, queue_emails
from outbox.enums import Kind
from outbox.models import Email, Heartbeat
from reminders import queries
from reminders.emails import Unsubscribe, daily_email
from reminders.enums import Choice, ReminderKind
from reminders.models import Preference, Reminder
from reminders.schedule import Due, is_time_to_plan, london_date, start_of

logger = structlog.get_logger(__name__)

BATCH = 1000
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@transaction.atomic
def plan_if_due(*, now: datetime) -> int:
    """Plan today's reminders unless that is done; how many emails were queued.

    The row of the last run is the lock: a second tick at the same moment does nothing.
    """
    Heartbeat.objects.bulk_create([Heartbeat(name=queries.PLAN, at=NEVER)], ignore_conflicts=True)
    lock = Heartbeat.objects.select_for_update(skip_locked=True).filter(name=queries.PLAN)
    last = lock.first()
    hour = settings.REMINDERS_HOUR
    if last is None or not is_time_to_plan(now, hour=hour, last_planned=last.at):
        return 0
    queued = plan_reminders(today=london_date(now), now=now)
    beat(queries.PLAN, now=now)
    return queued


@transaction.atomic
def plan_reminders(*, today: date, now: datetime) -> int:
    """Write down what is due and owe one email per person and organisation for it.

    Works in sets. Whatever was written down before stays as it is, so twice is once.
    """
    due = {item.key: item for item in queries.due_today(today)}
    Reminder.objects.bulk_create(
        (reminder_for(item, today=today, now=now) for item in due.values()),
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    groups: dict[object, list[Reminder]] = defaultdict(list)
    for reminder in reachable(queries.owed(due)):
        groups[reminder.user_id, reminder.organisation_id].append(reminder)
    queued = queue_emails([pay(group, due=due, today=today, now=now) for group in groups.values()])
    paid = [row for group in groups.values() for row in group if row.email_id in queued]
    Reminder.objects.bulk_update(paid, ["email", "planned_for"], batch_size=BATCH)
    return len(queued)


def reminder_for(due: Due, *, today: date, now: datetime) -> Reminder:
    return Reminder(
        dedupe_key=due.key,
        kind=due.kind,
        user_id=due.user,
        organisation_id=due.organisation,
        subject_id=due.subject,
        due_date=due.on,
        planned_for=today,
        created_at=now,
    )


def reachable(reminders: Sequence[Reminder]) -> list[Reminder]:
    """Without those of people whose address is none: one of them must not stop everybody's.

    They stay owed, so that they leave on the day after the address has been put right.
    """
    lost = {row.user_id for row in reminders if not is_address(row.user.email)}
    for user_id in lost:
        logger.error("reminder_has_no_address", user_id=str(user_id))
    return [row for row in reminders if row.user_id not in lost]


def key_for(reminders: Sequence[Reminder], *, today: date) -> str:
    """Names what the email pays: a second one on the same day, for other things, is another."""
    first = reminders[0]
    keys = "\n".join(sorted(row.dedupe_key for row in reminders))
    paid = hashlib.sha256(keys.encode()).hexdigest()[:16]
    return f"reminders:{first.user_id}:{first.organisation_id or '-'}:{today}:{paid}"


def pay(
    reminders: Sequence[Reminder], *, due: Mapping[str, Due], today: date, now: datetime
) -> Email:
    """The unsaved email for all of them, good until the first of them is out of date."""
    user, organisation = reminders[0].user, reminders[0].organisation
    items = [due[reminder.dedupe_key] for reminder in reminders]
    rendered, headers = daily_email(user=user, organisation=organisation, due=items, today=today)
    email = new_email(
        kind=Kind.REMINDERS,
        dedupe_key=key_for(reminders, today=today),
        to_address=user.email,
        to_user=user,
        organisation=organisation,
        rendered=rendered,
        headers=headers,
        now=now,
        not_after=start_of(min(item.until for item in items)),
    )
    for reminder in reminders:
        reminder.email, reminder.planned_for = email, today
    return email


@transaction.atomic
def choose_emails(*, choices: Mapping[ReminderKind, bool], by: User) -> None:
    """`choices`: for each kind whether it comes by email."""
    Preference.objects.bulk_create(
        [
            Preference(user=by, kind=kind, choice=Choice.AT_ONCE if wanted else Choice.OFF)
            for kind, wanted in choices.items()
        ],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["choice"],
    )


def unsubscribe(request: Unsubscribe) -> None:
    """Does nothing for somebody whose account is gone."""
    for user in User.objects.filter(id=request.user):
        choose_emails(choices=dict.fromkeys(request.kinds, False), by=user)
