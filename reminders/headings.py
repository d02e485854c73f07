"""How an email puts its lines together, and what its one link says."""

from reminders.enums import ReminderKind

K = ReminderKind

# Where an email has things of several sorts, each stands under its own words.
HEADINGS: dict[str, tuple[ReminderKind, ...]] = {
    "For your yes or no": (K.NOT_ACCEPTED,),
    "Actions and dates": (K.ACTION_DUE, K.DATE_ENDING, K.CADENCE),
    "Late, or without a lead": (K.ACTION_LATE, K.HANDOVER),
    "Recommendations to write about": (K.SILENT, K.RETURNED),
    "For the committee": (K.CLOSURE, K.RECHECK),
    "Meetings": (K.MEETING, K.PACK),
    "Advice": (K.ADVICE,),
    "Your pledge": (K.CHECK_IN_DUE, K.ANNIVERSARY),
    "Events": (K.EVENT_BEFORE, K.EVENT_AFTER),
    "Line-ups": (K.ROUND_CLOSING,),
    "People": (K.INVITE,),
    "The last quarter": (K.QUARTER,),
}
HEADING_OF = {kind: heading for heading, kinds in HEADINGS.items() for kind in kinds}

# What the one link of an email about one thing says.
LINK_WORDS: dict[ReminderKind, str] = {
    K.ACTION_DUE: "Open the action",
    K.ACTION_LATE: "Open the action",
    K.DATE_ENDING: "Ask for a later date",
    K.SILENT: "Post an update",
    K.NOT_ACCEPTED: "Open the action",
    K.HANDOVER: "Open the action",
    K.CLOSURE: "Read the proposal",
    K.RETURNED: "See what the committee said",
    K.RECHECK: "Say what you found",
    K.CADENCE: "Open the action",
    K.MEETING: "Open the meeting",
    K.PACK: "Read the pack",
    K.ADVICE: "Read the advice",
    K.CHECK_IN_DUE: "Check in",
    K.EVENT_BEFORE: "Open the invitation",
    K.EVENT_AFTER: "Note what came of it",
    K.ROUND_CLOSING: "See the line-up",
    K.ANNIVERSARY: "Look at your pledge",
    K.QUARTER: "See the figures",
    K.INVITE: "See who is invited",
}
# Its day is a date to keep, so once it has passed the thing is late.
DEADLINES = frozenset({K.ACTION_DUE, K.ACTION_LATE, K.CADENCE})
# Of work that somebody leads, who may say early that a date cannot be kept.
ACTIONS = frozenset({K.ACTION_DUE, K.DATE_ENDING, K.CADENCE})
