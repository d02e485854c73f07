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
ALWAYS = {
    "action_objected": (
        "A no to an action",
        "Nobody is reminded of it until you, as sponsor, chair or coordinator, answer.",
    ),
    "reopened_missed": (
        "A recommendation that is open again",
        "It was closed by your committee, and nobody decided to open it.",
    ),
    "reply_came": ("An answer to a letter of yours", "You asked, and the organiser answered."),
    "pledge_reported": (
        "A report about a pledge",
        "The pledge is public until somebody has looked at it.",
    ),
}
"""By the template of each: emails of one moment, to the only people who can act on them."""
LONGEST_PAUSE = timedelta(days=183)
NOT_AHEAD = "Choose a day still to come."
TOO_LONG = "Choose a day within six months. You can pause again then."


def why_not_pause(until: date, *, today: date) -> str:
    """`until`: the day from which reminders come again. Empty when it can be."""
    if until <= today:
        return NOT_AHEAD
    return TOO_LONG if until > today + LONGEST_PAUSE else ""
