"""Planning what is owed, and how people want to hear of it."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from organisations.models import User
from organisations.tokens import derived_token, digest
from outbox.actions import beat, cancel_queued, send_again
from outbox.enums import State
from outbox.failpoints import failpoint
from outbox.models import Email, Heartbeat
from reminders import queries
from reminders.composing import compose_due
from reminders.due import plan_step, steps, withdraw_step
from reminders.emails import Unsubscribe
from reminders.enums import Choice, ReminderKind
from reminders.models import CalendarFeed, MailPause, Preference, Reminder
from reminders.personal_calendar import PURPOSE
from reminders.rules import MANDATORY
from reminders.schedule import is_time_to_plan, london_date

NEVER = datetime(2000, 1, 1, tzinfo=UTC)
NOT_WANTED = "Stopped or paused by the person it was for."
NO_LONGER_DUE = "No longer due: it was done, moved or given to somebody else."


def remind(*, now: datetime) -> int:
    """All that a tick does for reminders; how many emails were queued.

    What no longer holds is withdrawn before more is planned. Whatever breaks half-way is taken up
    by the next tick: planning is done once a day, and what nobody has been told of waits as rows.
    """
    today = london_date(now)
    withdraw_stale(today=today, now=now)
    plan_if_due(now=now)
    failpoint("after_planning_commit")
    planned_at = queries.last_planned()
    if planned_at is None or london_date(planned_at) < today:
        return 0
    return compose_due(today=today, now=now)


@transaction.atomic
def plan_if_due(*, now: datetime) -> int:
    """Write down today's reminders unless that is done; how many are new.

    The row of the last run is the lock: a second tick at the same moment does nothing.
    """
    last = _lock_planning()
    hour = settings.REMINDERS_HOUR
    if last is None or not is_time_to_plan(now, hour=hour, last_planned=last.at):
        return 0
    planned = plan_reminders(today=london_date(now), now=now)
    beat(queries.PLAN, now=now)
    failpoint("before_planning_commit")
    return planned


def _lock_planning() -> Heartbeat | None:
    """None while another tick has it."""
    Heartbeat.objects.bulk_create([Heartbeat(name=queries.PLAN, at=NEVER)], ignore_conflicts=True)
    lock = Heartbeat.objects.select_for_update(skip_locked=True).filter(name=queries.PLAN)
    return lock.first()


@transaction.atomic
def plan_reminders(*, today: date, now: datetime) -> int:
    """One statement for each kind and audience. Whatever is known stays as it is."""
    return sum(plan_step(step, today=today, now=now) for step in steps())


@transaction.atomic
def withdraw_stale(*, today: date, now: datetime) -> int:
    """Take back what waits and no longer holds; the rest of its email is paid by another.

    Two ticks at the same moment would wait for each other's rows.
    """
    if not queries.waiting(today).exists() or _lock_planning() is None:
        return 0
    # Of an email that came too late: it waits again, and may hold no longer.
    queries.without_an_email(today).update(email=None)
    withdrawn = sum(withdraw_step(step, today=today, now=now) for step in steps())
    stale = Reminder.objects.filter(withdrawn_at=now).exclude(email=None).values("email")
    cancel_queued(stale, reason=NO_LONGER_DUE, now=now)
    # Somebody took the email to send it in that very moment: they were told after all.
    told = Reminder.objects.filter(withdrawn_at=now).exclude(email=None)
    told.exclude(email__state=State.CANCELLED).update(withdrawn_at=None)
    queries.without_an_email(today).update(email=None)
    return withdrawn


@transaction.atomic
def send_anew(emails: Iterable[Email], *, by: User | None, now: datetime) -> int:
    """Owe what failed once more; how many emails. What no longer holds is left out.

    The new email stands for the reminders of the old one, so that it is taken back with them.
    """
    owed = []
    for email in emails:
        again = send_again(email, by=by, now=now)
        if again is not None:
            Reminder.objects.filter(email=email).update(email=again)
            owed.append(again.pk)
    withdraw_stale(today=london_date(now), now=now)
    return Email.objects.filter(pk__in=owed).exclude(state=State.CANCELLED).count()


def withdraw_if_behind(now: datetime, **kwargs: object) -> None:
    """Before mail leaves, where no tick has seen to it: after hours without a worker, say."""
    last = queries.last_tick()
    if last is None or (now - last).total_seconds() > queries.TICK_MAY_WAIT:
        withdraw_stale(today=london_date(now), now=now)


@transaction.atomic
def choose_emails(*, choices: Mapping[ReminderKind, Choice], by: User, now: datetime) -> None:
    """What cannot be stopped is left as it is."""
    stopped = {kind for kind, choice in choices.items() if choice == Choice.OFF} - MANDATORY
    cancel_waiting(Reminder.objects.filter(user=by, kind__in=stopped), now=now)
    Preference.objects.bulk_create(
        [
            Preference(user=by, kind=kind, choice=choice)
            for kind, choice in choices.items()
            if kind not in MANDATORY
        ],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["choice"],
    )


def cancel_waiting(reminders: QuerySet[Reminder], *, now: datetime) -> None:
    """What else an email of theirs was to say is paid by another."""
    waiting = reminders.filter(email__state=State.QUEUED)
    cancel_queued(waiting.values("email"), reason=NOT_WANTED, now=now)


@transaction.atomic
def pause_reminders(*, until: date, by: User, now: datetime) -> None:
    """`until`: the day from which they come again."""
    cancel_waiting(Reminder.objects.filter(user=by).exclude(kind__in=MANDATORY), now=now)
    MailPause.objects.update_or_create(user=by, defaults={"until": until})


def resume_reminders(*, by: User) -> None:
    MailPause.objects.filter(user=by).delete()


@transaction.atomic
def make_calendar(*, by: User, now: datetime) -> CalendarFeed:
    """A new address; the one before opens nothing from now on."""
    end_calendar(by=by, now=now)
    key = uuid4()
    return CalendarFeed.objects.create(
        id=key, user=by, token_sha256=digest(derived_token(PURPOSE, key)), made_at=now
    )


@transaction.atomic
def end_calendar(*, by: User, now: datetime) -> None:
    """Two requests at once end it once: the person's own row is the lock."""
    User.objects.select_for_update().get(pk=by.pk)
    by.calendar_feeds.filter(ended_at=None).update(ended_at=now)


def unsubscribe(request: Unsubscribe, *, now: datetime) -> None:
    """Does nothing for somebody whose account is gone."""
    for user in User.objects.filter(id=request.user):
        choose_emails(choices=dict.fromkeys(request.kinds, Choice.OFF), by=user, now=now)
