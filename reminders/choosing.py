"""How the kinds of reminder stand together where somebody chooses, and how long one may pause."""

from datetime import date, timedelta

from reminders.enums import ReminderKind

KINDS_BY_SUBJECT = {
    "Work you lead or sponsor": (
        ReminderKind.ACTION_DUE,
        ReminderKind.ACTION_LATE,
        ReminderKind.DATE_ENDING,
        ReminderKind.SILENT,
        ReminderKind.CADENCE,
        ReminderKind.RETURNED,
        ReminderKind.HANDOVER,
        ReminderKind.NOT_ACCEPTED,
    ),
    "Committees and groups": (
        ReminderKind.MEETING,
        ReminderKind.PACK,
        ReminderKind.CLOSURE,
        ReminderKind.RECHECK,
        ReminderKind.ADVICE,
    ),
    "Your pledge": (
        ReminderKind.CHECK_IN_DUE,
        ReminderKind.EVENT_BEFORE,
        ReminderKind.EVENT_AFTER,
        ReminderKind.ANNIVERSARY,
    ),
    "Events you organise": (ReminderKind.ROUND_CLOSING,),
    "Your organisation": (ReminderKind.QUARTER, ReminderKind.INVITE),
}
LONGEST_PAUSE = timedelta(days=183)
NOT_AHEAD = "Choose a day still to come."
TOO_LONG = "Choose a day within six months. You can pause again then."


def why_not_pause(until: date, *, today: date) -> str:
    """`until`: the day from which reminders come again. Empty when it can be."""
    if until <= today:
        return NOT_AHEAD
    return TOO_LONG if until > today + LONGEST_PAUSE else ""
