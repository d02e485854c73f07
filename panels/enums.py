from django.db.models import TextChoices


class GatheringKind(TextChoices):
    PANEL = "panel", "Panel"
    EVENT = "event", "Event"
    CONFERENCE = "conference", "Conference"
    COMMITTEE = "committee", "Committee"
    BOARD = "board", "Board"
    WORKING_GROUP = "working_group", "Working group"


class SeatRole(TextChoices):
    PANELLIST = "panellist", "Panellist or member"
    KEYNOTE = "keynote", "Keynote speaker"
    PRESENTER = "presenter", "Presenter"
    OPENING_CLOSING = "opening_closing", "Opens or closes"
    CHAIR = "chair", "Chair"
    CO_CHAIR = "co_chair", "Co-chair"
    MODERATOR = "moderator", "Moderator"
    FACILITATOR = "facilitator", "Facilitator"
    OBSERVER = "observer", "Observer"
    SECRETARIAT = "secretariat", "Secretariat"


class Part(TextChoices):
    WHOLE = "whole", "Whole line-up"
    MAIN_STAGE = "main_stage", "Main stage"
    REST = "rest", "Everywhere else"


class Counted(TextChoices):
    """Whether a count is of the people who count, or of those recorded beside them."""

    COUNTED = "counted", "In the count"
    BESIDE = "beside", "Beside the count, such as chairs and moderators"


class Measure(TextChoices):
    WOMEN = "women", "Women"
    MINORITISED = "minoritised", "People from minoritised communities"


class Definition(TextChoices):
    """Who a count is of: part of every figure's stamp."""

    WOMEN = "women", "Women: whoever says so"
    WOMEN_AND_NON_BINARY = "women_and_non_binary", "Women and non-binary people"
    MINORITISED_SELF_DEFINED = (
        "minoritised_self_defined",
        "People who say they belong to a community minoritised by race or ethnicity in the UK",
    )


class Basis(TextChoices):
    SELF_DECLARED = "self_declared", "Each person told us"
    ORGANISER_STATED = "organiser_stated", "The organiser told us"
    PUBLICLY_STATED = "publicly_stated", "Each person has said so in public"
    NOT_KNOWN = "not_known", "Not known"


class Verdict(TextChoices):
    MET = "met", "Met"
    NOT_MET = "not_met", "Not met"
    NOT_KNOWN = "not_known", "Not known"
    NO_VERDICT = "no_verdict", "No result: fewer than two people"


class Answer(TextChoices):
    """What one person says about one measure. Only ever added to a count."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


class SeatMark(TextChoices):
    """How one seat of the table is drawn; `PLAIN` where the count may not be shown."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"
    SHORT = "short", "Empty chair"
    PLAIN = "plain", "Seat"


class Audience(TextChoices):
    MEMBER = "member", "People in this organisation"
    PUBLIC = "public", "Anyone"


class Barrier(TextChoices):
    """What keeps people away, and what an organiser can do about it."""

    TRAVEL = "travel", "Travel paid up front"
    FEES = "fees", "Speakers are paid a fee"
    BURSARIES = "bursaries", "Free or cheaper places"
    CARE = "care", "Childcare and carers’ costs"
    ASSISTANT_TICKET = "assistant_ticket", "A free ticket for a personal assistant"
    STEP_FREE = "step_free", "Step-free throughout, stage included"
    HEARING_LOOP = "hearing_loop", "A hearing loop that works"
    BSL = "bsl", "British Sign Language interpreters"
    CAPTIONS = "captions", "Live captions"
    SLIDES_AHEAD = "slides_ahead", "Slides sent ahead"
    QUIET_ROOM = "quiet_room", "A quiet room and a place to pray"
    REMOTE = "remote", "Taking part from elsewhere"
    TIMING = "timing", "A time that suits carers and avoids religious days"
    FOOD = "food", "Food for every diet and faith"
    LANGUAGE = "language", "Plain English and community languages"
    ACCESS_CONTACT = "access_contact", "A named person to ask about access"
    SPEAKER_ACCESS = "speaker_access", "Access explained in the invitation to speakers"
    CONDUCT = "conduct", "A code of conduct that somebody stands by"
    RECORDING = "recording", "A way to say no to being recorded"


class BarrierState(TextChoices):
    IN_PLACE = "in_place", "In place"
    PLANNED = "planned", "Planned"
    ASKED = "asked", "Asked, no reply"
    NO = "no", "No"
    NOT_APPLICABLE = "not_applicable", "Does not apply"


class PanelVerb(TextChoices):
    GATHERING_CREATED = "gathering.created", "{actor} added this event or group"
    GATHERING_CHANGED = "gathering.changed", "{actor} changed the details"
    COUNT_ENTERED = "gathering.count_entered", "{actor} entered a count"
    COUNT_CORRECTED = "gathering.count_corrected", "{actor} corrected a count"
