"""How a status looks: its colours, its symbol and its usual word. Never a colour alone."""

from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from ui.icons import draw


class Look(NamedTuple):
    tone: str
    icon: str
    word: str


LOOKS: dict[str, Look] = {
    "done": Look("done", "tick", "Done"),
    "proven": Look("done", "tick", "Proven"),
    "met": Look("done", "tick", "Met"),
    "implemented": Look("done", "tick", "Implemented"),
    "accepted": Look("done", "tick", "Accepted"),
    "sent": Look("done", "tick", "Sent"),
    "activity_only": Look("on-track", "minus", "Activity only"),
    "proposed": Look("done", "hand", "Proposed for closure"),
    "on_track": Look("on-track", "arrow", "On track"),
    "in_progress": Look("on-track", "half", "In progress"),
    "accepted_in_part": Look("on-track", "half", "Accepted in part"),
    "sending": Look("on-track", "arrow", "Sending"),
    "at_risk": Look("at-risk", "warning", "At risk"),
    "off_track": Look("at-risk", "cross", "Off track"),
    "due_soon": Look("at-risk", "clock", "Due soon"),
    "slipped": Look("at-risk", "calendar", "Date moved"),
    "waiting": Look("at-risk", "clock", "Waiting"),
    "overdue": Look("overdue", "overdue", "Overdue"),
    "not_started": Look("not-started", "empty", "Not started"),
    "not_met": Look("not-started", "minus", "Not met"),
    "not_shown": Look("not-started", "minus", "Not shown to meet"),
    "not_known": Look("not-started", "question", "Not known"),
    "no_verdict": Look("not-started", "empty", "Too few to say"),
    "unconfirmed": Look("not-started", "question", "Unconfirmed"),
    "silent": Look("not-started", "silent", "Silent"),
    "returned": Look("not-started", "return", "Returned"),
    "reopened": Look("at-risk", "return", "Reopened"),
    "not_accepted": Look("not-started", "cross", "Not accepted"),
    "not_implemented": Look("not-started", "cross", "Not implemented"),
    "superseded": Look("not-started", "arrow", "Superseded"),
    "draft": Look("not-started", "empty", "Draft"),
    "closed": Look("not-started", "minus", "Closed"),
    "failed": Look("at-risk", "warning", "Failed"),
}


# typed: a safe string equals the same text from a person, and must not lend it its markup.
@lru_cache(maxsize=512, typed=True)
def status_markup(kind: str, label: str) -> SafeString:
    """An unknown kind is drawn as not known, with its own label."""
    look = LOOKS.get(kind, LOOKS["not_known"])
    return format_html(
        '<span class="status status-{}">{}{}</span>', look.tone, draw(look.icon), label or look.word
    )
