from django.db.models import TextChoices


class SourceKind(TextChoices):
    REPORT = "report", "Report"
    PLEDGE_GROUP = "pledge_group", "Pledge group"


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


class RecommendationVerb(TextChoices):
    ADOPTED = "recommendation.adopted", "{actor} added this recommendation"
    RESPONSE_RECORDED = (
        "recommendation.response_recorded",
        "{actor} recorded the response: {response}",
    )
    SPONSOR_SET = "recommendation.sponsor_set", "{actor} named the executive sponsor"
    SPONSOR_CLEARED = (
        "recommendation.sponsor_cleared",
        "{actor} left this without an executive sponsor",
    )
    OWNER_SET = "recommendation.owner_set", "{actor} named the lead for action {number}"
    OWNER_CLEARED = "recommendation.owner_cleared", "{actor} left action {number} without a lead"
    DATE_SET = "recommendation.date_set", "{actor} proposed a date for action {number}"
    DATE_CLEARED = (
        "recommendation.date_cleared",
        "{actor} withdrew the proposed date for action {number}",
    )
    ACTION_ACCEPTED = (
        "recommendation.action_accepted",
        "{actor} took on action {number} and its date",
    )
    STARTED = "recommendation.started", "With that, {actor} started this"
    UPDATE_POSTED = "recommendation.update_posted", "{actor} posted an update: {rating}"
    ACTION_PROVEN = "recommendation.action_proven", "{actor} recorded an action as shown to be done"
    CLOSURE_PROPOSED = "recommendation.closure_proposed", "{actor} proposed closing this"
    CLOSURE_RETURNED = "recommendation.closure_returned", "{actor} returned this: not done yet"
    CLOSED = "recommendation.closed", "{actor} recorded the decision: {state}"
    REOPENED = "recommendation.reopened", "{actor} reopened this"
