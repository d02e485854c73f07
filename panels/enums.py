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


class ResultFilter(TextChoices):
    """What a list is narrowed to. Where a count is hidden, not met and not known are one."""

    NOT_COUNTED = "not_counted", "Not counted yet"
    NOT_KNOWN = "not_known", "Not known yet"


class Stage(TextChoices):
    MAIN = "main", "Main stage"
    OTHER = "other", "Elsewhere"


class ForWhom(TextChoices):
    SPEAKERS = "speakers", "People who speak"
    ATTENDEES = "attendees", "People who attend"
    BOTH = "both", "Both"


class YesNo(TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class RoundOutcome(TextChoices):
    COUNTED = "counted", "Counted"
    TOO_FEW = "too_few", "Too few answered to be counted"


class StatementKind(TextChoices):
    PUBLIC = "public", "For anyone"
    LEADER = "leader", "For one invited leader"


class ImportFormat(TextChoices):
    PRETALX_JSON = "pretalx_json", "pretalx or frab schedule (JSON)"
    FRAB_XML = "frab_xml", "frab, pretalx or voc schedule (XML)"
    SESSIONIZE_JSON = "sessionize_json", "Sessionize, all data (JSON)"
    TABLE = "table", "A table (CSV)"
    WORKBOOK = "workbook", "A workbook (Excel)"
    PASTED = "pasted", "A line-up that was pasted"


class ColumnUse(TextChoices):
    """What a column of a table that is read in holds."""

    SESSION = "session", "Session title"
    SESSIONS = "sessions", "Session titles, several in one cell"
    SESSION_ID = "session_id", "Session code, one or several"
    NAME = "name", "Name of one person"
    FIRST_NAME = "first_name", "First name"
    LAST_NAME = "last_name", "Last name"
    NAMES = "names", "Names, several in one cell"
    CHAIRS = "chairs", "Names of those in the chair"
    MODERATORS = "moderators", "Names of moderators"
    KEYNOTES = "keynotes", "Names of keynote speakers"
    PERSON_ID = "person_id", "Code of a person, one or several"
    ROLE = "role", "Role on the line-up"
    EMAIL = "email", "Email, to send a link to"
    STAGE = "stage", "Main stage or elsewhere"
    MAIN_STAGE_HINT = "main_stage_hint", "Perhaps the main stage, such as featured"
    ROOM = "room", "Room"
    STARTS = "starts", "Start: day and time"
    DAY = "day", "Day"
    TIME = "time", "Time"
    ENDS = "ends", "End: day and time"
    MINUTES = "minutes", "How long"
    STATUS = "status", "Whether it goes ahead"


class UploadState(TextChoices):
    TO_MAP = "to_map", "Say what the columns hold"
    TO_CONFIRM = "to_confirm", "Look at it, then confirm"
    CONFIRMED = "confirmed", "Being saved"
    DONE = "done", "Saved"
    REFUSED = "refused", "Refused"


class PanelVerb(TextChoices):
    GATHERING_CREATED = "gathering.created", "{actor} added this event or group"
    GATHERING_CHANGED = "gathering.changed", "{actor} changed the details"
    COUNT_ENTERED = "gathering.count_entered", "{actor} entered a count"
    COUNT_CORRECTED = "gathering.count_corrected", "{actor} corrected a count"
    LINE_UP_CHANGED = "gathering.line_up_changed", "{actor} changed who sits where"
    LINE_UP_IMPORTED = "gathering.line_up_imported", "{actor} read in a line-up"
    SESSION_COUNTED = "gathering.session_counted", "{actor} entered how many women are in a session"
    REPEATED = "gathering.repeated", "{actor} made this from an earlier one"
    COUNTED_AGAIN = "gathering.counted_again", "{actor} began a count as at a new day"
    LOCKED = (
        "gathering.locked",
        "{actor} locked the line-up: its result is frozen, its names are gone",
    )
    NAMES_DROPPED = "gathering.names_dropped", "The names were dropped, 30 days after the event"
    ROUND_OPENED = "gathering.round_opened", "{actor} asked people to say how they are counted"
    ROUND_REMINDED = "gathering.round_reminded", "{actor} reminded those who had not answered"
    ROUND_CLOSED = "gathering.round_closed", "The round of asking people closed"
    BARRIERS_CHANGED = "gathering.barriers_changed", "{actor} changed what is done about barriers"
    THREE_ANSWERED = "gathering.three_answered", "{actor} answered the three questions"
    STATEMENT_MADE = "gathering.statement_made", "{actor} made a statement to share"
    STATEMENT_REVOKED = "gathering.statement_revoked", "{actor} took a statement back"


class CountingVerb(TextChoices):
    """About the organisation, not one gathering."""

    CHOICES_CHANGED = (
        "counting.choices_changed",
        "{actor} changed what the organisation counts and aims for",
    )
    CHECKLIST_CHANGED = "counting.checklist_changed", "{actor} changed the checklist of barriers"
    POOL_RELEASED = "counting.pool_released", "Figures over several events were released"
