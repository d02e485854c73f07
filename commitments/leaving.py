"""Closing a pledge and handing it on: what may be said, and of which day. Rules only."""

from datetime import date

from commitments.enums import Ending

MAY_BE_HANDED_ON = (Ending.ROLE_ENDED, Ending.HANDED_OVER)


def ends_on(ending: Ending, ended_on: date | None, *, today: date) -> date | None:
    """The day that counts: a pledge is withdrawn on the day it is said."""
    return today if ending == Ending.WITHDRAWN else ended_on


def problem_with_date(ended_on: date | None, *, made_on: date, today: date) -> str:
    """Why the role cannot have ended on that day; empty where it can."""
    if ended_on is None:
        return "Enter the day your role ended."
    if ended_on > today:
        return "That day is still to come. Close the pledge once it is there."
    if ended_on < made_on:
        return "You made this pledge after that day."
    return ""
