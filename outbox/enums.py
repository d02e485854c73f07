from django.db.models import TextChoices


class State(TextChoices):
    QUEUED = "queued", "Waiting"
    LEASED = "leased", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"
    SUPPRESSED = "suppressed", "Held back"


class Policy(TextChoices):
    AT_LEAST_ONCE = "at_least_once", "Sent again when in doubt"
    AT_MOST_ONCE = "at_most_once", "Never sent twice"


class Cause(TextChoices):
    """Why an address gets no more email."""

    REFUSED = "refused", "Refused by its mail server"
    BOUNCED = "bounced", "Came back as undeliverable"
    COMPLAINED = "complained", "Reported as spam"


class Kind(TextChoices):
    SIGN_IN = "sign_in", "Sign-in and account"
    MEMBER_INVITE = "member_invite", "Invitation to an organisation"
    REMINDERS = "reminders", "Reminders"
    WORK = "work", "News about work"
    ASK_LETTER = "ask_letter", "Letter to an organiser"
    ENCOURAGEMENT = "encouragement", "Asked to make a pledge"
    ASSISTANT_INVITE = "assistant_invite", "Asked to help with a pledge"
    HANDOVER = "handover", "Asked to take a pledge on"
    BODY_ASK = "body_ask", "Question of a membership body"
    NEWS = "news", "News about a pledge"
    DECLARATION = "declaration", "Asked to be counted"

    @property
    def is_secret(self) -> bool:
        """Its words hold a code or a link that opens something: forgotten once it is over."""
        return self not in {Kind.REMINDERS, Kind.NEWS, Kind.WORK}


UNLISTED = (Kind.SIGN_IN, Kind.DECLARATION)
"""No page lists them: they would tell who asked for a code, or who has not answered yet."""


class Phase(TextChoices):
    CLAIMED = "claimed", "Being sent"
    SENT = "sent", "Sent"
    DEFERRED = "deferred", "Put off"
    FAILED = "failed", "Failed"
    LOST_LEASE = "lost_lease", "Taken over"
    CANCELLED = "cancelled", "Cancelled"
    CAME_BACK = "came_back", "Came back"
    COMPLAINED = "complained", "Reported as spam"


class OutboxVerb(TextChoices):
    SENT_AGAIN = "email.sent_again", "{actor} sent an email again"
    ADDRESS_FREED = "email.address_freed", "{actor} let email go to an address again"
