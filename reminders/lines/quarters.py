"""The figures of a quarter: of the committee's recommendations, and of a leader's own record."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone

from commitments.enums import InvitationKind, InvitationState
from commitments.facts import LedgerFact, StepFact
from commitments.figures import Figure
from commitments.models import Invitation, Pledge, Step
from commitments.queries.public import made_on
from commitments.record import year_to
from commitments.rhythm import Period
from organisations.models import Organisation
from recommendations.enums import Response, Ruling, State
from recommendations.models import (
    Action,
    ClosureProposal,
    ExtensionEnd,
    ProgressUpdate,
    Recommendation,
)
from reminders.enums import ReminderKind
from reminders.facts.quarters import quarter_before
from reminders.lines.about import About

OF = "recommendation__"
OF_LEADERS = ("invitations", "asked", "answered", "changed", "took_part", "put_forward")
"""Of their own ledger alone. What events were shown to meet stays on their page: of one or two,
a figure would be somebody's count."""


def quarters(subjects: Collection[UUID]) -> dict[UUID, About]:
    """Of organisations, and of pledges; five queries, however many."""
    today = timezone.localdate()
    return {**of_committees(subjects, today=today), **of_leaders(subjects, today=today)}


def of_committees(subjects: Collection[UUID], *, today: date) -> dict[UUID, About]:
    quarter = quarter_before(today)
    rows = Organisation.objects.filter(pk__in=subjects).annotate(
        **happened_in(quarter), **standing(today)
    )
    return {
        row.pk: About(
            f"Recommendations, {quarter.words}",
            reverse("dashboard_over_time", args=[row.slug]),
            figures_of(row),
        )
        for row in rows
    }


def figures_of(row: Any) -> tuple[tuple[str, str], ...]:
    """Activity alone is never counted as an outcome. What is late is said of all that is open."""
    return (
        ("Closed", f"{row.closed}"),
        ("Closed, activity only so far", f"{row.activity_only}"),
        ("Proposed for closure", f"{row.proposed}"),
        ("Dates moved", f"{row.moved}"),
        ("Overdue today", f"{row.overdue} of {row.open} open"),
        ("Silent today", f"{row.silent} of {row.open} open"),
    )


def happened_in(quarter: Period) -> dict[str, Coalesce]:
    """By what each is called. Findings are no part of it, as over time."""
    days = (quarter.first, quarter.opens_on - timedelta(days=1))
    closed = recommendations().filter(closed_on__range=days)
    proposed = ClosureProposal.objects.filter(withdrawn_at=None, proposed_at__date__range=days)
    moved = ExtensionEnd.objects.filter(ruling=Ruling.APPROVED, at__date__range=days)
    return {
        "closed": number_of(closed.filter(is_activity_only=False)),
        "activity_only": number_of(closed.filter(is_activity_only=True)),
        "proposed": number_of(proposed, OF),
        "moved": number_of(moved, f"extension__action__{OF}"),
    }


def standing(today: date) -> dict[str, Coalesce]:
    """`lifecycle.needs_work`, `is_overdue` and `is_silent`, in SQL."""
    wanted = recommendations().exclude(state__in=State.closed())
    wanted = wanted.exclude(response=Response.NOT_ACCEPTED)
    late = Action.objects.filter(
        recommendation=OuterRef("pk"), proven_on=None, target_date__lt=today
    )
    updates = ProgressUpdate.objects.filter(recommendation=OuterRef("pk")).order_by()
    newest = updates.values("recommendation").annotate(at=Max("posted_at")).values("at")
    heard_on = TruncDate(Coalesce(Subquery(newest), "created_at"))
    silent = wanted.alias(heard_on=heard_on).filter(
        heard_on__lt=Value(today) - F("organisation__silent_after_days")
    )
    return {
        "open": number_of(wanted),
        "overdue": number_of(wanted.filter(Exists(late))),
        "silent": number_of(silent),
    }


def recommendations() -> QuerySet[Recommendation]:
    return Recommendation.objects.all()


def number_of(rows: QuerySet[Any], of: str = "") -> Coalesce:
    """How many there are in the organisation of the outer query. `of`: to the recommendation."""
    home = f"{of}organisation"
    own = rows.filter(**{home: OuterRef("pk"), f"{of}is_finding": False}).order_by()
    return Coalesce(Subquery(own.values(home).annotate(n=Count("pk")).values("n")), 0)


def of_leaders(subjects: Collection[UUID], *, today: date) -> dict[UUID, About]:
    """What is confirmed, of the invitations that came in within the quarter."""
    quarter = quarter_before(today)
    last = quarter.opens_on - timedelta(days=1)
    steps = Step.objects.exclude(confirmed_at=None)
    entries = Invitation.objects.exclude(confirmed_at=None).filter(
        received_on__range=(quarter.first, last)
    )
    rows = Pledge.objects.filter(pk__in=subjects).prefetch_related(
        Prefetch("invitations", entries.prefetch_related(Prefetch("steps", steps)))
    )
    return {
        row.pk: About(
            f"Your pledge, {quarter.words}",
            reverse("my_pledge", args=[row.pk]),
            tuple(own_figures(row, quarter.first, last, today)),
        )
        for row in rows
    }


def own_figures(pledge: Pledge, first: date, last: date, today: date) -> Iterator[tuple[str, str]]:
    """The first always; another where there is something that it is out of."""
    since = max(first, made_on(pledge))
    found = year_to(last, facts_of(pledge.invitations.all()), today=today, since=since)
    by_key: dict[str, Figure] = {figure.key: figure for figure in found.every_figure}
    for figure in (by_key[key] for key in OF_LEADERS):
        if figure.is_of_itself or figure.out_of:
            yield figure.label, figure.in_short


def facts_of(entries: Iterable[Invitation]) -> Iterator[LedgerFact]:
    for entry in entries:
        yield LedgerFact(
            received_on=entry.received_on,
            held_on=entry.held_on,
            kind=InvitationKind(entry.kind),
            steps={
                InvitationState(step.state): StepFact(step.on, step.by_id is None, step.number)
                for step in entry.steps.all()
            },
        )


LINES = {ReminderKind.QUARTER: quarters}
