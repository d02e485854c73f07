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


class PledgeState(TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    CLOSED = "closed", "Closed"


class Cadence(TextChoices):
    MONTHLY = "monthly", "Every month"
    QUARTERLY = "quarterly", "Every three months"


class InvitationState(TextChoices):
    RECEIVED = "received", "Received"
    ASKED = "asked", "I asked"
    ANSWERED = "answered", "They answered"
    CHANGED = "changed", "Line-up changed"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    STEPPED_ASIDE = "stepped_aside", "Stepped aside"
    TOOK_PART = "took_part", "Took part"
    WITHDREW = "withdrew", "Withdrew"


class Kept(TextChoices):
    """A leader's own word on one promise in one check-in."""

    KEPT = "kept", "Kept"
    PARTLY = "partly", "Partly"
    NOT_THIS_TIME = "not_this_time", "Not this time"
    NOTHING = "nothing", "Nothing to report"


class PledgeVerb(TextChoices):
    STARTED = "pledge.started", "{actor} started this pledge"
    EDITED = "pledge.edited", "{actor} changed the draft"
    PUBLISHED = "pledge.published", "{actor} published this pledge"
    CONFIRMED = "pledge.confirmed", "{actor} confirmed the name, role and organisation"
    CHECKED_IN = "pledge.checked_in", "{actor} checked in for {period}"
    INVITATION_ADDED = "invitation.added", "{actor} added this invitation"
    INVITATION_MOVED = "invitation.moved", "{actor} noted: {invitation_state}"
    WORDING_LOADED = "wording.loaded", "{actor} loaded this wording"
