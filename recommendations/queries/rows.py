"""Reading recommendations: rows for the dashboard, one page in full, and what is to do."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone

from organisations.models import Membership, Organisation, User
from recommendations import lifecycle
from recommendations.enums import Rating, Response, Ruling, State
from recommendations.lifecycle import ActionFacts, Moved, RecommendationFacts
from recommendations.models import (
    Action,
    ClosureProposal,
    Extension,
    ExtensionEnd,
    Objection,
    ProgressUpdate,
    Recheck,
    Recommendation,
)
from recommendations.sorting import Sorting

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


FINDINGS = "Findings"
NO_THEME = "Without a theme"


@dataclass(frozen=True)
class Row:
    """One recommendation as the dashboard shows it. Of `leads_named` some may have left.

    All but its title is that of one day.
    """

    recommendation: Recommendation
    facts: RecommendationFacts
    slug: str
    theme: str
    sorting: Sorting
    sponsor: User | None
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
    moved: Moved | None = None
    is_later_asked: bool = False
    has_objection: bool = False
    is_recheck_due: bool = False

    @property
    def url(self) -> str:
        return reverse("recommendation_detail", args=[self.slug, self.recommendation.pk])

    @property
    def look(self) -> str:
        """The name that its state's tag is drawn by."""
        if self.facts.is_activity_only:
            return "activity_only"
        return self.facts.state.removeprefix("closed_").removesuffix("_for_closure")

    @property
    def state_in_words(self) -> str:
        return "Closed: activity only" if self.facts.is_activity_only else self.facts.state.label

    @property
    def people(self) -> set[User]:
        return {*self.leads_named, *([self.sponsor] if self.sponsor else [])}


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


def _moves() -> Coalesce:
    approved = ExtensionEnd.objects.filter(
        extension__action=OuterRef("pk"), ruling=Ruling.APPROVED
    ).order_by()
    counted = approved.values("extension__action").annotate(moves=Count("pk")).values("moves")
    return Coalesce(Subquery(counted), 0)


def actions_in_full() -> QuerySet[Action]:
    """In their order, with what the facts of each need."""
    return Action.objects.annotate(
        has_current_lead=has_current_lead(),
        moves=_moves(),
        is_later_asked=Exists(Extension.objects.filter(action=OuterRef("pk"), end=None)),
        has_objection=Exists(Objection.objects.filter(action=OuterRef("pk"), settled_at=None)),
    ).order_by("position")


def waiting_and_due(found: QuerySet[Recommendation]) -> QuerySet[Any]:
    """With the days of the proposal that waits and of the next re-check."""
    waiting = ClosureProposal.objects.filter(
        recommendation=OuterRef("pk"), withdrawn_at=None, settled_at=None
    )
    rechecks = Recheck.objects.filter(recommendation=OuterRef("pk"), result="", dropped_at=None)
    return found.annotate(
        adopted_on=TruncDate("created_at"),
        proposed_on=Subquery(waiting.values("proposed_at__date")[:1]),
        recheck_on=Subquery(rechecks.order_by("due_on").values("due_on")[:1]),
    )


def _in_full(*action_fields: str) -> QuerySet[Recommendation]:
    """With all that the flags need: three queries, however many rows."""
    latest = ProgressUpdate.objects.order_by("recommendation", "-posted_at", "-pk").distinct(
        "recommendation"
    )
    actions = actions_in_full().select_related("responsible_owner")
    found = Recommendation.objects.select_related("theme", "source", "accountable_owner")
    return waiting_and_due(found).prefetch_related(
        Prefetch("actions", queryset=actions.only(*action_fields) if action_fields else actions),
        Prefetch("updates", queryset=latest.defer("text"), to_attr="latest_updates"),
    )


def facts_of(recommendation: Recommendation) -> RecommendationFacts:
    """Facts for the rules, from a recommendation that `_in_full` loaded.

    One that was loaded for another page may lack what waits for the committee.
    """
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
        source=recommendation.source.title,
        is_activity_only=recommendation.is_activity_only,
        proposed_on=getattr(recommendation, "proposed_on", None),
        recheck_on=getattr(recommendation, "recheck_on", None),
    )


def action_facts(action: Action, *, has_lead: bool) -> ActionFacts:
    return ActionFacts(
        is_proven=action.proven_on is not None,
        original_target=action.original_date,
        target=action.target_date,
        has_lead=has_lead,
        moves=getattr(action, "moves", 0),
        is_later_asked=getattr(action, "is_later_asked", False),
        has_objection=getattr(action, "has_objection", False),
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
    actions = recommendation.actions.all()
    named = dict.fromkeys(a.responsible_owner for a in actions if a.responsible_owner)
    return row_on(
        recommendation,
        facts_of(recommendation),
        sponsor=recommendation.accountable_owner,
        named=named,
        here={a.responsible_owner for a in actions if a.responsible_owner and leads_here(a)},
        organisation=organisation,
        day=today,
    )


def row_on(
    recommendation: Recommendation,
    facts: RecommendationFacts,
    *,
    sponsor: User | None,
    named: Collection[User],
    here: Collection[User],
    organisation: Organisation,
    day: date,
    sorting: Sorting | None = None,
) -> Row:
    """As it stood on a day. `named` are its leads of that day, `here` those who had not left."""
    next_date = lifecycle.next_target(facts)
    return Row(
        recommendation=recommendation,
        facts=facts,
        slug=organisation.slug,
        theme=facts.theme or (FINDINGS if facts.is_finding else NO_THEME),
        sorting=sorting or sorting_of(recommendation),
        sponsor=sponsor,
        leads=tuple(person for person in named if person in here),
        leads_named=tuple(named),
        needs_work=lifecycle.needs_work(facts),
        is_overdue=lifecycle.is_overdue(facts, day),
        is_due_soon=lifecycle.is_due_soon(facts, day),
        is_silent=lifecycle.is_silent(facts, day, organisation.silent_after_days),
        lacks_response=facts.is_open and facts.response == Response.NONE_YET,
        lacks_lead=lifecycle.lacks_lead(facts),
        next_date=next_date,
        days_late=max((day - next_date).days, 0) if next_date else 0,
        rating=lifecycle.rating_shown(facts, day, organisation.silent_after_days),
        moved=lifecycle.moved(facts),
        is_later_asked=lifecycle.is_later_asked(facts),
        has_objection=lifecycle.has_objection(facts),
        is_recheck_due=lifecycle.is_recheck_due(facts, day),
    )


def sorting_of(one: Recommendation) -> Sorting:
    """As it is today."""
    return Sorting(str(one.theme_id or ""), one.level, one.horizon, str(one.phase or ""))


def recommendation_in_full(organisation: Organisation, *, pk: Any) -> Recommendation | None:
    return (
        _in_full()
        .filter(organisation=organisation, pk=pk)
        .select_related("theme", "accountable_owner", "source", "organisation")
        .first()
    )


def updates_of(recommendation: Recommendation) -> QuerySet[ProgressUpdate]:
    """Newest first."""
    return recommendation.updates.select_related("by").order_by("-posted_at", "-pk")[:UPDATES_SHOWN]
