"""What history tells of recommendations, one sentence for each."""

from django.db.models import TextChoices


class RecommendationVerb(TextChoices):
    ADOPTED = "recommendation.adopted", "{actor} added this recommendation"
    EDITED = "recommendation.edited", "{actor} changed {field}"
    DEPENDENCY_ADDED = "recommendation.dependency_added", "{actor} noted what this depends on"
    DEPENDENCY_REMOVED = (
        "recommendation.dependency_removed",
        "{actor} removed something this depended on",
    )
    RESPONSE_RECORDED = (
        "recommendation.response_recorded",
        "{actor} recorded the response: {response}",
    )
    SPONSOR_SET = "recommendation.sponsor_set", "{actor} named the executive sponsor"
    SPONSOR_CLEARED = (
        "recommendation.sponsor_cleared",
        "{actor} left this without an executive sponsor",
    )
    SPONSOR_HANDED_OVER = (
        "recommendation.sponsor_handed_over",
        "{actor} handed over the executive sponsorship",
    )
    ACTION_ADDED = "recommendation.action_added", "{actor} added action {number}"
    ACTION_EDITED = "recommendation.action_edited", "{actor} changed action {number}: {field}"
    ACTION_REMOVED = "recommendation.action_removed", "{actor} took out action {number}"
    OWNER_SET = "recommendation.owner_set", "{actor} named the lead for action {number}"
    OWNER_CLEARED = "recommendation.owner_cleared", "{actor} left action {number} without a lead"
    HANDED_OVER = "recommendation.handed_over", "{actor} handed over action {number}"
    DATE_SET = "recommendation.date_set", "{actor} proposed a date for action {number}"
    DATE_CLEARED = (
        "recommendation.date_cleared",
        "{actor} withdrew the proposed date for action {number}",
    )
    DATE_FROZEN = (
        "recommendation.date_frozen",
        "The date of action {number} stands: it is in a pack",
    )
    ACTION_ACCEPTED = (
        "recommendation.action_accepted",
        "{actor} took on action {number} and its date",
    )
    ACTION_OBJECTED = "recommendation.action_objected", "{actor} did not take on action {number}"
    OBJECTION_SETTLED = (
        "recommendation.objection_settled",
        "{actor} answered what was said against action {number}",
    )
    NOT_YET_SAID = (
        "recommendation.not_yet_said",
        "{actor} said why action {number} is late",
    )
    EXTENSION_ASKED = (
        "recommendation.extension_asked",
        "{actor} asked for a later date for action {number}",
    )
    EXTENSION_WITHDRAWN = (
        "recommendation.extension_withdrawn",
        "{actor} no longer asks for a later date for action {number}",
    )
    DATE_MOVED = "recommendation.date_moved", "{actor} recorded a new date for action {number}"
    EXTENSION_REFUSED = (
        "recommendation.extension_refused",
        "{actor} recorded that the date of action {number} stays",
    )
    STARTED = "recommendation.started", "With that, {actor} started this"
    UPDATE_POSTED = "recommendation.update_posted", "{actor} posted an update: {rating}"
    PROOF_ADDED = (
        "recommendation.proof_added",
        "{actor} added to what shows action {number} is done",
    )
    PROOF_REMOVED = (
        "recommendation.proof_removed",
        "{actor} took back something from what shows action {number} is done",
    )
    ACTION_PROVEN = "recommendation.action_proven", "Action {number} is shown to be done"
    ACTION_UNPROVEN = (
        "recommendation.action_unproven",
        "Action {number} is no longer shown to be done",
    )
    EVIDENCE_ADDED = "recommendation.evidence_added", "{actor} added evidence"
    EVIDENCE_VERSION = "recommendation.evidence_version", "{actor} added a new version of evidence"
    EVIDENCE_WITHDRAWN = "recommendation.evidence_withdrawn", "{actor} withdrew evidence"
    EVIDENCE_ASKED = "recommendation.evidence_asked", "{actor} asked that evidence be public"
    EVIDENCE_KEPT = "recommendation.evidence_kept", "{actor} kept evidence internal"
    EVIDENCE_PUBLISHED = "recommendation.evidence_published", "{actor} made evidence public"
    EVIDENCE_UNPUBLISHED = (
        "recommendation.evidence_unpublished",
        "{actor} made evidence internal again",
    )
    CLOSURE_PROPOSED = "recommendation.closure_proposed", "{actor} proposed closing this"
    CLOSURE_WITHDRAWN = "recommendation.closure_withdrawn", "{actor} withdrew the proposal to close"
    CLOSURE_RETURNED = "recommendation.closure_returned", "{actor} recorded: not yet"
    CLOSED = "recommendation.closed", "{actor} recorded the decision: {state}"
    REOPENED = "recommendation.reopened", "{actor} reopened this"
    REOPENED_MISSED = (
        "recommendation.reopened_missed",
        "Reopened: action {number} was due again and did not happen",
    )
    RECHECKED = "recommendation.rechecked", "{actor} checked again: {result}"


class SourceVerb(TextChoices):
    SOURCE_ADDED = "source.added", "{actor} added this source"
    SOURCE_EDITED = "source.edited", "{actor} changed this source"
    SOURCE_IMPORTED = "source.imported", "{actor} updated {count} recommendations from a file"
    SOURCE_SHOWN = "source.shown", "{actor} chose to show progress to everybody"
    SOURCE_HIDDEN = "source.hidden", "{actor} chose to show progress to members alone"


class RegisterVerb(TextChoices):
    ASSESSMENT_STARTED = "assessment.started", "{actor} began this assessment"
    ASSESSMENT_EDITED = "assessment.edited", "{actor} changed {field}"
    ASSESSMENT_SIGNED = "assessment.signed", "{actor} signed this off"
    ASSESSMENT_REVIEWED = "assessment.reviewed", "{actor} set the next review"
    PARTNER_ADDED = "partner.added", "{actor} recorded work with a partner"
    PARTNER_EDITED = "partner.edited", "{actor} changed {field}"
    PARTNER_REMOVED = "partner.removed", "{actor} took out work with a partner"
    INDICATOR_ADDED = "indicator.added", "{actor} began to measure this"
    INDICATOR_EDITED = "indicator.edited", "{actor} changed {field}"
    INDICATOR_READ = "indicator.read", "{actor} recorded figures"
    INDICATOR_RETIRED = "indicator.retired", "{actor} stopped measuring this"
