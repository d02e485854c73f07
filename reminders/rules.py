"""Every kind of reminder in one table: when, to whom, until when, and whether one may stop it.

`schedule.py` says how the days are reckoned; the page of what is planned draws this very table.
"""

from reminders.enums import Audience, ReminderKind
from reminders.schedule import Ladder, Rule

OF_THE_ACTION = "the date of the action"
ASKED_OF_YOU = "Somebody has been asked to lead work, and others wait for a yes or no."

RULES = (
    Rule(
        ReminderKind.ACTION_DUE,
        (Ladder(Audience.LEAD, (-30, -7, 0, 7), lasts=21),),
        about=OF_THE_ACTION,
        ends="it is shown to be done, closed, handed over or moved to another date; "
        "“not yet, because” stops it for 30 days",
    ),
    Rule(
        ReminderKind.ACTION_LATE,
        (Ladder(Audience.SPONSOR, (14,), lasts=16), Ladder(Audience.CHAIR, (30,), lasts=30)),
        about=OF_THE_ACTION,
        ends="it is shown to be done, closed, handed over or moved to another date; "
        "“not yet, because” stops it for 30 days",
    ),
    Rule(
        ReminderKind.DATE_ENDING,
        (Ladder(Audience.LEAD, (-3,), lasts=3),),
        about="the date of an action that is at risk or off track",
        ends="a later date is asked for, or it is back on track",
    ),
    Rule(
        ReminderKind.SILENT,
        (Ladder(Audience.OWNERS, (0, 30), lasts=30),),
        about="the day on which nothing had been heard for too long",
        ends="somebody posts an update, or it is closed",
    ),
    Rule(
        ReminderKind.NOT_ACCEPTED,
        (
            Ladder(Audience.LEAD, (3, 10), lasts=20),
            Ladder(Audience.SPONSOR, (14,), lasts=16),
        ),
        about="the day on which somebody was asked to lead",
        ends="they say yes or no, or somebody else is asked",
        why_mandatory=ASKED_OF_YOU,
    ),
    Rule(
        ReminderKind.HANDOVER,
        (
            Ladder(Audience.SPONSOR, (0, 14), lasts=30),
            Ladder(Audience.COORDINATOR, (0, 14), lasts=30),
        ),
        about="the day on which its lead left",
        ends="somebody else is asked to lead",
    ),
    Rule(
        ReminderKind.CLOSURE,
        (Ladder(Audience.COMMITTEE, (3, 14, 28), lasts=28),),
        about="the day on which closing was proposed",
        ends="the committee decides, or the proposal is withdrawn",
    ),
    Rule(
        ReminderKind.RETURNED,
        (Ladder(Audience.OWNERS, (0,), lasts=14),),
        about="the day of the decision",
        ends="somebody posts an update, or proposes closing again",
    ),
    Rule(
        ReminderKind.RECHECK,
        (Ladder(Audience.COMMITTEE, (0, 14), lasts=30),),
        about="the day of the check, 6 and 12 months after closing",
        ends="what was found is recorded, or it is opened again",
    ),
    Rule(
        ReminderKind.CADENCE,
        (
            Ladder(Audience.LEAD, (0, 7), lasts=21),
            Ladder(Audience.SPONSOR, (14,), lasts=16),
        ),
        about="the day by which it should have taken place",
        ends="it has taken place, or the action ends",
    ),
    Rule(
        ReminderKind.MEETING,
        (Ladder(Audience.GROUP, (-7, -1), lasts=1),),
        about="the day of the meeting",
        ends="it is cancelled or moved, or somebody sends apologies",
    ),
    Rule(
        ReminderKind.PACK,
        (Ladder(Audience.READERS, (0,), lasts=7),),
        about="the day on which the pack was frozen",
        ends="the meeting has been, or is cancelled",
    ),
    Rule(
        ReminderKind.ADVICE,
        (
            Ladder(Audience.COORDINATOR, (-14, -3, 1), lasts=14),
            Ladder(Audience.CHAIR, (-14, -3, 1), lasts=14),
        ),
        about="the day of the advisers’ next meeting, planned or not",
        ends="the advice is answered",
    ),
    Rule(
        ReminderKind.CHECK_IN_DUE,
        (Ladder(Audience.LEADER, (0, 7), lasts=14),),
        about="the first day after the month or the quarter",
        ends="they check in, or the pledge ends",
    ),
    Rule(
        ReminderKind.EVENT_BEFORE,
        (Ladder(Audience.LEADER, (-21, -7), lasts=7),),
        about="the day of an event they were invited to or run",
        ends="they ask who will be at the table, they are not going, or it is moved",
    ),
    Rule(
        ReminderKind.EVENT_AFTER,
        (Ladder(Audience.LEADER, (2,), lasts=14),),
        about="the day of an event they were invited to or run",
        ends="they note what came of it and, where it was not shown to meet, a few lines",
    ),
    Rule(
        ReminderKind.ROUND_CLOSING,
        (Ladder(Audience.ORGANISER, (-3,), lasts=3),),
        about="the day on which asking ends",
        ends="it is closed, or goes on until another day",
    ),
    Rule(
        ReminderKind.ANNIVERSARY,
        (Ladder(Audience.LEADER, (0, 30), lasts=30),),
        about="the day of the year on which the pledge was published; 28 February for the 29th",
        ends="they begin a new version or change what it shows, or the pledge ends",
    ),
    Rule(
        ReminderKind.QUARTER,
        (
            Ladder(Audience.COMMITTEE, (0,), lasts=21),
            Ladder(Audience.LEADER, (0,), lasts=21),
        ),
        about="the first day after a quarter",
        ends="nothing: it is a look back",
    ),
    Rule(
        ReminderKind.INVITE,
        (Ladder(Audience.COORDINATOR, (7,), lasts=14),),
        about="the day on which somebody was invited to join",
        ends="they join, or the invitation is sent anew or taken back",
    ),
)
RULE_OF = {rule.kind: rule for rule in RULES}
MANDATORY = frozenset(rule.kind for rule in RULES if rule.why_mandatory)
# From the day it is about until it is of no use to that audience.
REACH = {(rule.kind, each.audience): each.reach for rule in RULES for each in rule.ladders}
