"""Facts for the planner, and what a person sees of their own work and mail."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.paginator import Page
from django.db.models import Exists, OuterRef, Q, QuerySet

from commitments.enums import PledgeState
from commitments.models import Pledge
from organisations.enums import Nation
from organisations.models import Organisation, User
from outbox.enums import Kind, Phase
from outbox.enums import State as MailState
from outbox.models import Email
from outbox.queries import (
    came_back_among,
    count_put_off,
    last_heartbeat,
    last_sent,
    narrowed,
    oldest_due,
    sent_mail_of,
)
from outbox.why import why_in_words
from reminders.enums import Choice, ReminderKind
from reminders.holidays import bank_holidays
from reminders.models import MailPause, Preference, Reminder
from reminders.rules import MANDATORY, REACH
from reminders.schedule import LONDON, is_digest_day, is_working, london_date, next_digest_day
from ui.paging import page_of

TICK = "tick"
PLAN = "plan"
# Seconds. A tick comes every minute, and each delivers: one that is missed shows within a minute.
TICK_MAY_WAIT = 120
MAIL_MAY_WAIT = 60
"""While none leaves."""
MAIL_MAY_BE_BEHIND = 300
"""While others leave, as after thousands of invitations."""
PUT_OFF_MAY_WAIT = 600
MANY_PUT_OFF = 3
"""A server that has us try again later answers so to everything; a full mailbox is one address."""


def waiting(today: date) -> QuerySet[Reminder]:
    """Of use today and not on its way, or about to be.

    What waits for its day of the week or the end of a pause is looked at on that day.
    """
    rows = Reminder.objects.filter(withdrawn_at=None, until__gt=today)
    owed = Q(email__state__in=[MailState.QUEUED, MailState.CANCELLED])
    return rows.filter(owed | Q(pk__in=unpaid(today).values("pk")))


def without_an_email(today: date) -> QuerySet[Reminder]:
    """Those that still hold of an email that was cancelled, so that nobody was told."""
    cancelled = Email.objects.filter(state=MailState.CANCELLED)
    return Reminder.objects.filter(withdrawn_at=None, until__gt=today, email__in=cancelled)


def unpaid(today: date) -> QuerySet[Reminder]:
    """Of which emails are to be made today, with `is_weekly`.

    Once a week for those who chose that; not before their pause is over for those who paused,
    but for what cannot be stopped.
    """
    chosen = Preference.objects.filter(user=OuterRef("user"), kind=OuterRef("kind"))
    stopped = Exists(chosen.filter(choice=Choice.OFF))
    paused = Exists(MailPause.objects.filter(user=OuterRef("user"), until__gt=today))
    rows = Reminder.objects.filter(email=None, withdrawn_at=None, until__gt=today)
    rows = rows.annotate(is_weekly=Exists(chosen.filter(choice=Choice.DIGEST)))
    held = Q(paused) | Q(stopped) | (Q(is_weekly=True) & waits_for_its_day(today))
    return rows.exclude(has_a_day_off(today)).filter(Q(kind__in=MANDATORY) | ~held)


def at_home_in(nations: Iterable[Nation]) -> Q:
    """Every nation has its own bank holidays; what belongs to no organisation keeps England's."""
    found = [*nations]
    of_none = Q(organisation=None) if Nation.ENGLAND in found else Q(pk__in=[])
    return Q(organisation__nation__in=found) | of_none


def has_a_day_off(today: date) -> Q:
    return at_home_in(
        nation for nation in Nation if not is_working(today, bank_holidays(nation, today.year))
    )


def waits_for_its_day(today: date) -> Q:
    """What would be of no use by then does not wait."""
    waits = Q(pk__in=[])
    for day, nations in next_digest_days(today).items():
        waits |= at_home_in(nations) & ~is_over_by(day)
    return waits


def next_digest_days(today: date) -> dict[date, list[Nation]]:
    """For those whose day of the week it is not."""
    found: dict[date, list[Nation]] = defaultdict(list)
    for nation in Nation:
        days_off = bank_holidays(nation, today.year)
        if not is_digest_day(today, days_off):
            found[next_digest_day(today, days_off)].append(nation)
    return found


def is_over_by(day: date) -> Q:
    over = Q(pk__in=[])
    for (kind, audience), reach in REACH.items():
        over |= Q(kind=kind, audience=audience, due_date__lte=day - reach)
    return over


