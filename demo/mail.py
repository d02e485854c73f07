"""Email of the past months, so that the page of sent mail has something to show."""

from datetime import timedelta

from django.db.models import F

from demo.days import Days
from demo.people import Cast
from outbox.enums import Kind, State
from outbox.models import Email

# Person, days ago, subject. Addresses end in .example, which reaches nobody.
SENT = (
    ("associate-director", 372, "Due in 7 days: Agree one leadership plan"),
    ("chief-executive", 330, "Your check-in is open"),
    ("temitope-bankole", 300, "You have been named as lead"),
    ("associate-director", 277, "Due in 30 days: Add equality objectives to the forms"),
    ("chief-executive", 240, "Your check-in is open"),
    ("bronwen-parry", 210, "You lead two actions"),
    ("executive-sponsor", 180, "Your check-in is open"),
    ("isla-farquhar", 105, "Due in 30 days: Put a tailored counselling offer in place"),
    ("ewan-galbraith", 68, "Due in 30 days: Decide who oversees assessments"),
    ("isla-farquhar", 68, "7 days past its date: Put a tailored counselling offer in place"),
    ("ewan-galbraith", 45, "Due in 7 days: Decide who oversees assessments"),
    ("chief-executive", 30, "Your check-in is open"),
    ("associate-director", 23, "Due in 30 days: Cover equality at each board meeting"),
    ("kettlewell-suresh-pillai", 117, "Due in 7 days: Put pay and travel in advertisements"),
    ("kettlewell-chief-executive", 30, "Your check-in is open"),
    ("bridge-director", 54, "Your check-in is open"),
)
NOT_DELIVERED = ("marlon-gayle", 41, "You have been named as lead")


def send_what_waits(days: Days) -> None:
    """What the story queued on its way reached nobody; words with a link in them are forgotten."""
    waiting = Email.objects.filter(
        state=State.QUEUED, to_address__endswith=".example", created_at__lt=days.now
    )
    secret = [kind for kind in Kind if kind.is_secret]
    waiting.filter(kind__in=secret).update(text="", html="")
    waiting.update(state=State.SENT, sent_at=F("created_at"), attempts=1)


def remember_mail(cast: Cast, days: Days) -> None:
    for key, ago, subject in SENT:
        sent = days.at(ago, 8, 2)
        email(cast, key, ago, subject, days, state=State.SENT, sent_at=sent, attempts=1)
    key, ago, subject = NOT_DELIVERED
    email(
        cast,
        key,
        ago,
        subject,
        days,
        state=State.FAILED,
        attempts=8,
        last_error="451 4.2.2 The mailbox is full",
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
