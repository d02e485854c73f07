"""Who may say no to an action they were asked to lead, and what becomes of it."""

from dataclasses import dataclass

NOT_ASKED = "Only whoever was asked to lead this action can say no to it."
ACCEPTED = "You have taken this action on. Ask for a later date, or ask your sponsor."
ONE_OPEN = "You have said no already. It waits for an answer."
DONE = "This action is shown to be done."
REASON_OWED = "Say why, in a sentence or two."
ANSWER_OWED = "Answer what was said."
SOMEBODY_ELSE = "Choose somebody else than whoever said no."


@dataclass(frozen=True)
class Asked:
    """Where an action stands with the person who was asked to lead it."""

    is_lead: bool
    has_accepted: bool
    is_proven: bool = False
    has_objected: bool = False


def why_not_object(asked: Asked, *, reason: str) -> str:
    """Why this person cannot say no now; empty when they can."""
    return why_not_now(asked) or ("" if reason.strip() else REASON_OWED)


def why_not_now(asked: Asked) -> str:
    """The same, before they have written why."""
    if not asked.is_lead:
        return NOT_ASKED
    if asked.has_accepted:
        return ACCEPTED
    if asked.is_proven:
        return DONE
    return ONE_OPEN if asked.has_objected else ""


def why_not_settle(*, answer: str, is_reassigned: bool, to_who_objected: bool) -> str:
    """Why it cannot be answered so; empty when it can. Keeping the lead is an answer too."""
    if is_reassigned and to_who_objected:
        return SOMEBODY_ELSE
    return "" if answer.strip() else ANSWER_OWED
