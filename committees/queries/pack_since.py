"""Reading what happened since the last pack of a group; everything where there was none."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from committees.enums import DecisionKind
from committees.models import Decision
from committees.pack_facts import Decided, Finished, Moved, Reopened, Subject
from committees.pack_pieces import words
from history.models import Entry
from organisations.models import Organisation
from recommendations.enums import RecommendationVerb, Ruling, State
from recommendations.models import Action, Recommendation


def subject_of(recommendation: Recommendation) -> Subject:
    return Subject(str(recommendation.pk), recommendation.reference, recommendation.title)


def decisions_since(organisation: Organisation, since: datetime | None) -> QuerySet[Decision]:
    found = organisation.decisions.select_related(
        "recommendation", "proposal", "extension__action"
    ).order_by("decided_at", "pk")
    return found.filter(decided_at__gt=since) if since else found


def decided_since(organisation: Organisation, since: datetime | None) -> tuple[Decided, ...]:
    return tuple(
        Decided(
            id=str(each.pk),
            subject=subject_of(each.recommendation),
            about=each.get_kind_display(),
            ruling=each.get_ruling_display() or each.get_response_display(),
            why=words(each.reason, each.decided_by_id),
            on=timezone.localdate(each.decided_at),
        )
        for each in decisions_since(organisation, since)
    )


def moved_since(organisation: Organisation, since: datetime | None) -> tuple[Moved, ...]:
    """Dates that the committee moved."""
    approved = decisions_since(organisation, since).filter(
        kind=DecisionKind.EXTENSION, ruling=Ruling.APPROVED
    )
    return tuple(
        Moved(
            id=str(each.pk),
            subject=subject_of(each.recommendation),
            step=each.extension.action.title,
            old=each.extension.old_date,
            new=each.extension.new_date,
            why=words(each.reason, each.decided_by_id),
            on=timezone.localdate(each.decided_at),
        )
        for each in approved
        if each.extension
    )


def finished_since(organisation: Organisation, since: datetime | None) -> tuple[Finished, ...]:
    """Recommendations that were closed and are, then actions shown to be done and still so."""
    closed = decisions_since(organisation, since).filter(
        kind=DecisionKind.CLOSURE,
        ruling=Ruling.APPROVED,
        recommendation__state__in=State.closed(),
    )
    return (
        *(_closed(each) for each in closed if each.proposal),
        *_proven(organisation, since),
    )


def _closed(decision: Decision) -> Finished:
    proposal = decision.proposal
    assert proposal is not None
    return Finished(
        id=str(decision.recommendation_id),
        subject=subject_of(decision.recommendation),
        on=timezone.localdate(decision.decided_at),
        how=proposal.get_wanted_display(),
        outcome=words(proposal.outcome or proposal.reason, proposal.proposed_by_id),
        is_activity_only=proposal.is_activity_only,
    )


def _proven(organisation: Organisation, since: datetime | None) -> list[Finished]:
    """By the time at which it was put on record: the day alone would count some twice."""
    steps = Action.objects.filter(
        recommendation__organisation=organisation, proven_on__isnull=False
    ).select_related("recommendation")
    if since is not None:
        steps = steps.filter(pk__in=_proven_ids(organisation, since))
    return [
        Finished(
            id=str(each.pk),
            subject=subject_of(each.recommendation),
            on=each.proven_on,
            how="shown to be done",
            step=each.title,
        )
        for each in steps.order_by("proven_on", "pk")
        if each.proven_on
    ]


def _proven_ids(organisation: Organisation, since: datetime) -> list[UUID]:
    said = _entries(organisation, since, RecommendationVerb.ACTION_PROVEN)
    return [UUID(details["action"]) for _, _, _, details in said if details.get("action")]


def reopened_since(organisation: Organisation, since: datetime | None) -> tuple[Reopened, ...]:
    verbs = (RecommendationVerb.REOPENED, RecommendationVerb.REOPENED_MISSED)
    entries = _entries(organisation, since, *verbs)
    about = Recommendation.objects.filter(organisation=organisation).in_bulk(
        {subject for _, subject, _, _ in entries}
    )
    return tuple(
        Reopened(
            id=f"{subject}",
            subject=subject_of(about[subject]),
            why=_why(verb),
            on=day,
        )
        for verb, subject, day, _ in entries
        if subject in about
    )


def _why(verb: str) -> str:
    was_missed = verb == RecommendationVerb.REOPENED_MISSED
    return "Something regular did not happen" if was_missed else "Not sustained"


def _entries(
    organisation: Organisation, since: datetime | None, *verbs: str
) -> list[tuple[str, UUID, date, dict[str, Any]]]:
    found = Entry.objects.filter(organisation=organisation, verb__in=verbs)
    if since is not None:
        found = found.filter(at__gt=since)
    rows = found.order_by("pk").values_list("verb", "subject_id", "at", "details")
    return [(verb, pk, timezone.localdate(at), details) for verb, pk, at, details in rows]
