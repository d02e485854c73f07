from django.db.models import TextChoices


class ReminderKind(TextChoices):
    """The label is what a person chooses by."""

    ACTION_DUE = "action_due", "Actions you lead that are due"
    ACTION_LATE = "action_late", "Actions of others that are late"
    DATE_ENDING = "date_ending", "Last days to ask for a later date"
    SILENT = "silent", "Work that nothing has been heard of"
    NOT_ACCEPTED = "not_accepted", "Work you were asked to lead"
    HANDOVER = "handover", "Work whose lead has left"
    CLOSURE = "closure", "Closures that wait for the committee"
    RETURNED = "returned", "What the committee has returned to you"
    RECHECK = "recheck", "Checks of what was closed"
    CADENCE = "cadence", "Regular work that missed its day"
    MEETING = "meeting", "Meetings that are coming"
    PACK = "pack", "Packs that are ready to read"
    ADVICE = "advice", "Advice that is owed an answer"
    CHECK_IN_DUE = "check_in_due", "Check-ins on your pledge"
    EVENT_BEFORE = "event_before", "Questions to ask before an event"
    EVENT_AFTER = "event_after", "What to write down after an event"
    ROUND_CLOSING = "round_closing", "Asking a line-up that is about to end"
    ANNIVERSARY = "anniversary", "The yearly review of your pledge"
    QUARTER = "quarter", "The quarterly review"
    INVITE = "invite", "Invitations to join that nobody has taken up"


class Audience(TextChoices):
    """Who hears, in the words of the page that shows what is planned."""

    LEAD = "lead", "whoever leads the action"
    SPONSOR = "sponsor", "the executive sponsor"
    OWNERS = "owners", "the executive sponsor and the leads"
    CHAIR = "chair", "the chair"
    COMMITTEE = "committee", "the committee"
    COORDINATOR = "coordinator", "the coordinator"
    GROUP = "group", "the members of the group"
    READERS = "readers", "whoever reads packs, but for whoever froze it"
    LEADER = "leader", "whoever made the pledge"
    ORGANISER = "organiser", "whoever asked the line-up"


class Choice(TextChoices):
    AT_ONCE = "at_once", "On the day"
    DIGEST = "digest", "Once a week, on Monday"
    OFF = "off", "Not by email"