@dataclass(frozen=True)
class Health:
    """In seconds: how long the oldest due email has waited, and how long ago one left, and a tick
    ended. `plan_is_missing`: nobody has been reminded of anything today. `put_off`: of the emails
    owed for ten minutes, how many a server wants later; no more than `MANY_PUT_OFF` are counted."""

    mail_waiting: int | None
    last_sent: int | None
    last_tick: int | None
    plan_is_missing: bool
    put_off: int

    @property
    def is_ready(self) -> bool:
        ticks = self.last_tick is not None and self.last_tick <= TICK_MAY_WAIT
        return ticks and not self.mail_is_stuck and not self.plan_is_missing

    @property
    def mail_is_stuck(self) -> bool:
        if self.put_off >= MANY_PUT_OFF and not self.has_left_within(PUT_OFF_MAY_WAIT):
            return True
        leaves = self.has_left_within(MAIL_MAY_WAIT)
        return (self.mail_waiting or 0) > (MAIL_MAY_BE_BEHIND if leaves else MAIL_MAY_WAIT)

    def has_left_within(self, seconds: int) -> bool:
        return self.last_sent is not None and self.last_sent <= seconds


@dataclass(frozen=True)
class MailRow:
    """An email in the list of those sent, with what may be done about it."""

    email: Email
    can_be_sent_again: bool
    can_be_made_anew: bool
    label: str
    tag: str
    why: str


def drafts_of(user: User) -> QuerySet[Pledge]:
    return Pledge.objects.filter(leader=user, state=PledgeState.DRAFT).order_by("-created_at")


def preferences_of(user: User) -> dict[ReminderKind, Choice]:
    """How each kind comes; no row means on the day."""
    chosen = dict(user.mail_preferences.values_list("kind", "choice"))
    return {kind: Choice(chosen.get(kind.value, Choice.AT_ONCE)) for kind in ReminderKind}


def pause_of(user: User, *, today: date) -> MailPause | None:
    """None once it is over."""
    return MailPause.objects.filter(user=user, until__gt=today).first()


def recent_reminders_of(user: User, *, number: str | None) -> Page[Reminder]:
    reminders = user.reminders.select_related("email", "organisation")
    return page_of(reminders.order_by("-created_at", "-id"), number)


def sent_mail_page(
    organisation: Organisation,
    *,
    state: MailState | None,
    kind: Kind | None = None,
    to: str = "",
    number: str | None,
) -> Page[Email]:
    return page_of(narrowed(sent_mail_of(organisation, state=state), kind=kind, to=to), number)


def mail_rows(emails: Sequence[Email], *, now: datetime) -> list[MailRow]:
    back = came_back_among(emails)
    return [mail_row(one, now=now, came_back=back.get(one.pk)) for one in emails]


def mail_row(email: Email, *, now: datetime, came_back: Phase | None = None) -> MailRow:
    failed = email.state in {MailState.FAILED, MailState.SUPPRESSED}
    return MailRow(
        email=email,
        can_be_sent_again=email.can_be_sent_again(now=now),
        can_be_made_anew=failed and email.kind == Kind.MEMBER_INVITE,
        label=str((came_back or MailState(email.state)).label),
        tag="failed" if came_back else email.tag,
        why=why_in_words(email.last_error),
    )


def health(now: datetime) -> Health:
    """Raises a database error where there is no database to ask."""
    return Health(
        mail_waiting=seconds_since(oldest_due(now), now),
        last_sent=seconds_since(last_sent(), now),
        last_tick=seconds_since(last_tick(), now),
        plan_is_missing=plan_is_missing(now),
        put_off=count_put_off(
            created_before=now - timedelta(seconds=PUT_OFF_MAY_WAIT), most=MANY_PUT_OFF
        ),
    )


def plan_is_missing(now: datetime) -> bool:
    """On a working day, an hour after it should have been made."""
    today = london_date(now)
    if now.astimezone(LONDON).hour <= settings.REMINDERS_HOUR:
        return False
    planned = last_planned()
    is_late = planned is None or london_date(planned) < today
    return is_late and is_working(today, bank_holidays(Nation.ENGLAND, today.year))


def last_planned() -> datetime | None:
    return last_heartbeat(PLAN)


def last_tick() -> datetime | None:
    return last_heartbeat(TICK)


def seconds_since(then: datetime | None, now: datetime) -> int | None:
    return None if then is None else int((now - then).total_seconds())
