"""What a reminder asks, in a few plain words."""

from datetime import date

from reminders.enums import Audience, ReminderKind
from ui.dates import in_full

# By kind, and by audience where they differ; {day} is the day it is about.
ASKS: dict[ReminderKind | tuple[ReminderKind, Audience], str] = {
    ReminderKind.ACTION_LATE: "Due on {day} and not shown to be done",
    ReminderKind.DATE_ENDING: "The last day to ask for a later date is {day}",
    ReminderKind.SILENT: "An update is owed",
    ReminderKind.NOT_ACCEPTED: "Waiting for your yes or no",
    (ReminderKind.NOT_ACCEPTED, Audience.SPONSOR): "Nobody has taken this on yet",
    ReminderKind.HANDOVER: "Its lead has left: ask somebody else",
    ReminderKind.CLOSURE: "Closing waits for a decision",
    ReminderKind.RETURNED: "Not yet, said the committee on {day}",
    ReminderKind.RECHECK: "Time to look again",
    ReminderKind.CADENCE: "This should have taken place by {day}",
    ReminderKind.MEETING: "A meeting on {day}",
    ReminderKind.PACK: "The pack is ready to read",
    ReminderKind.ADVICE: "Advice is owed an answer before {day}",
    ReminderKind.CHECK_IN_DUE: "Check in on your pledge",
    ReminderKind.EVENT_BEFORE: "Ask who will be at the table on {day}",
    ReminderKind.EVENT_AFTER: "It was on {day}. Note what came of it",
    ReminderKind.ROUND_CLOSING: "The last day of asking is {day}",
    ReminderKind.ANNIVERSARY: "A year on: look at your pledge again",
    ReminderKind.QUARTER: "A look back at the last quarter",
    ReminderKind.INVITE: "Invited on {day} and not here yet",
}

# What the subject of an email about it alone asks for, where `ASKS` says only how things stand.
CALLS: dict[ReminderKind | tuple[ReminderKind, Audience], str] = {
    ReminderKind.ACTION_LATE: "Ask what is holding this up",
    ReminderKind.DATE_ENDING: "Ask by {day} if you need a later date",
    ReminderKind.SILENT: "Post an update",
    ReminderKind.NOT_ACCEPTED: "Say yes or no",
    (ReminderKind.NOT_ACCEPTED, Audience.SPONSOR): "Ask again, or ask somebody else",
    ReminderKind.HANDOVER: "Ask somebody else to lead this",
    ReminderKind.CLOSURE: "Decide whether this can be closed",
    ReminderKind.RETURNED: "Read what the committee said",
    ReminderKind.RECHECK: "Look again at what was closed",
    ReminderKind.CADENCE: "Record this, or say why it has not taken place",
    (ReminderKind.CADENCE, Audience.SPONSOR): "Ask why this has not taken place",
    ReminderKind.MEETING: "Get ready for the meeting on {day}",
    ReminderKind.PACK: "Read the pack",
    ReminderKind.ADVICE: "Answer this advice before {day}",
    ReminderKind.EVENT_AFTER: "Note what came of it",
    ReminderKind.ROUND_CLOSING: "Asking ends on {day}. Go on for longer if you need to",
    ReminderKind.INVITE: "An invitation to join is still open. Send it anew, or take it back",
}


def calls(kind: ReminderKind, audience: Audience, anchor: date) -> str:
    """Nothing where the detail says it already."""
    words = CALLS.get((kind, audience)) or CALLS.get(kind, "")
    return words.format(day=in_full(anchor))


def asks(kind: ReminderKind, audience: Audience, anchor: date, *, today: date) -> str:
    if kind == ReminderKind.ACTION_DUE:
        return f"{when(anchor, today=today)} {in_full(anchor)}"
    words = ASKS.get((kind, audience)) or ASKS[kind]
    return words.format(day=in_full(anchor))


def when(day: date, *, today: date) -> str:
    if day < today:
        return "Was due on"
    return "Due today," if day == today else "Due on"
