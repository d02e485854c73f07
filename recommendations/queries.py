"""Reading recommendations: rows for the dashboard, one page in full, and a person's work."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from organisations.models import Organisation, User
from recommendations import lifecycle
from recommendations.assignment import why_not_accept
from recommendations.enums import Rating, Response, State
from recommendations.lifecycle import ActionFacts, RecommendationFacts
from recommendations.models import Action, ProgressUpdate, Recommendation
from recommendations.proof import ProofFacts, what_shows_it

UPDATES_SHOWN = 50
ROW_FIELDS = (
    "recommendation",
    "original_date",
    "target_date",
    "proven_on",
    "responsible_owner__display_name",
    "responsible_owner__email",
)
"""What a row of the dashboard needs of an action; the rest stays in the database."""


@dataclass(frozen=True)
class Row:
    """One recommendation as the dashboard shows it."""

    recommendation: Recommendation
    facts: RecommendationFacts
    url: str
    theme: str
    leads: tuple[User, ...]
    is_overdue: bool
    is_due_soon: bool
    is_silent: bool
    lacks_response: bool
    lacks_lead: bool
    next_date: date | None
    days_late: int
    rating: lifecycle.RatingShown | None

    @property
    def look(self) -> str:
        """The name that its state's tag is drawn by."""
        return self.facts.state.removeprefix("closed_").removesuffix("_for_closure")

    @property
    def people(self) -> set[User]:
        sponsor = self.recommendation.accountable_owner
        return {*self.leads, *([sponsor] if sponsor else [])}


@dataclass(frozen=True)
class ActionRow:
    """One action as the page of its recommendation shows it."""

    action: Action
    shows_it: str
    days_slipped: int
    is_overdue: bool
    may_accept: bool


@dataclass(frozen=True)
class Work:
    """One action somebody leads, in whichever organisation."""

    action: Action
    recommendation: Recommendation
    organisation: Organisation
    is_overdue: bool
    is_due_soon: bool
    awaits_acceptance: bool


def _in_full(*action_fields: str) -> QuerySet[Recommendation]:
    """With all that the flags need: three queries, however many rows."""
    latest = ProgressUpdate.objects.order_by("recommendation", "-posted_at", "-pk").distinct(
        "recommendation"
    )
    actions = Action.objects.select_related("responsible_owner").order_by("position")
    return Recommendation.objects.select_related("theme", "accountable_owner").prefetch_related(
        Prefetch("actions", queryset=actions.only(*action_fields) if action_fields else actions),
        Prefetch("updates", queryset=latest.defer("text"), to_attr="latest_updates"),
    )


def facts_of(recommendation: Recommendation) -> RecommendationFacts:
    """Facts for the rules, from a recommendation that `_in_full` loaded."""
    latest: list[ProgressUpdate] = recommendation.latest_updates  # type: ignore[attr-defined]
    return RecommendationFacts(
        theme=recommendation.theme.title if recommendation.theme else None,
        is_finding=recommendation.is_finding,
        response=Response(recommendation.response),
        state=State(recommendation.state),
        adopted_on=timezone.localdate(recommendation.created_at),
        actions=tuple(action_facts(action) for action in recommendation.actions.all()),
        last_update=timezone.localdate(latest[0].posted_at) if latest else None,
        rating=Rating(latest[0].rating) if latest else None,
    )


def action_facts(action: Action) -> ActionFacts:
    return ActionFacts(
        is_proven=action.proven_on is not None,
        original_target=action.original_date,
        target=action.target_date,
    )


def rows_of(organisation: Organisation, *, today: date) -> list[Row]:
    """Every recommendation in the order of its source, findings last."""
    found = (
        _in_full(*ROW_FIELDS)
        .filter(organisation=organisation)
        .defer("text", "original_text", "response_reason", "state_reason", "outcome")
        .order_by("is_finding", "source__created_at", "position")
    )
    return [as_row(each, organisation=organisation, today=today) for each in found]


def as_row(recommendation: Recommendation, *, organisation: Organisation, today: date) -> Row:
    facts = facts_of(recommendation)
    actions = recommendation.actions.all()
    owners = (action.responsible_owner for action in actions)
    next_date = lifecycle.next_target(facts)
    return Row(
        recommendation=recommendation,
        facts=facts,
        url=reverse("recommendation_detail", args=[organisation.slug, recommendation.pk]),
        theme=facts.theme or "Findings",
        leads=tuple(dict.fromkeys(owner for owner in owners if owner)),
        is_overdue=lifecycle.is_overdue(facts, today),
        is_due_soon=lifecycle.is_due_soon(facts, today),
        is_silent=lifecycle.is_silent(facts, today, organisation.silent_after_days),
        lacks_response=facts.is_open and facts.response == Response.NONE_YET,
        lacks_lead=facts.is_open
        and any(not a.responsible_owner_id and not a.proven_on for a in actions),
        next_date=next_date,
        days_late=max((today - next_date).days, 0) if next_date else 0,
        rating=lifecycle.rating_shown(facts, today, organisation.silent_after_days),
    )


def recommendation_in_full(organisation: Organisation, *, pk: Any) -> Recommendation | None:
    return (
        _in_full()
        .filter(organisation=organisation, pk=pk)
        .select_related("theme", "accountable_owner", "source", "organisation")
        .first()
    )


def action_rows(recommendation: Recommendation, *, viewer: User, today: date) -> list[ActionRow]:
    """The actions that `_in_full` loaded, with what the rules say of each."""
    return [
        ActionRow(
            action=action,
            shows_it=what_shows_it(
                ProofFacts(
                    kind=action.kind,
                    every_months=action.every_months,
                    occurrences=action.occurrences_needed,
                    unit=action.unit,
                )
            ),
            days_slipped=lifecycle.days_slipped(action_facts(action)),
            is_overdue=recommendation.is_open and lifecycle.is_late(action_facts(action), today),
            may_accept=recommendation.is_open
            and action.responsible_owner_id == viewer.pk
            and action.accepted_at is None
            and not why_not_accept(action.target_date, today=today),
        )
        for action in recommendation.actions.all()
    ]


def updates_of(recommendation: Recommendation) -> QuerySet[ProgressUpdate]:
    """Newest first."""
    return recommendation.updates.select_related("by").order_by("-posted_at", "-pk")[:UPDATES_SHOWN]


def work_of(user: User, *, today: date) -> list[Work]:
    """Open actions this person leads where they are still a member, soonest first; one query."""
    actions = (
        Action.objects.filter(
            Q(
                recommendation__organisation__memberships__user=user,
                recommendation__organisation__memberships__ended_at=None,
            ),
            responsible_owner=user,
            proven_on=None,
        )
        .exclude(recommendation__state__in=State.closed())
        .select_related("recommendation__organisation")
        .order_by("target_date", "recommendation__position", "position")
    )
    return [_as_work(action, today=today) for action in actions]


def _as_work(action: Action, *, today: date) -> Work:
    recommendation = action.recommendation
    facts = action_facts(action)
    return Work(
        action=action,
        recommendation=recommendation,
        organisation=recommendation.organisation,
        is_overdue=lifecycle.is_late(facts, today),
        is_due_soon=lifecycle.falls_soon(facts, today),
        awaits_acceptance=action.accepted_at is None and action.target_date is not None,
    )
