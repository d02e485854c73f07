"""The closed sets of words about recommendations."""

from django.db.models import TextChoices

from recommendations.enums.verbs import RecommendationVerb, RegisterVerb, SourceVerb

__all__ = [
    "ActionKind",
    "Better",
    "EditedField",
    "EvidenceKind",
    "Flag",
    "Horizon",
    "IndicatorKind",
    "Level",
    "ObjectionKind",
    "OccurrenceKind",
    "Paid",
    "Rating",
    "RecommendationVerb",
    "RegisterVerb",
    "Response",
    "Ruling",
    "SourceKind",
    "SourceVerb",
    "Stage",
    "State",
    "Sustained",
]


class SourceKind(TextChoices):
    REPORT = "report", "Review or report"
    PLEDGE_GROUP = "pledge_group", "Pledge group"
    PLAN = "plan", "Our own plan or strategy"
    CHARTER = "charter", "Charter we signed"


class Level(TextChoices):
    """Where the change is meant to happen."""

    INDIVIDUAL = "individual", "Individual"
    SYSTEM = "system", "System"


class Horizon(TextChoices):
    """How soon the source wants it."""

    IMMEDIATE = "immediate", "Immediate"
    MEDIUM = "medium", "Medium term"


class ActionKind(TextChoices):
    """The kind decides what shows that an action is done."""

    DELIVERABLE = "deliverable", "Something made or set up"
    CADENCE = "cadence", "Something that happens regularly"
    COVERAGE = "coverage", "Something done everywhere"
    EMBEDDING = "embedding", "Something that has become normal"


class Response(TextChoices):
    """Whether the organisation agrees. Says nothing about whether it is done."""

    NONE_YET = "none_yet", "No response yet"
    ACCEPTED = "accepted", "Accepted"
    ACCEPTED_IN_PART = "accepted_in_part", "Accepted in part"
    NOT_ACCEPTED = "not_accepted", "Not accepted"

    @classmethod
    def needing_a_reason(cls) -> "tuple[Response, ...]":
        return (cls.ACCEPTED_IN_PART, cls.NOT_ACCEPTED)


class State(TextChoices):
    """How far it is. Overdue, silent, slipped and due soon are worked out, never stored."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    PROPOSED_FOR_CLOSURE = "proposed_for_closure", "Proposed for closure"
    CLOSED_IMPLEMENTED = "closed_implemented", "Closed: implemented"
    CLOSED_NOT_IMPLEMENTED = "closed_not_implemented", "Closed: not implemented"
    CLOSED_SUPERSEDED = "closed_superseded", "Closed: superseded"

    @classmethod
    def closed(cls) -> "tuple[State, ...]":
        return (cls.CLOSED_IMPLEMENTED, cls.CLOSED_NOT_IMPLEMENTED, cls.CLOSED_SUPERSEDED)


class Rating(TextChoices):
    """The owner's own view of their progress."""

    ON_TRACK = "on_track", "On track"
    AT_RISK = "at_risk", "At risk"
    OFF_TRACK = "off_track", "Off track"


class Flag(TextChoices):
    """What the dashboard can be filtered by. Each is worked out, never stored."""

    OVERDUE = "overdue", "Overdue"
    SILENT = "silent", "Silent"
    DUE_SOON = "due_soon", "Due in 30 days"
    NO_RESPONSE = "no_response", "No response yet"
    NO_LEAD = "no_lead", "No lead"
    PROPOSED = "proposed", "Newly proposed"
    LATER_DATE = "later_date", "Later date asked for"
    OBJECTION = "objection", "Not taken on"
    SLIPPED = "slipped", "Date moved"
    RECHECK = "recheck", "Time to look again"


class OccurrenceKind(TextChoices):
    """What happened, when something happens regularly."""

    MEETING = "meeting", "Meeting that covered it"
    SESSION = "session", "Session"
    SEMINAR = "seminar", "Seminar"
    WORKSHOP = "workshop", "Workshop"
    ENGAGEMENT = "engagement", "Engagement"
    ENDORSEMENT = "endorsement", "Endorsement"


class EvidenceKind(TextChoices):
    FILE = "file", "File"
    LINK = "link", "Link"
    NOTE = "note", "Note"


class Ruling(TextChoices):
    """What became of something that was asked of the committee."""

    APPROVED = "approved", "Approved"
    RETURNED = "returned", "Not yet"


class ObjectionKind(TextChoices):
    """Why somebody who was asked does not take an action on."""

    NO_CAPACITY = "no_capacity", "There is no time or budget for it"
    OBJECTS = "objects", "I object to it as it stands"


class Sustained(TextChoices):
    """What a re-check found."""

    SUSTAINED = "sustained", "Still in place"
    NOT_SUSTAINED = "not_sustained", "Not sustained"


class Stage(TextChoices):
    """How far an equality impact assessment is."""

    SCREENING = "screening", "Deciding whether one is needed"
    CONSULTING = "consulting", "Asking the people concerned"
    FINDINGS = "findings", "Findings written"
    SIGNED_OFF = "signed_off", "Signed off"


class Paid(TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class IndicatorKind(TextChoices):
    """What an indicator tells of; each has a template."""

    ACCESS = "access", "Access to services"
    EXPERIENCE = "experience", "Experience of services"
    OUTCOMES = "outcomes", "Outcomes of services"
    WORKFORCE = "workforce", "Workforce by pay band"
    RECRUITMENT = "recruitment", "Recruitment by stage"
    DISCIPLINE = "discipline", "Disciplinary and grievance cases"
    SURVEY = "survey", "Differences in a staff survey"
    OWN = "own", "Something else"


class Better(TextChoices):
    HIGHER = "higher", "Higher is better"
    LOWER = "lower", "Lower is better"


class EditedField(TextChoices):
    """What history says was changed, without the words themselves."""

    TITLE = "title", "the title"
    TEXT = "text", "the original text"
    REFERENCE = "reference", "the reference"
    THEME = "theme", "the theme"
    LEVEL = "level", "the level"
    HORIZON = "horizon", "how soon it is wanted"
    PHASE = "phase", "the phase"
    KIND = "kind", "what shows it is done"
    BUDGET = "budget", "the budget"
    STAFF_DAYS = "staff_days", "the staff time"
    COVERAGE = "coverage", "what it has to cover"
    STAGE = "stage", "the stage"
    SUBJECT = "subject", "the subject"
    CONSULTED = "consulted", "who was consulted"
    FINDINGS = "findings", "the findings"
    MITIGATIONS = "mitigations", "the actions that follow"
    DETAILS = "details", "the details"
    TARGET = "target", "the target"
    BASELINE = "baseline", "the baseline"
    LINKS = "links", "what it is linked to"
