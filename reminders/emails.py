"""The words of a reminder, and the link that stops its kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core import signing
from django.urls import reverse

from organisations.models import Organisation, User
from outbox.rendering import Rendered, absolute_url, render_email
from reminders.enums import ReminderKind
from reminders.schedule import Due
from ui.dates import in_full

SALT = "reminders.unsubscribe"


@dataclass(frozen=True)
class Unsubscribe:
    """Who stops which kinds."""

    user: UUID
    kinds: tuple[ReminderKind, ...]


@dataclass(frozen=True)
class Line:
    """One thing owed, as the email says it."""

    title: str
    detail: str


def daily_email(
    *, user: User, organisation: Organisation | None, due: Sequence[Due], today: date
) -> tuple[Rendered, dict[str, str]]:
    """One email for everything due to one person in one organisation, with its headers."""
    stop = absolute_url(reverse("unsubscribe", args=[token_for(user, due)]))
    lines = [line(item, today=today) for item in due]
    context = {
        "name": user.display_name,
        "organisation": organisation,
        "lines": lines,
        "subject": subject(lines, organisation),
        "link": absolute_url(reverse("me")),
        "choices": absolute_url(reverse("my_emails")),
        "stop": stop,
    }
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return render_email("reminders", context), headers


def subject(lines: Sequence[Line], organisation: Organisation | None) -> str:
    """What to do, or how many things where there are several."""
    if len(lines) == 1:
        return f"{lines[0].detail}: {lines[0].title}"
    place = f" at {organisation}" if organisation else ""
    return f"{len(lines)} things need you{place}"


def line(due: Due, *, today: date) -> Line:
    if due.kind == ReminderKind.CHECK_IN_DUE:
        return Line(title=due.title, detail="Check in on your pledge")
    return Line(title=due.title, detail=f"{when(due.on, today=today)} {in_full(due.on)}")


def when(day: date, *, today: date) -> str:
    if day < today:
        return "Was due on"
    return "Due today," if day == today else "Due on"


def token_for(user: User, due: Iterable[Due]) -> str:
    kinds = sorted({item.kind.value for item in due})
    return signing.dumps([str(user.id), kinds], salt=SALT)


def read_token(token: str) -> Unsubscribe | None:
    """None for anything we did not sign. A link in an old email keeps working."""
    try:
        user, kinds = signing.loads(token, salt=SALT)
        return Unsubscribe(UUID(user), tuple(ReminderKind(kind) for kind in kinds))
    except (signing.BadSignature, ValueError):
        return None
