"""How many reports of impersonation are taken and mailed, and who may settle one. Rules only."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

LONGEST_REPORT = 2000
A_DAY = timedelta(days=1)
MOST_OPEN_OF_ONE_PLEDGE = 20
MAILED_IN_A_DAY = 200


@dataclass(frozen=True)
class Reported:
    """open_of_pledge: not settled yet. in_a_day: of whatever pledge, in the last 24 hours."""

    open_of_pledge: int
    in_a_day: int


def why_not_report(reported: Reported) -> str:
    """Why one more is not taken now; empty where it is."""
    if reported.open_of_pledge >= MOST_OPEN_OF_ONE_PLEDGE:
        return "This pledge has been reported many times already. Somebody is looking at it."
    return ""


def is_mailed(reported: Reported) -> bool:
    """One mail for the open reports of a pledge, and none once far too many came in a day: the
    reports themselves are taken and listed all the same."""
    return not reported.open_of_pledge and reported.in_a_day < MAILED_IN_A_DAY


def may_look(coordinators: Set[UUID], *, leader: UUID | None, confirmer: UUID | None) -> Set[UUID]:
    """Neither the leader in question, nor whoever said that name and role are right. Where
    nobody is left, whoever runs the installation looks at it."""
    return coordinators - {leader, confirmer}
