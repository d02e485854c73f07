"""What those who advise think of a proposal to close. The committee reads it; nothing follows."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from committees.enums import CommitteeVerb, GroupKind
from committees.models import Group, Opinion
from committees.queries.opinions import last_opinion
from committees.refusals import NOT_A_NETWORK, GroupRefused
from history.actions import record
from organisations.enums import Role
from organisations.models import Membership, User
from recommendations.actions.locking import lock
from recommendations.models import ClosureProposal, Recommendation
from recommendations.refusals import ENDED_PROPOSAL, RecommendationRefused


@transaction.atomic
def give_opinion(
    *, proposal: ClosureProposal, view: str, note: str, by: User, now: datetime
) -> Opinion:
    """An adviser's own. The same again leaves no second row.

    Raises PermissionDenied for anybody else, for whoever owns the work or proposed closing it,
    and RecommendationRefused once it is decided.
    """
    recommendation = _lock_open(proposal)
    _refuse_others(recommendation, by, Role.ADVISER)
    if recommendation.is_owned_by(by) or proposal.proposed_by_id == by.pk:
        raise PermissionDenied
    given = Opinion(proposal=proposal, by=by, view=view, note=note.strip(), at=now)
    return _keep(given, recommendation, CommitteeVerb.OPINION_GIVEN, by=by)


@transaction.atomic
def give_network_opinion(
    *, proposal: ClosureProposal, group: Group, view: str, note: str, by: User, now: datetime
) -> Opinion:
    """Of a staff network as a whole: no row and no history entry says who entered it.

    Raises PermissionDenied for whoever may not enter it, GroupRefused for any other group and
    RecommendationRefused once it is decided.
    """
    recommendation = _lock_open(proposal)
    _refuse_others(recommendation, by, Role.CHAIR, Role.COORDINATOR)
    is_theirs = group.organisation_id == recommendation.organisation_id
    if group.kind != GroupKind.STAFF_NETWORK or not is_theirs:
        raise GroupRefused(NOT_A_NETWORK)
    given = Opinion(proposal=proposal, group=group, view=view, note=note.strip(), at=now)
    return _keep(given, recommendation, CommitteeVerb.NETWORK_OPINION, by=None)


def _lock_open(proposal: ClosureProposal) -> Recommendation:
    recommendation = lock(proposal.recommendation)
    if not recommendation.proposals.get(pk=proposal.pk).is_open:
        raise RecommendationRefused(ENDED_PROPOSAL)
    return recommendation


def _refuse_others(recommendation: Recommendation, by: User, *roles: Role) -> None:
    held = Membership.objects.with_role(*roles).filter(
        organisation=recommendation.organisation_id, user=by
    )
    if not held.exists():
        raise PermissionDenied


def _keep(
    given: Opinion, recommendation: Recommendation, verb: CommitteeVerb, *, by: User | None
) -> Opinion:
    last = last_opinion(given.proposal, by=given.by, group=given.group)
    if last is not None and (last.view, last.note) == (given.view, given.note):
        return last
    given.save(force_insert=True)
    record(
        verb,
        subject=recommendation,
        organisation=recommendation.organisation,
        by=by,
        now=given.at,
        proposal=given.proposal_id,
    )
    return given
