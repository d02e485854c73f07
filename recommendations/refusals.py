"""What the rules refuse, in the words that the person sees."""

from organisations.refusals import Refused

CLOSED = "This recommendation is closed."
NOT_A_MEMBER = "This person does not belong to your organisation."
TURNED_DOWN = "Your organisation has not accepted this recommendation."
REASON_NEEDED = "Say why, so that people know."
ENDED_PROPOSAL = "This proposal is no longer open."
NOT_DECIDED = "The committee has not decided this."
ENDED_REQUEST = "This request for a later date is no longer open."
ENDED_OBJECTION = "This was answered already."
NOTHING_TO_HAND_OVER = "They no longer lead or sponsor this."

OTHER_KIND = "This is not what shows that this action is done."
SAME_DAY = "Something is recorded on this day already."
NO_SUCH_PART = "Somebody took this part out while you were reading."
PART_THERE = "“%s” is listed already."
TOO_MANY_PARTS = "No more than %d parts can be listed."
COVERED_STAYS = "What is ticked stays. Take the tick away first."
MORE_THAN_ALL = "It cannot be more than there are."
WITHDRAWN = "This evidence was withdrawn."
SAME_AGAIN = "This is the same as the version that is there."
NEWER_VERSION = "A newer version came in while you were reading. Look at it first."
NOT_PUBLIC_BY_YOU = (
    "Somebody else decides this: not an owner of the recommendation, and not who added it."
)
ALREADY_PUBLIC = "This version is public already."
NAME_TAKEN = "Something of this name is measured already. Choose another name."
RETIRED = "This is no longer measured."
DEFINITION_CHANGED = (
    "The definition was changed while you were writing. Read it again, then save once more."
)
PARTNER_GONE = "This was removed while you were writing."
REFERENCE_TAKEN = "“%s” is the reference of “%s”. Choose another."
IS_PROPOSED = "It is proposed for closure. The proposal has to be decided or withdrawn first."
KIND_STAYS = "Something shows already that it is done, so its kind stays."
STEP_STAYS = "This action cannot be removed: %s."
STEP_GONE = "This action was removed while you were writing."
EARLIER_DATES = "“%s” has a date of %s, which is earlier. Choose that day or one before it."
IN_A_CIRCLE = "This would go round in a circle: %s."
NOTHING_CHOSEN = "Choose at least one recommendation."
SOME_CLOSED = "Nothing was changed. These are closed: %s."
OTHER_SOURCE = "Nothing was changed. These belong to another source than the theme: %s."
COUNTS_PEOPLE = (
    "Numbers of people are recorded here, so this stays a number of people. To measure something "
    "else, add a new measure."
)
NEVER_VERIFIES = "You coordinate, so somebody else on the committee checks this."


class RecommendationRefused(Refused):
    """The recommendation and its actions stay as they are."""


class ReferenceTakenError(RecommendationRefused):
    """Said at the field of that name."""


class CircleError(RecommendationRefused):
    """Said where it was chosen what comes first."""
