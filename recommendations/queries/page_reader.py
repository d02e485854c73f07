"""What somebody may do on the page of one recommendation. The actions ask again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from organisations.enums import Role
from organisations.models import Membership
from recommendations.models import Recommendation
from recommendations.queries.evidence import DECIDE_WHO_READS
from recommendations.queries.page import ProposalRow
from recommendations.queries.rechecking import Place, offered
from recommendations.who_decides import judge_of, on_closing, on_response


@dataclass(frozen=True)
class May:
    """`decide`: on closing. `answer`: as the committee, whether the organisation agrees.
    `recheck_in_their_place`: of a committee on which nobody is free. `look_into`: evidence of
    which somebody asks that everybody may read it."""

    update: bool
    propose: bool
    withdraw: bool
    prove: bool
    plan: bool
    respond: bool
    decide: bool
    answer: bool
    advise: bool
    speak_for_network: bool
    recheck: bool
    recheck_in_their_place: bool
    look_into: tuple[dict[str, Any], ...]


def what_they_may(
    recommendation: Recommendation,
    membership: Membership,
    *,
    proposals: Iterable[ProposalRow],
    today: date,
) -> May:
    """Of one that `page_of_one` loaded. Once it is closed it can only be looked at again."""
    is_open, role = recommendation.is_open, membership.has_role
    is_owner = recommendation.is_owned_by(membership.user)
    is_chair, coordinates = role(Role.CHAIR), role(Role.COORDINATOR)
    proposed = [each.proposal for each in proposals if each.proposal.is_open]
    is_proposed, judge = bool(proposed), judge_of(recommendation, membership)
    again = Place() if is_open else offered(recommendation, membership, today=today)
    return May(
        update=is_open and is_owner,
        propose=is_open and is_owner and not is_proposed,
        withdraw=is_proposed and is_owner,
        prove=is_open and (is_owner or coordinates),
        plan=is_open and coordinates,
        respond=is_open and (is_chair or coordinates),
        decide=any(judge(on_closing(each, recommendation)) for each in proposed),
        answer=is_open and judge(on_response(recommendation)),
        advise=is_proposed and role(Role.ADVISER),
        speak_for_network=is_proposed and (is_chair or coordinates),
        recheck=again.is_theirs,
        recheck_in_their_place=again.is_theirs and again.is_passed_on,
        look_into=() if is_owner else _asked_of(recommendation, membership),
    )


def _asked_of(recommendation: Recommendation, membership: Membership) -> tuple[dict[str, Any], ...]:
    """As `may_decide_who_reads` judges it, but for whoever owns the recommendation."""
    if not membership.has_role(*DECIDE_WHO_READS):
        return ()
    asked: list[dict[str, Any]] = recommendation.asked_public  # type: ignore[attr-defined]
    return tuple(each for each in asked if str(membership.user_id) not in each["writers"])
