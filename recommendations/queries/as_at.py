"""What was put on record of an organisation's recommendations, to see how they stood on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from history.models import Entry
from organisations.models import Membership, Organisation, User
from recommendations.as_at import (
    FOLDED,
    Event,
    Lasting,
    LookAgain,
    Stays,
    Stood,
    is_here,
    stood_on,
)
from recommendations.models import Action, Recheck, Recommendation, Theme
from recommendations.queries.rows import Row, row_on, sorting_of

SUBJECT = Recommendation._meta.label_lower


@dataclass(frozen=True)
class Told:
    """One recommendation with all that is on record of it."""

    recommendation: Recommendation
    lasting: Lasting
    events: list[Event]


@dataclass(frozen=True)
class Record:
    """Of an organisation, in the order of the dashboard."""

    told: list[Told]
    stays: Stays


def record_of(organisation: Organisation) -> Record:
    """Six queries, however much there is."""
    themes = _themes_of(organisation)
    actions, events = _actions_of(organisation), _events_of(organisation)
    checks = _checks_of(organisation)
    found = (
        organisation.recommendations.select_related("source")
        .defer("text", "response_reason", "state_reason", "outcome")
        .order_by("is_finding", "source__created_at", "position")
    )
    told = [
        Told(each, _lasting(each, actions[each.pk], checks[each.pk], themes), events[each.pk])
        for each in found
    ]
    return Record(told, _stays_of(organisation))


def _lasting(
    recommendation: Recommendation,
    actions: Iterable[str],
    checks: Iterable[LookAgain],
    themes: Mapping[str, str],
) -> Lasting:
    return Lasting(
        sorting=sorting_of(recommendation),
        source=recommendation.source.title,
        is_finding=recommendation.is_finding,
        adopted_on=timezone.localdate(recommendation.created_at),
        actions=tuple(actions),
        checks=tuple(checks),
        themes=themes,
    )


def _themes_of(organisation: Organisation) -> dict[str, str]:
    found = Theme.objects.filter(source__organisation=organisation)
    return {str(pk): title for pk, title in found.values_list("pk", "title")}


def _actions_of(organisation: Organisation) -> dict[UUID, list[str]]:
    found = Action.objects.filter(recommendation__organisation=organisation).order_by("position")
    grouped: dict[UUID, list[str]] = defaultdict(list)
    for recommendation, pk in found.values_list("recommendation_id", "pk"):
        grouped[recommendation].append(str(pk))
    return grouped


def _events_of(organisation: Organisation) -> dict[UUID, list[Event]]:
    found = Entry.objects.filter(
        organisation=organisation, subject_type=SUBJECT, verb__in=FOLDED
    ).order_by("pk")
    grouped: dict[UUID, list[Event]] = defaultdict(list)
    for subject, verb, on, details in found.values_list(
        "subject_id", "verb", "at__date", "details"
    ):
        grouped[subject].append(Event(verb, on, details))
    return grouped


def _checks_of(organisation: Organisation) -> dict[UUID, list[LookAgain]]:
    found = Recheck.objects.filter(recommendation__organisation=organisation)
    rows = found.values_list(
        "recommendation_id", "due_on", "proposal__settled_at", "checked_on", "dropped_at"
    )
    grouped: dict[UUID, list[LookAgain]] = defaultdict(list)
    for recommendation, due_on, settled_at, checked_on, dropped_at in rows:
        ended = checked_on or (timezone.localdate(dropped_at) if dropped_at else None)
        begun = timezone.localdate(settled_at) if settled_at else due_on
        grouped[recommendation].append(LookAgain(due_on, begun, ended))
    return grouped


def _stays_of(organisation: Organisation) -> Stays:
    """Without those who can no longer sign in though they belong: nobody recorded since when."""
    rows = Membership.objects.filter(organisation=organisation).values_list(
        "user_id", "started_at", "ended_at", "user__is_active"
    )
    stays: dict[str, list[tuple[date, date | None]]] = defaultdict(list)
    for user, started_at, ended_at, is_active in rows:
        ended = timezone.localdate(ended_at) if ended_at else None
        if ended or is_active:
            stays[str(user)].append((timezone.localdate(started_at), ended))
    return stays


def rows_as_at(organisation: Organisation, *, day: date) -> list[Row]:
    """The rows of the dashboard as they stood at the end of a day; seven queries."""
    record = record_of(organisation)
    then = [
        (each.recommendation, found)
        for each in record.told
        if (found := stood_on(each.lasting, each.events, day, record.stays))
    ]
    people = _people(found for _, found in then)
    return [
        _row(recommendation, found, people, record.stays, organisation=organisation, day=day)
        for recommendation, found in then
    ]


def _people(found: Iterable[Stood]) -> dict[str, User]:
    wanted = {pk for each in found for pk in (*each.leads, each.sponsor) if pk}
    return {str(user.pk): user for user in User.objects.filter(pk__in=wanted)}


def _row(
    recommendation: Recommendation,
    found: Stood,
    people: dict[str, User],
    stays: Stays,
    *,
    organisation: Organisation,
    day: date,
) -> Row:
    named = {pk: people[pk] for pk in found.leads if pk in people}
    return row_on(
        recommendation,
        found.facts,
        sponsor=people.get(found.sponsor),
        named=list(named.values()),
        here=[person for pk, person in named.items() if is_here(pk, day, stays)],
        organisation=organisation,
        day=day,
        sorting=found.sorting,
    )
