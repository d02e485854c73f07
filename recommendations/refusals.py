"""What the rules refuse, in the words that the person sees."""

from organisations.refusals import Refused

CLOSED = "This recommendation is closed."
NOT_A_MEMBER = "This person does not belong to your organisation."
TURNED_DOWN = "Your organisation has not accepted this recommendation."
REASON_NEEDED = "Say why, so that people know."


class RecommendationRefused(Refused):
    """The recommendation and its actions stay as they are."""
