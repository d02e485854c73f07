from django.db.models import TextChoices


class PromiseGroup(TextChoices):
    COMMITTING = "committing", "I commit to this"
    ALSO = "also", "I also do this"
    OWN = "own", "In my own words"


class Choice(TextChoices):
    """What a leader did with one promise of the wording."""

    ADOPTED = "adopted", "As worded"
    ADAPTED = "adapted", "In my own words"
    LEFT_OUT = "left_out", "Left out"
    OWN = "own", "My own promise"


class Lineage(TextChoices):
    """What became of a promise in a newer version; what changed comes first."""

    ADDED = "added", "Added"
    REWORDED = "reworded", "Reworded"
    LEFT_OUT = "left_out", "Left out now"
    DROPPED = "dropped", "Dropped"
    KEPT = "kept", "Kept as it was"


class StandardKind(TextChoices):
    """Something a leader or their organisation has signed up to already."""

    RACE_AT_WORK = "race_at_work", "Race at Work Charter"
    ACEVO = "acevo", "ACEVO diversity principles"
    ACTION_PLAN = "action_plan", "Our own action plan"
    OTHER = "other", "Something else"


class PledgeState(TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    CLOSED = "closed", "Closed"


class Ending(TextChoices):
    """Why a pledge is closed. Said in public, beside what was promised."""

    ROLE_ENDED = "role_ended", "The role has ended"
    WITHDRAWN = "withdrawn", "Withdrawn"
    HANDED_OVER = "handed_over", "Handed to the next leader"
    NOT_THEIRS = "not_theirs", "Taken down: made in somebody else’s name"
    ERASED = "erased", "Erased by the person who made it"


class Confirmation(TextChoices):
    """What stands behind a name and a role."""

    COORDINATOR = "coordinator", "Confirmed by the organisation"
    WORK_ADDRESS = "work_address", "Confirmed by a work address"


class Cadence(TextChoices):
    MONTHLY = "monthly", "Every month"
    QUARTERLY = "quarterly", "Every three months"


class InvitationKind(TextChoices):
    """What the leader keeps a line about."""

    INVITED = "invited", "I was invited"
    HOSTING = "hosting", "We run it"
    SEAT = "seat", "A seat I hold"
    CONVERSATION = "conversation", "A talk with an organiser"


class InvitationState(TextChoices):
    """In the order of the path; an invitation takes some of these steps, each at most once."""

    RECEIVED = "received", "Received"
    ASKED = "asked", "I asked"
    ANSWERED = "answered", "They answered"
    CHANGED = "changed", "Line-up changed"
    ACCEPTED = "accepted", "Accepted"
    PUT_FORWARD = "put_forward", "Put forward others"
    STEPPED_BACK = "stepped_back", "Stepped back"
    STEPPED_ASIDE = "stepped_aside", "Stepped aside"
    DECLINED = "declined", "Declined"
    WITHDREW = "withdrew", "Withdrew"
    TOOK_PART = "took_part", "Took part"


class Shown(TextChoices):
    """What an event that a leader took part in was shown to meet."""

    BOTH = "both", "Shown to meet both"
    ONE = "one", "Shown to meet one"
    NOT_SHOWN = "not_shown", "Not shown to meet"


class Kept(TextChoices):
    """A leader's own word on one promise in one check-in."""

    KEPT = "kept", "Kept"
    PARTLY = "partly", "Partly"
    NOT_THIS_TIME = "not_this_time", "Not this time"
    NOTHING = "nothing", "Nothing to report"


class ReportOutcome(TextChoices):
    """What came of a report that a pledge is not that person's."""

    STANDS = "stands", "It is theirs"
    TAKEN_DOWN = "taken_down", "It is not theirs: taken down"


class LearningKind(TextChoices):
    ARTICLE = "article", "Article"
    BLOG = "blog", "Blog"
    PODCAST = "podcast", "Podcast"
    BOOK = "book", "Book"
    FILM = "film", "Film"
    PROGRAMME = "programme", "Programme"
    WORKSHOP = "workshop", "Workshop"


class PledgeVerb(TextChoices):
    STARTED = "pledge.started", "{actor} started this pledge"
    CLAIMED = "pledge.claimed", "{actor} signed in and kept this draft"
    EDITED = "pledge.edited", "{actor} changed the draft"
    DRAFT_DROPPED = "pledge.draft_dropped", "{actor} dropped a draft"
    PREVIEW_MADE = "pledge.preview_made", "{actor} made a link to read the draft"
    PREVIEW_REVOKED = "pledge.preview_revoked", "{actor} closed the link to the draft"
    PUBLISHED = "pledge.published", "{actor} published this pledge"
    REVISED = "pledge.revised", "{actor} began a new version"
    REVISION_DROPPED = "pledge.revision_dropped", "{actor} dropped the new version"
    SIGNED_AGAIN = "pledge.signed_again", "{actor} signed version {number}"
    WHO_CHANGED = "pledge.who_changed", "{actor} changed the name, role or organisation"
    CHOSE_WHAT_SHOWS = "pledge.chose_what_shows", "{actor} changed what is public"
    CADENCE_CHANGED = "pledge.cadence_changed", "{actor} changed how often they look back"
    CONFIRMED = "pledge.confirmed", "{actor} confirmed the name, role and organisation"
    ADDRESS_SHOWN = "pledge.address_shown", "{actor} showed a work address"
    CONFIRMATION_LAPSED = "pledge.confirmation_lapsed", "The work address shown was given up"
    CONFIRMATION_ENDED = (
        "pledge.confirmation_ended",
        "The organisation’s confirmation ended with the membership there",
    )
    REPUBLISHED = "pledge.republished", "{actor} noted where this pledge was published"
    REPUBLICATION_REMOVED = (
        "pledge.republication_removed",
        "{actor} removed a place where this pledge was published",
    )
    ENCOURAGED = "pledge.encouraged", "{actor} asked somebody to make the pledge"
    REPORTED = "pledge.reported", "Somebody reported this pledge as not that person’s"
    REPORT_SETTLED = "pledge.report_settled", "{actor} looked at a report: {outcome}"
    CLOSED = "pledge.closed", "{actor} closed this pledge: {ending}"
    HANDED_OVER = "pledge.handed_over", "{actor} asked the next leader to take this on"
    HANDOVER_REVOKED = "pledge.handover_revoked", "{actor} took back the link to the next leader"
    TAKEN_ON = "pledge.taken_on", "{actor} took this pledge on"
    ERASED = "pledge.erased", "{actor} erased their personal text"
    CHECKED_IN = "pledge.checked_in", "{actor} checked in for {period}"
    CHECK_IN_PUT_RIGHT = "pledge.check_in_put_right", "{actor} put the check-in for {period} right"
    CHECK_IN_DRAFTED = "pledge.check_in_drafted", "{actor} drafted a check-in"
    ENTRIES_CONFIRMED = "pledge.entries_confirmed", "{actor} confirmed entries: {count}"
    ASSISTANT_INVITED = "pledge.assistant_invited", "{actor} asked somebody to help"
    ASSISTANT_JOINED = "pledge.assistant_joined", "{actor} became an assistant"
    ASSISTANT_DECLINED = "pledge.assistant_declined", "Somebody who was asked to help said no"
    ASSISTANT_LEFT = "pledge.assistant_left", "{actor} stopped helping"
    ASSISTANT_ENDED = "pledge.assistant_ended", "{actor} ended an assistant’s access"
    INVITATION_ADDED = "invitation.added", "{actor} added this invitation"
    INVITATION_CHANGED = "invitation.changed", "{actor} changed the details"
    INVITATION_REMOVED = "invitation.removed", "{actor} removed an invitation"
    INVITATION_MOVED = "invitation.moved", "{actor} noted: {invitation_state}"
    STEP_TAKEN_BACK = "invitation.step_taken_back", "{actor} took back: {invitation_state}"
    LETTER_MADE = "invitation.letter_made", "{actor} wrote to the organiser"
    LETTER_SENT = "invitation.letter_sent", "{actor} sent the letter by email"
    LETTER_REVOKED = "invitation.letter_revoked", "{actor} closed the reply link"
    REPLY_GIVEN = "invitation.reply_given", "The organiser answered"
    REFLECTED = "invitation.reflected", "{actor} wrote down what happened"
    REFLECTION_PUBLISHED = "invitation.reflection_published", "{actor} published a reflection"
    REFLECTION_WITHDRAWN = (
        "invitation.reflection_withdrawn",
        "{actor} made a reflection private again",
    )
    WORDING_LOADED = "wording.loaded", "{actor} loaded this wording"


class LearningVerb(TextChoices):
    ADDED = "learning.added", "{actor} suggested something to learn from"
    CHANGED = "learning.changed", "{actor} changed an entry on the shelf"
    REMOVED = "learning.removed", "{actor} removed an entry from the shelf"
    BULK_ADDED = "learning.bulk_added", "{actor} added {count} entries to the shelf"
    DATE_SET = "learning.date_set", "{actor} set a date for a workshop"
    DATE_REMOVED = "learning.date_removed", "{actor} removed a date of a workshop"


class BodyVerb(TextChoices):
    ASKED = "body.asked", "{actor} asked a member organisation to show whether it has pledged"
    CONSENTED = "body.consented", "{actor} let a membership body see whether we have pledged"
    ENDED = "body.ended", "{actor} ended what a membership body may see"
