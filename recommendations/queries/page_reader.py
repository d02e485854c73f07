"""What somebody may do on the page of one recommendation. The actions ask again."""

from dataclasses import dataclass

from organisations.enums import Role
from organisations.models import Membership
from recommendations.models import Recommendation
from recommendations.queries.rechecking import Place, offered


@dataclass(frozen=True)
class May:
    """`decide`: on closing. `rule`: on later dates. `recheck_in_their_place`: of a committee on
    which nobody is free."""

    update: bool
    propose: bool
    withdraw: bool
    prove: bool
    plan: bool
    respond: bool
    decide: bool
    rule: bool
    advise: bool
    speak_for_network: bool
    recheck: bool
    recheck_in_their_place: bool


def what_they_may(
    recommendation: Recommendation, membership: Membership, *, is_proposed: bool
) -> May:
    """Once it is closed it can only be looked at again."""
    is_open, role = recommendation.is_open, membership.has_role
    is_owner = recommendation.is_owned_by(membership.user)
    is_chair, coordinates = role(Role.CHAIR), role(Role.COORDINATOR)
    sits = role(Role.CHAIR, Role.COMMITTEE) and not coordinates
    again = Place() if is_open else offered(recommendation, membership)
    return May(
        update=is_open and is_owner,
        propose=is_open and is_owner and not is_proposed,
        withdraw=is_proposed and is_owner,
        prove=is_open and (is_owner or coordinates),
        plan=is_open and coordinates,
        respond=is_open and (is_chair or coordinates),
        decide=is_proposed and sits and not is_owner,
        rule=is_open and sits and not is_owner,
        advise=is_proposed and role(Role.ADVISER),
        speak_for_network=is_proposed and (is_chair or coordinates),
        recheck=again.is_theirs,
        recheck_in_their_place=again.is_theirs and again.is_passed_on,
    )
