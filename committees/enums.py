from django.db.models import TextChoices


class GroupKind(TextChoices):
    ACCOUNTABILITY = "accountability", "Accountability committee"
    ADVISORY = "advisory", "External advisory group"
    BOARD = "board", "Board of trustees"
    LEADERSHIP = "leadership", "Leadership team"
    SERVICE_SUPPORT = "service_support", "Service support group"
    FORUM = "forum", "Race and mental health forum"
    STAFF_NETWORK = "staff_network", "Staff network"
    PLEDGE_GROUP = "pledge_group", "Pledge group"


class MeetingState(TextChoices):
    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class DecisionKind(TextChoices):
    CLOSURE = "closure", "Closing"
    EXTENSION = "extension", "A later date"
    RESPONSE = "response", "The response"


class PaperState(TextChoices):
    """How far the PDF of a pack is."""

    WAITING = "waiting", "Waiting"
    MAKING = "making", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"


class View(TextChoices):
    """What somebody who advises thinks of a proposal to close."""

    AGREE = "agree", "Agree"
    NOT_YET = "not_yet", "Not yet"
    CANNOT_TELL = "cannot_tell", "Cannot tell"


class AdviceAnswer(TextChoices):
    ACCEPT = "accept", "We accept it"
    ADAPT = "adapt", "We adapt it"
    DECLINE = "decline", "We decline it"


class CommitteeVerb(TextChoices):
    GROUP_CREATED = "group.created", "{actor} added this group"
    GROUP_EDITED = "group.edited", "{actor} changed this group"
    GROUP_CLOSED = "group.closed", "{actor} closed this group"
    GROUP_REOPENED = "group.reopened", "{actor} opened this group again"
    MEMBER_ADDED = "group.member_added", "{actor} gave somebody a seat"
    MEMBER_ENDED = "group.member_ended", "{actor} ended somebody's seat"
    MEMBER_TAKEN_BACK = "group.member_taken_back", "{actor} took back a seat that had not begun"
    MEETING_PLANNED = "meeting.planned", "{actor} planned a meeting for {date}"
    MEETING_MOVED = "meeting.moved", "{actor} moved a meeting to {date}"
    MEETING_EDITED = "meeting.edited", "{actor} changed the meeting of {date}"
    AGENDA_CHANGED = "meeting.agenda_changed", "{actor} changed the agenda of {date}"
    MEETING_HELD = "meeting.held", "{actor} recorded that the meeting of {date} was held"
    MEETING_CANCELLED = (
        "meeting.cancelled",
        "{actor} recorded that the meeting of {date} was cancelled",
    )
    PACK_FROZEN = "pack.frozen", "{actor} froze the pack for the meeting of {date}"
    PACK_LINK_MADE = "pack.link_made", "{actor} made a link to the pack of {date}"
    PACK_LINK_REVOKED = "pack.link_revoked", "{actor} ended a link to the pack of {date}"
    DECIDED = "committee.decided", "{actor} recorded a decision: {decision}"
    OPINION_GIVEN = "committee.opinion_given", "{actor} said what they think of closing this"
    NETWORK_OPINION = (
        "committee.network_opinion",
        "What the staff network thinks of closing this was added",
    )
    ADVICE_ASKED = "advice.asked", "{actor} asked for advice"
    ADVICE_GIVEN = "advice.given", "{actor} gave advice"
    ADVICE_ANSWERED = "advice.answered", "{actor} answered: {answer}"
