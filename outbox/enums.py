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


class Kind(TextChoices):
    SIGN_IN = "sign_in", "Sign-in and account"
    MEMBER_INVITE = "member_invite", "Invitation to an organisation"
    REMINDERS = "reminders", "Reminders"

    @property
    def is_secret(self) -> bool:
        """Its words hold a code or a link that opens something: forgotten once it is over."""
        return self in {Kind.SIGN_IN, Kind.MEMBER_INVITE}


class Phase(TextChoices):
    CLAIMED = "claimed", "Claimed"
    SENT = "sent", "Sent"
    DEFERRED = "deferred", "Put off"
    FAILED = "failed", "Failed"
    LOST_LEASE = "lost_lease", "Lease lost"
    CANCELLED = "cancelled", "Cancelled"


class OutboxVerb(TextChoices):
    SENT_AGAIN = "email.sent_again", "{actor} sent an email again"
