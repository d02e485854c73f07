"""What the rules refuse, in the words that the person sees."""

from organisations.refusals import Refused

NO_MEMBERS = "A staff network has no members here: a list of them would be a list by ethnicity."
NO_NOTES = "A staff network's meetings have no notes here."
NAME_TAKEN = "There is already a group with this name."
DATE_TAKEN = "This group already has a meeting on that day."
NOT_YET = "This meeting is still to come. Record it on the day or after."
HAS_SEAT = "This person already has a seat."
NOT_A_MEMBER = "This person does not belong to your organisation."


class GroupRefused(Refused):
    """The group stays as it is."""
