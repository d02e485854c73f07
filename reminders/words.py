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


def asks(kind: ReminderKind, audience: Audience, anchor: date, *, today: date) -> str:
    if kind == ReminderKind.ACTION_DUE:
        return f"{when(anchor, today=today)} {in_full(anchor)}"
    words = ASKS.get((kind, audience)) or ASKS[kind]
    return words.format(day=in_full(anchor))


def when(day: date, *, today: date) -> str:
    if day < today:
        return "Was due on"
    return "Due today," if day == today else "Due on"
