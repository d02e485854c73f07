"""The rows of the dashboard without the rows behind them, for organisations with thousands."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from organisations.models import Organisation, User
from recommendations.enums import Rating, Response, State
from recommendations.lifecycle import ActionFacts, RecommendationFacts
from recommendations.models import ProgressUpdate, Recommendation, Source, Theme
from recommendations.queries.rows import Row, actions_in_full, row_on, waiting_and_due

LATEST = tuple[date, str]


def board_rows_of(organisation: Organisation, *, today: date) -> list[Row]:
    """As `rows_of` gives them; their actions and updates are not loaded. Six queries."""
    found = list(
        waiting_and_due(organisation.recommendations.all())
        .defer("text", "response_reason", "state_reason", "outcome")
        .order_by("is_finding", "source__created_at", "position")
    )
    themes = Theme.objects.in_bulk({each.theme_id for each in found if each.theme_id})
    sources = Source.objects.in_bulk({each.source_id for each in found})
    actions, updates = _actions_of(organisation), _latest_updates_of(organisation)
    leads = {action[1] for own in actions.values() for action in own if action[1]}
    sponsors = {each.accountable_owner_id for each in found if each.accountable_owner_id}
    people = User.objects.in_bulk(leads | sponsors)
    rows = []
    for each in found:
        each.theme = themes.get(each.theme_id) if each.theme_id else None
        each.source = sources[each.source_id]
        own = actions[each.pk]
        facts = _facts(each, [action[0] for action in own], updates.get(each.pk))
        rows.append(_row(each, facts, own, people, organisation=organisation, today=today))
    return rows


def _actions_of(organisation: Organisation) -> dict[UUID, list[tuple[ActionFacts, UUID | None]]]:
    found: QuerySet[Any] = actions_in_full().filter(recommendation__organisation=organisation)
    rows = found.values_list(
        "recommendation_id", "responsible_owner_id", "proven_on", "original_date", "target_date",
        "has_current_lead", "moves", "is_later_asked", "has_objection",
    )  # fmt: skip
    grouped: dict[UUID, list[tuple[ActionFacts, UUID | None]]] = defaultdict(list)
    for recommendation, lead, proven_on, *rest in rows:
        grouped[recommendation].append((ActionFacts(proven_on is not None, *rest), lead))
    return grouped


def _latest_updates_of(organisation: Organisation) -> dict[UUID, LATEST]:
    found = (
        ProgressUpdate.objects.filter(recommendation__organisation=organisation)
        .order_by("recommendation", "-posted_at", "-pk")
        .distinct("recommendation")
    )
    rows = found.values_list("recommendation_id", "posted_at__date", "rating")
    return {recommendation: (day, rating) for recommendation, day, rating in rows}


def _facts(of: Any, actions: Iterable[ActionFacts], latest: LATEST | None) -> RecommendationFacts:
    return RecommendationFacts(
        theme=of.theme.title if of.theme else None,
        is_finding=of.is_finding,
        response=Response(of.response),
        state=State(of.state),
        adopted_on=of.adopted_on,
        actions=tuple(actions),
        last_update=latest[0] if latest else None,
        rating=Rating(latest[1]) if latest else None,
        source=of.source.title,
        is_activity_only=of.is_activity_only,
        proposed_on=of.proposed_on,
        recheck_on=of.recheck_on,
    )


def _row(
    recommendation: Recommendation,
    facts: RecommendationFacts,
    actions: Iterable[tuple[ActionFacts, UUID | None]],
    people: dict[UUID, User],
    *,
    organisation: Organisation,
    today: date,
) -> Row:
    led = [(action.has_lead, people[lead]) for action, lead in actions if lead]
    sponsor = recommendation.accountable_owner_id
    return row_on(
        recommendation,
        facts,
        sponsor=people[sponsor] if sponsor else None,
        named=list(dict.fromkeys(person for _, person in led)),
        here=[person for is_here, person in led if is_here],
        organisation=organisation,
        day=today,
    )
