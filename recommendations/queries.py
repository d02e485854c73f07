"""Reading recommendations: rows for the dashboard, one page in full, and what is to do."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from organisations.models import Membership, Organisation, User
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
    """One recommendation as the dashboard shows it. Of `leads_named` some may have left."""

    recommendation: Recommendation
    facts: RecommendationFacts
    url: str
    theme: str
    leads: tuple[User, ...]
    leads_named: tuple[User, ...]
    needs_work: bool
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
        return {*self.leads_named, *([sponsor] if sponsor else [])}


@dataclass(frozen=True)
class ActionRow:
    """One action as the page of its recommendation shows it."""

    action: Action
    shows_it: str
    days_slipped: int
    is_overdue: bool
    may_accept: bool
    lead_has_left: bool


def waiting_for_their_leads(prefix: str = "") -> Q:
    """`lifecycle.waits_for_its_leads` in SQL; `prefix` leads to the recommendation."""
    done = [*State.closed(), State.PROPOSED_FOR_CLOSURE]
    return ~Q(**{f"{prefix}state__in": done}) & ~Q(**{f"{prefix}response": Response.NOT_ACCEPTED})


def has_current_lead() -> Exists:
    """Whether an action's lead still belongs to the organisation, and can sign in."""
    return Exists(
        Membership.objects.current().filter(
            user=OuterRef("responsible_owner"),
            user__is_active=True,
            organisation=OuterRef("recommendation__organisation"),
        )
    )


def actions_to_do() -> QuerySet[Action]:
    """What somebody who is here is to do: not shown as done, and nobody else's turn."""
    return Action.objects.filter(
        has_current_lead(), waiting_for_their_leads("recommendation__"), proven_on=None
    )


def _in_full(*action_fields: str) -> QuerySet[Recommendation]:
    """With all that the flags need: three queries, however many rows."""
    latest = ProgressUpdate.objects.order_by("recommendation", "-posted_at", "-pk").distinct(
        "recommendation"
    )
    actions = (
        Action.objects.select_related("responsible_owner")
        .annotate(has_current_lead=has_current_lead())
        .order_by("position")
    )
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
        actions=tuple(
            action_facts(action, has_lead=leads_here(action))
            for action in recommendation.actions.all()
        ),
        last_update=timezone.localdate(latest[0].posted_at) if latest else None,
        rating=Rating(latest[0].rating) if latest else None,
    )


def action_facts(action: Action, *, has_lead: bool) -> ActionFacts:
    return ActionFacts(
        is_proven=action.proven_on is not None,
        original_target=action.original_date,
        target=action.target_date,
        has_lead=has_lead,
    )


def leads_here(action: Action) -> bool:
    """Of an action that `_in_full` loaded."""
    return bool(action.has_current_lead)  # type: ignore[attr-defined]


def rows_of(organisation: Organisation, *, today: date) -> list[Row]:
    """Every recommendation in the order of its source, findings last."""
    found = (
        _in_full(*ROW_FIELDS)
        .filter(organisation=organisation)
        .defer("text", "response_reason", "state_reason", "outcome")
        .order_by("is_finding", "source__created_at", "position")
    )
    return [as_row(each, organisation=organisation, today=today) for each in found]


def as_row(recommendation: Recommendation, *, organisation: Organisation, today: date) -> Row:
    facts = facts_of(recommendation)
    actions = recommendation.actions.all()
    named = dict.fromkeys(a.responsible_owner for a in actions if a.responsible_owner)
    here = {a.responsible_owner for a in actions if leads_here(a)}
    next_date = lifecycle.next_target(facts)
    return Row(
        recommendation=recommendation,
        facts=facts,
        url=reverse("recommendation_detail", args=[organisation.slug, recommendation.pk]),
        theme=facts.theme or "Findings",
        leads=tuple(person for person in named if person in here),
        leads_named=tuple(named),
        needs_work=lifecycle.needs_work(facts),
        is_overdue=lifecycle.is_overdue(facts, today),
        is_due_soon=lifecycle.is_due_soon(facts, today),
        is_silent=lifecycle.is_silent(facts, today, organisation.silent_after_days),
        lacks_response=facts.is_open and facts.response == Response.NONE_YET,
        lacks_lead=lifecycle.lacks_lead(facts),
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
    needs_work = lifecycle.needs_work(facts_of(recommendation))
    return [
        action_row(action, viewer=viewer, today=today, needs_work=needs_work)
        for action in recommendation.actions.all()
    ]


def action_row(action: Action, *, viewer: User, today: date, needs_work: bool) -> ActionRow:
    facts = action_facts(action, has_lead=leads_here(action))
    is_asked = action.responsible_owner_id == viewer.pk and action.accepted_by_id is None
    target = action.target_date
    return ActionRow(
        action=action,
        shows_it=what_shows_it(
            ProofFacts(
                kind=action.kind,
                every_months=action.every_months,
                occurrences=action.occurrences_needed,
                unit=action.unit,
            )
        ),
        days_slipped=lifecycle.days_slipped(facts),
        is_overdue=needs_work and lifecycle.is_late(facts, today),
        may_accept=needs_work
        and is_asked
        and not why_not_accept(
            target, shown=target, is_accepted=action.accepted_at is not None, today=today
        ),
        lead_has_left=action.responsible_owner_id is not None and not facts.has_lead,
    )


def updates_of(recommendation: Recommendation) -> QuerySet[ProgressUpdate]:
    """Newest first."""
    return recommendation.updates.select_related("by").order_by("-posted_at", "-pk")[:UPDATES_SHOWN]
