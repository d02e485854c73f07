"""Facts for the planner, and what a person sees of their own work and mail."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import holidays
from django.core.paginator import Page
from django.db.models import Q, QuerySet

from commitments import rhythm
from commitments.enums import PledgeState
from commitments.models import Pledge
from commitments.queries import check_ins_due
from organisations.enums import Nation
from organisations.models import Organisation, User
from outbox.enums import Kind
from outbox.enums import State as MailState
from outbox.models import Email
from outbox.queries import last_heartbeat, oldest_due, sent_mail_of
from recommendations.queries import actions_to_do
from reminders.enums import Choice, ReminderKind
from reminders.models import Preference, Reminder
from reminders.schedule import LOOK_AHEAD, ActionFact, CheckInFact, Due, OptOuts, due_on
from ui.paging import page_of

TICK = "tick"
PLAN = "plan"
# Seconds. A tick comes every minute, and each delivers.
MAIL_MAY_WAIT = 300
TICK_MAY_WAIT = 180


@cache
def bank_holidays(nation: Nation, year: int) -> frozenset[date]:
    """The bank holidays of one nation, with the years on either side for moves across New Year."""
    return frozenset(
        holidays.country_holidays("GB", subdiv=nation.value, years=[year - 1, year, year + 1])
    )


def due_today(today: date) -> list[Due]:
    """Everything due to everybody: five queries, however many people."""
    actions, check_ins, opted_out = action_facts(today), check_in_facts(today), opt_outs()
    return [
        due
        for nation in Nation
        for due in due_on(
            today,
            actions=actions[nation],
            check_ins=check_ins[nation],
            holidays=bank_holidays(nation, today.year),
            opted_out=opted_out,
        )
    ]


def action_facts(today: date) -> dict[Nation, list[ActionFact]]:
    rows = actions_to_do().filter(accepted_by__isnull=False, target_date__lte=today + LOOK_AHEAD)
    facts = defaultdict(list)
    for nation, organisation, pk, title, lead, target in rows.values_list(
        "recommendation__organisation__nation",
        "recommendation__organisation_id",
        "id",
        "title",
        "responsible_owner_id",
        "target_date",
    ).order_by("target_date", "id"):
        assert target is not None
        fact = ActionFact(pk, title, lead, organisation, target, accepted=True, proven=False)
        facts[Nation(nation)].append(fact)
    return facts


def check_in_facts(today: date) -> dict[Nation, list[CheckInFact]]:
    facts = defaultdict(list)
    due: QuerySet[Any] = check_ins_due(today).filter(leader__is_active=True)
    for pledge in due:
        nation = Nation(pledge.organisation.nation if pledge.organisation else Nation.ENGLAND)
        facts[nation].append(
            CheckInFact(
                pledge=pledge.id,
                title=rhythm.period_between(pledge.period, pledge.opened_on).words,
                leader=pledge.leader_id,
                organisation=pledge.organisation_id,
                period=pledge.period,
                opens_on=pledge.opened_on,
                closes_on=pledge.closes_on,
            )
        )
    return facts


def opt_outs() -> OptOuts:
    rows = Preference.objects.filter(choice=Choice.OFF).values_list("user_id", "kind")
    return {(user, ReminderKind(kind)) for user, kind in rows}


def owed(due: Mapping[str, Due]) -> list[Reminder]:
    """Rows that no email pays, or one that came too late to be sent; locked, so paid once."""
    if not due:
        return []
    rows = (
        Reminder.objects.filter(Q(email=None) | Q(email__state=MailState.CANCELLED))
        .filter(due_date__gte=min(item.on for item in due.values()))
        .select_related("user", "organisation")
        .select_for_update(of=("self",))
    )
    return [row for row in rows.order_by("due_date", "id") if row.dedupe_key in due]


@dataclass(frozen=True)
class Health:
    """In seconds: how long the oldest due email has waited, and how long ago the last tick was."""

    mail_waiting: int | None
    last_tick: int | None

    @property
    def is_ready(self) -> bool:
        return (self.mail_waiting or 0) <= MAIL_MAY_WAIT and (
            self.last_tick is not None and self.last_tick <= TICK_MAY_WAIT
        )


@dataclass(frozen=True)
class MailRow:
    """An email in the list of those sent, with what may be done about it."""

    email: Email
    can_be_sent_again: bool
    can_be_made_anew: bool


def drafts_of(user: User) -> QuerySet[Pledge]:
    return Pledge.objects.filter(leader=user, state=PledgeState.DRAFT).order_by("-created_at")


def preferences_of(user: User) -> dict[ReminderKind, bool]:
    """For every kind whether it comes by email; no row means that it does."""
    off = set(user.mail_preferences.filter(choice=Choice.OFF).values_list("kind", flat=True))
    return {kind: kind.value not in off for kind in ReminderKind}


def recent_reminders_of(user: User, *, number: str | None) -> Page[Reminder]:
    reminders = user.reminders.select_related("email", "organisation")
    return page_of(reminders.order_by("-created_at", "-id"), number)


def sent_mail_page(
    organisation: Organisation, *, state: MailState | None, number: str | None
) -> Page[Email]:
    return page_of(sent_mail_of(organisation, state=state), number)


def mail_row(email: Email, *, now: datetime) -> MailRow:
    failed = email.state in {MailState.FAILED, MailState.SUPPRESSED}
    return MailRow(
        email=email,
        can_be_sent_again=email.can_be_sent_again(now=now),
        can_be_made_anew=failed and email.kind == Kind.MEMBER_INVITE,
    )


def health(now: datetime) -> Health:
    """Raises a database error where there is no database to ask."""
    return Health(
        mail_waiting=seconds_since(oldest_due(now), now), last_tick=seconds_since(last_tick(), now)
    )


def last_tick() -> datetime | None:
    return last_heartbeat(TICK)


def seconds_since(then: datetime | None, now: datetime) -> int | None:
    return None if then is None else int((now - then).total_seconds())
