"""What the rules refuse, in the words that the person sees."""

CLOSED = "This recommendation is closed."
NOT_A_MEMBER = "This person does not belong to your organisation."
TURNED_DOWN = "Your organisation has not accepted this recommendation."
REASON_NEEDED = "Say why, so that people know."


class RecommendationRefused(ValueError):
    """The change would break a rule; the message is for the person who asked."""
