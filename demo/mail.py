"""Email of the past months, so that the page of sent mail has something to show."""

from datetime import timedelta

from django.db.models import F

from demo.days import Days
from demo.people import Cast
from outbox.enums import Kind, State
from outbox.models import Email
from reminders.actions import plan_reminders
from reminders.enums import ReminderKind
from reminders.rules import RULE_OF
from reminders.words import asks

DUE, LATE, ASKED = ReminderKind.ACTION_DUE, ReminderKind.ACTION_LATE, ReminderKind.NOT_ACCEPTED
CHECK_IN, SILENT, MEETING = ReminderKind.CHECK_IN_DUE, ReminderKind.SILENT, ReminderKind.MEETING
# Person, days ago, kind, days from the day it is about, title. Addresses end in .example, which
# reaches nobody.
SENT = (
    ("associate-director", 372, DUE, -7, "Agree one leadership plan"),
    ("chief-executive", 330, CHECK_IN, 0, "Your pledge"),
    ("temitope-bankole", 300, ASKED, 3, "Look at who is promoted"),
    ("associate-director", 277, DUE, -30, "Add equality objectives to the forms"),
    ("chief-executive", 240, CHECK_IN, 0, "Your pledge"),
    ("bronwen-parry", 210, DUE, -30, "Tell staff what changed"),
    ("executive-sponsor", 180, LATE, 14, "Agree one leadership plan"),
    ("isla-farquhar", 105, DUE, -30, "Put a tailored counselling offer in place"),
    ("ewan-galbraith", 68, DUE, -30, "Decide who oversees assessments"),
    ("isla-farquhar", 68, DUE, 7, "Put a tailored counselling offer in place"),
    ("ewan-galbraith", 45, DUE, -7, "Decide who oversees assessments"),
    ("chief-executive", 30, CHECK_IN, 0, "Your pledge"),
    ("coordinator", 26, MEETING, -7, "Accountability committee"),
    ("associate-director", 23, DUE, -30, "Cover equality at each board meeting"),
    ("associate-director", 16, SILENT, 0, "Cover equality at each board meeting"),
    ("kettlewell-suresh-pillai", 117, DUE, -7, "Put pay and travel in advertisements"),
    ("kettlewell-chief-executive", 30, CHECK_IN, 0, "Your pledge"),
    ("bridge-director", 54, CHECK_IN, 0, "Your pledge"),
)
NOT_DELIVERED = ("marlon-gayle", 41, ASKED, 3, "Speak with the staff network")


def send_what_waits(days: Days) -> None:
    """What the story queued on its way reached nobody; words with a link in them are forgotten."""
    waiting = Email.objects.filter(
        state=State.QUEUED, to_address__endswith=".example", created_at__lt=days.now
    )
    secret = [kind for kind in Kind if kind.is_secret]
    waiting.filter(kind__in=secret).update(text="", html="")
    waiting.update(state=State.SENT, sent_at=F("created_at"), attempts=1)


def remember_mail(cast: Cast, days: Days) -> None:
    for told in SENT:
        sent = {"state": State.SENT, "sent_at": days.at(told[1], 8, 2), "attempts": 1}
        remind(cast, days, *told, **sent)
    full = {"state": State.FAILED, "attempts": 8, "last_error": "451 4.2.2 The mailbox is full"}
    remind(cast, days, *NOT_DELIVERED, **full)
    # What is due today waits for the next tick, as on any morning.
    plan_reminders(today=days.today, now=days.now)


def remind(
    cast: Cast, days: Days, key: str, ago: int, kind: ReminderKind, rung: int, title: str,
    **how_it_went: object,
) -> None:  # fmt: skip
    from tests.factories.reminders import ReminderFactory

    audience = RULE_OF[kind].ladders[0].audience
    planned_for = days.on(ago)
    day = planned_for - timedelta(days=rung)
    detail = asks(kind, audience, day, today=planned_for)
    sent = email(cast, key, ago, f"{detail}: {title}", days, **how_it_went)
    ReminderFactory.create(
        dedupe_key=f"demo:{key}:{ago}",
        kind=kind,
        audience=audience,
        user=sent.to_user,
        organisation=sent.organisation,
        due_date=day,
        rung=rung,
        planned_for=planned_for,
        until=planned_for + timedelta(days=7),
        created_at=sent.created_at,
        email=sent,
    )


def email(cast: Cast, key: str, ago: int, subject: str, days: Days, **how_it_went: object) -> Email:
    from tests.factories.outbox import EmailFactory

    user, queued = cast[key], days.at(ago, 8)
    home = next((name for name in cast.homes if key.startswith(name)), "saltmarsh")
    made: Email = EmailFactory.create(
        organisation=cast.homes[home],
        to_user=user,
        to_address=user.email,
        kind=Kind.REMINDERS,
        dedupe_key=f"demo:{key}:{ago}",
        subject=subject,
        text=f"Hello {user.display_name}\n\n{subject}\n",
        html="",
        created_at=queued,
        not_after=queued + timedelta(days=7),
        **how_it_went,
    )
    return made
