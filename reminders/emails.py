"""The words of a reminder, and the link that stops its kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.core import signing
from django.urls import reverse

from organisations.models import Organisation, User
from outbox.rendering import Rendered, absolute_url, one_line, render_email
from reminders.enums import ReminderKind
from reminders.headings import ACTIONS, DEADLINES, HEADING_OF, LINK_WORDS
from reminders.rules import MANDATORY, RULE_OF

SALT = "reminders.unsubscribe"
# With these an email stays under 100 KB, whatever script its titles are in: mail programs cut
# longer ones, and the links at the end with them.
MOST_LINES = 20
LONGEST_TITLE = 120


@dataclass(frozen=True)
class Unsubscribe:
    """Who stops which kinds."""

    user: UUID
    kinds: tuple[ReminderKind, ...]


@dataclass(frozen=True)
class Line:
    """One thing owed, as the email says it. `url`: the whole address of its page.

    day: the day it is about. is_weekly: it has waited for the day of the week. call: what the
    subject asks for, where that is more than the detail.
    """

    kind: ReminderKind
    title: str
    detail: str
    url: str
    day: date
    figures: tuple[tuple[str, str], ...] = ()
    is_weekly: bool = False
    call: str = ""


@dataclass(frozen=True)
class Section:
    """`heading`: empty where an email has no more than one."""

    heading: str
    lines: tuple[Line, ...]


def daily_email(
    *, user: User, organisation: Organisation | None, lines: Sequence[Line], today: date
) -> tuple[Rendered, dict[str, str]]:
    """One email for everything due to one person in one organisation, with its headers."""
    kinds = {line.kind for line in lines}
    place = shortened(organisation.name) if organisation else ""
    can_stop = not kinds <= MANDATORY
    stop = absolute_url(reverse("unsubscribe", args=[token_for(user, kinds)]))
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    context = {
        **words(lines, place),
        "place": place,
        "name": one_line(user.display_name),
        "sections": sections(lines, today=today),
        "is_one": len(lines) == 1,
        "more": max(len(lines) - MOST_LINES, 0),
        "link": lines[0].url if len(lines) == 1 else absolute_url(reverse("me")),
        "choices": absolute_url(reverse("my_emails")),
        "stop": stop if can_stop else "",
        "why": sorted({RULE_OF[kind].why_mandatory for kind in kinds & MANDATORY}),
        "is_about_actions": bool(kinds & ACTIONS),
    }
    return render_email("reminders", context), headers if can_stop else {}


def words(lines: Sequence[Line], place: str) -> dict[str, str]:
    """The subject says what to do, or how many things where there are several.

    The place stands between `intro` and `intro_end`, where HTML can keep its direction apart.
    """
    count, at = len(lines), f" at {place}" if place else ""
    if {line.kind for line in lines} == {ReminderKind.QUARTER}:
        link = LINK_WORDS[ReminderKind.QUARTER]
        return {
            "subject": f"The last quarter{at or ': your pledge'}",
            "intro": "This is how the last quarter went",
            "intro_end": ".",
            "link_words": link if count == 1 else "Go to My work",
        }
    if count == 1:
        return {
            "subject": subject_of_one(lines[0]),
            "intro": "This is waiting for you",
            "intro_end": ".",
            "link_words": LINK_WORDS[lines[0].kind],
        }
    if any(line.is_weekly for line in lines):
        return {
            "subject": f"Your week{at}: {count} things",
            "intro": "This is your week",
            "intro_end": f": {count} things.",
            "link_words": "Go to My work",
        }
    return {
        "subject": f"{count} things need you{at}",
        "intro": f"{count} things are waiting for you",
        "intro_end": ".",
        "link_words": "Go to My work",
    }


def subject_of_one(line: Line) -> str:
    """What to do with what; once, where the first names the second."""
    title, call = shortened(line.title), line.call or line.detail
    return call if title.lower() in call.lower() else f"{call}: {title}"


def sections(lines: Iterable[Line], *, today: date) -> list[Section]:
    """What is late first, then by day; things of several sorts under headings of their own.

    No more lines than `MOST_LINES`; the most pressing are those that stay.
    """
    shown = [short(line) for line in sorted(lines, key=lambda line: urgency(line, today))]
    by_heading: dict[str, list[Line]] = {}
    for line in shown[:MOST_LINES]:
        by_heading.setdefault(HEADING_OF[line.kind], []).append(line)
    if len(by_heading) == 1:
        return [Section("", tuple(found)) for found in by_heading.values()]
    return [Section(heading, tuple(found)) for heading, found in by_heading.items()]


def urgency(line: Line, today: date) -> tuple[bool, bool, date, str]:
    """A look back comes last."""
    is_late = line.kind in DEADLINES and line.day < today
    return line.kind == ReminderKind.QUARTER, not is_late, line.day, line.title


def short(line: Line) -> Line:
    return replace(line, title=shortened(line.title))


def shortened(text: str) -> str:
    """On one line, and no longer than anybody reads."""
    line = one_line(text)
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"


def token_for(user: User, kinds: Iterable[ReminderKind]) -> str:
    """For the kinds that may be stopped."""
    wanted = sorted(kind.value for kind in kinds if kind not in MANDATORY)
    return signing.dumps([str(user.id), wanted], salt=SALT)


def read_token(token: str) -> Unsubscribe | None:
    """None for anything we did not sign. A link in an old email keeps working."""
    try:
        user, kinds = signing.loads(token, salt=SALT)
        return Unsubscribe(UUID(user), tuple(ReminderKind(kind) for kind in kinds))
    except (signing.BadSignature, ValueError):
        return None
