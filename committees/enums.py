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


class CommitteeVerb(TextChoices):
    GROUP_CREATED = "group.created", "{actor} added this group"
    MEMBER_ADDED = "group.member_added", "{actor} gave somebody a seat"
    MEMBER_ENDED = "group.member_ended", "{actor} ended somebody's seat"
    MEMBER_TAKEN_BACK = "group.member_taken_back", "{actor} took back a seat that had not begun"
    MEETING_PLANNED = "meeting.planned", "{actor} planned a meeting for {date}"
    MEETING_HELD = "meeting.held", "{actor} recorded that the meeting of {date} was held"
    MEETING_CANCELLED = (
        "meeting.cancelled",
        "{actor} recorded that the meeting of {date} was cancelled",
    )
