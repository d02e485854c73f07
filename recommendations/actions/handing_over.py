"""Handing work over to a successor, and what lapses when somebody leaves."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from organisations.departures import Departure
from organisations.models import Organisation, User
from organisations.queries import members_of
from recommendations.actions.locking import lock_open, record_about, record_step
from recommendations.actions.owning import set_lead, set_sponsor
from recommendations.enums import RecommendationVerb, State
from recommendations.handing_over import Passing, why_not_hand_over
from recommendations.models import Action, Handover, Recommendation
from recommendations.refusals import NOT_A_MEMBER, NOTHING_TO_HAND_OVER, RecommendationRefused


@transaction.atomic
def hand_over(
    *,
    organisation: Organisation,
    person: User,
    passings: Iterable[Passing],
    by: User,
    now: datetime,
) -> list[Handover]:
    """All of them or none. Whoever takes over has not said yes to anything yet.

    Raises RecommendationRefused without a note, for somebody who is no member, and where the
    person no longer holds a piece.
    """
    in_order = sorted(passings, key=lambda each: str(each.recommendation))
    successors = _members(organisation, {passing.to for passing in in_order})
    return [
        _pass_on(organisation, person, passing, successors[passing.to], by=by, now=now)
        for passing in in_order
    ]


def _members(organisation: Organisation, wanted: set[UUID]) -> dict[UUID, User]:
    members = members_of(organisation).filter(user__in=wanted, user__is_active=True)
    found = {each.user_id: each.user for each in members}
    if wanted - found.keys():
        raise RecommendationRefused(NOT_A_MEMBER)
    return found


def _pass_on(
    organisation: Organisation,
    person: User,
    passing: Passing,
    to: User,
    *,
    by: User,
    now: datetime,
) -> Handover:
    problem = why_not_hand_over(passing, holder=person.pk)
    if problem:
        raise RecommendationRefused(problem)
    found = organisation.recommendations.get(pk=passing.recommendation)
    recommendation = lock_open(found)
    if passing.action is None:
        action = None
        _pass_sponsorship(recommendation, person, to, by=by, now=now)
    else:
        action = recommendation.actions.select_for_update(of=("self",)).get(pk=passing.action)
        _pass_action(recommendation, action, person, to, by=by, now=now)
    return Handover.objects.create(
        recommendation=recommendation,
        action=action,
        from_user=person,
        to_user=to,
        note=passing.note.strip(),
        by=by,
        at=now,
    )


def _pass_sponsorship(
    recommendation: Recommendation, person: User, to: User, *, by: User, now: datetime
) -> None:
    if recommendation.accountable_owner_id != person.pk:
        raise RecommendationRefused(NOTHING_TO_HAND_OVER)
    record_about(RecommendationVerb.SPONSOR_HANDED_OVER, recommendation, by=by, now=now)
    set_sponsor(recommendation, to, by=by, now=now)


def _pass_action(
    recommendation: Recommendation,
    action: Action,
    person: User,
    to: User,
    *,
    by: User,
    now: datetime,
) -> None:
    if action.responsible_owner_id != person.pk:
        raise RecommendationRefused(NOTHING_TO_HAND_OVER)
    record_step(RecommendationVerb.HANDED_OVER, recommendation, action, by=by, now=now)
    set_lead(recommendation, action, to.pk, by=by, now=now)


def lapse_acceptances(departure: Departure) -> None:
    """Whoever leaves has taken nothing on any more: their open actions are without a lead.

    They stay named, so that it shows from whom a successor takes over; the dates stand.
    """
    Action.objects.filter(
        recommendation__organisation=departure.organisation,
        responsible_owner=departure.person,
        accepted_by=departure.person,
        proven_on=None,
    ).exclude(recommendation__state__in=State.closed()).update(accepted_by=None)
