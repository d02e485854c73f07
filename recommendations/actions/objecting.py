"""Saying no to an action one was asked to lead, and what the sponsor makes of it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from organisations.enums import Role
from organisations.models import User
from organisations.queries import members_of
from outbox.actions import is_address, queue_email
from outbox.enums import Kind
from outbox.rendering import absolute_url, render_email
from recommendations.actions.locking import lock_open, record_step
from recommendations.actions.owning import set_lead
from recommendations.enums import RecommendationVerb
from recommendations.models import Action, Objection, Recommendation
from recommendations.objecting import Asked, why_not_object, why_not_settle
from recommendations.refusals import ENDED_OBJECTION, NOT_A_MEMBER, RecommendationRefused


@transaction.atomic
def object_to_action(
    *, action: Action, kind: str, reason: str, by: User, now: datetime
) -> Objection:
    """Whoever was asked to lead it says no, and why. It goes to the executive sponsor.

    Raises PermissionDenied for anybody else, and RecommendationRefused once they have taken it on.
    """
    recommendation = lock_open(action.recommendation)
    locked = recommendation.actions.select_for_update(of=("self",)).get(pk=action.pk)
    if locked.responsible_owner_id != by.pk:
        raise PermissionDenied
    problem = why_not_object(asked_of(locked, by), reason=reason)
    if problem:
        raise RecommendationRefused(problem)
    objection = Objection.objects.create(
        action=locked, lead=by, kind=kind, reason=reason.strip(), made_at=now
    )
    verb = RecommendationVerb.ACTION_OBJECTED
    record_step(verb, recommendation, locked, by=by, now=now)
    _tell(recommendation, objection, now=now)
    return objection


def asked_of(action: Action, user: User) -> Asked:
    """For the rules; one query."""
    return Asked(
        is_lead=action.responsible_owner_id == user.pk,
        has_accepted=action.accepted_by_id == user.pk,
        is_proven=action.proven_on is not None,
        has_objected=action.objections.filter(settled_at=None).exists(),
    )


@transaction.atomic
def settle_objection(
    *,
    objection: Objection,
    answer: str,
    lead: User | None,
    is_reassigned: bool,
    by: User,
    now: datetime,
) -> Objection:
    """The sponsor or a coordinator answers. With `is_reassigned` somebody else is asked, or nobody.

    Raises PermissionDenied for anybody else and for whoever said no, and RecommendationRefused
    once it is answered, once the recommendation is closed, and for a lead who is no member.
    """
    recommendation = lock_open(objection.action.recommendation)
    locked = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    if not may_settle(locked, recommendation, by):
        raise PermissionDenied
    if locked.settled_at is not None:
        raise RecommendationRefused(ENDED_OBJECTION)
    to_who_objected = lead is not None and lead.pk == locked.lead_id
    problem = why_not_settle(
        answer=answer, is_reassigned=is_reassigned, to_who_objected=to_who_objected
    )
    if problem:
        raise RecommendationRefused(problem)
    locked.answer, locked.settled_by, locked.settled_at = answer.strip(), by, now
    locked.save(update_fields=["answer", "settled_by", "settled_at"])
    action = recommendation.actions.select_for_update(of=("self",)).get(pk=locked.action_id)
    verb = RecommendationVerb.OBJECTION_SETTLED
    record_step(verb, recommendation, action, by=by, now=now)
    if is_reassigned:
        _ask_instead(recommendation, action, lead, by=by, now=now)
    return locked


def may_settle(objection: Objection, recommendation: Recommendation, user: User) -> bool:
    """The sponsor and the coordinators; the chairs while nobody here is its sponsor.

    Never whoever said no, whatever else they are.
    """
    if objection.lead_id == user.pk:
        return False
    members = {each.user_id: each for each in members_of(recommendation.organisation)}
    if user.pk not in members or user.pk == recommendation.accountable_owner_id:
        return user.pk in members
    roles = [Role.COORDINATOR]
    if recommendation.accountable_owner_id not in {*members} - {objection.lead_id}:
        roles.append(Role.CHAIR)
    return members[user.pk].has_role(*roles)


def _ask_instead(
    recommendation: Recommendation, action: Action, lead: User | None, *, by: User, now: datetime
) -> None:
    if lead and not members_of(recommendation.organisation).filter(user=lead).exists():
        raise RecommendationRefused(NOT_A_MEMBER)
    set_lead(recommendation, action, lead.pk if lead else None, by=by, now=now)


def _tell(recommendation: Recommendation, objection: Objection, *, now: datetime) -> None:
    """The sponsor; without one the chairs; the coordinators where there are none of these."""
    organisation = recommendation.organisation
    link = absolute_url(reverse("objection_settle", args=[organisation.slug, objection.pk]))
    for person in _who_answers(recommendation, objection):
        if not is_address(person.email):
            continue
        context = {"person": person, "organisation": organisation, "link": link}
        queue_email(
            kind=Kind.WORK,
            dedupe_key=f"action-objected:{objection.pk}:{person.pk}",
            to_address=person.email,
            to_user=person,
            organisation=organisation,
            rendered=render_email("action_objected", context),
            now=now,
        )


def _who_answers(recommendation: Recommendation, objection: Objection) -> list[User]:
    members = [each for each in members_of(recommendation.organisation) if each.user.is_active]
    others = [each for each in members if each.user_id != objection.lead_id]
    sponsors = [each for each in others if each.user_id == recommendation.accountable_owner_id]
    chairs = [each for each in others if each.has_role(Role.CHAIR)]
    coordinators = [each for each in others if each.has_role(Role.COORDINATOR)]
    return [each.user for each in sponsors or chairs or coordinators]
