"""What waits for the committees of several organisations, with no more than whose it is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, DateField, F, OuterRef, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from committees.enums import DecisionKind
from recommendations.enums import Response, State
from recommendations.models import Action, ClosureProposal, Extension, Recommendation
from recommendations.queries.rows import waiting_for_their_leads

PASSED = "passed"
"""A date that has passed and stands: the committee alone may move it."""
NO_TITLE, NO_DAY = Value("", output_field=CharField()), Cast(Value(None), DateField())
NOBODY = Cast(Value(None), UUIDField())
NONE_MORE = Cast(Value([], output_field=ArrayField(UUIDField())), ArrayField(UUIDField()))


@dataclass(frozen=True)
class Asked:
    """`id`: of the proposal, request, recommendation or, of a date that passed, the action."""

    what: str
    id: UUID
    organisation: UUID
    recommendation: UUID
    owners: frozenset[UUID]
    asked_by: UUID | None
    title: str
    day: date | None

    @property
    def kind(self) -> str:
        return DecisionKind.EXTENSION if self.what == PASSED else self.what


def asked_in(organisations: Collection[UUID], *, today: date) -> list[Asked]:
    """The same as `matters_of` tells, and dates that passed; one query, none without a place."""
    closed = State.closed()
    proposals = ClosureProposal.objects.filter(withdrawn_at=None, settled_at=None)
    later = Extension.objects.filter(end=None).exclude(action__recommendation__state__in=closed)
    owed = Recommendation.objects.filter(response=Response.NONE_YET).exclude(state__in=closed)
    found = [
        _named(
            DecisionKind.CLOSURE,
            proposals,
            "recommendation__",
            also=F("owners"),
            asked=F("proposed_by"),
        ),
        _named(DecisionKind.EXTENSION, later, "action__recommendation__", asked=F("asked_by")),
        _named(DecisionKind.RESPONSE, owed, ""),
        _named(PASSED, _passed(today), "recommendation__", title=F("title"), day=F("target_date")),
    ]
    first, *others = (
        rows.filter(**{f"{at}organisation__in": list(organisations)}) for rows, at in found
    )
    return [_asked(row) for row in first.union(*others, all=True)]


def _passed(today: date) -> QuerySet[Action]:
    """Where no later date is asked for, and closing does not wait for the committee either."""
    asked = Extension.objects.filter(end=None).values("action")
    return (
        Action.objects.filter(waiting_for_their_leads("recommendation__"), target_date__lt=today)
        .filter(accepted_at__isnull=False, proven_on=None)
        .exclude(pk__in=asked)
    )


def _named(
    what: str,
    rows: QuerySet[Any],
    at: str,
    *,
    also: Any = NONE_MORE,
    asked: Any = NOBODY,
    title: Any = NO_TITLE,
    day: Any = NO_DAY,
) -> tuple[QuerySet[Any], str]:
    """The same columns for each; `at` leads to its recommendation."""
    leads = Action.objects.filter(recommendation=OuterRef(f"{at}pk"))
    columns = rows.order_by().values(
        what=Value(what),
        row=F("pk"),
        home=F(f"{at}organisation"),
        about=F(f"{at}pk"),
        sponsor=F(f"{at}accountable_owner"),
        leads=ArraySubquery(leads.exclude(responsible_owner=None).values("responsible_owner")),
        also=also,
        asked=asked,
        called=title,
        day=day,
    )
    return columns, at


def _asked(row: dict[str, Any]) -> Asked:
    """A response is not about anybody's own work."""
    people = {row["sponsor"], *row["leads"], *row["also"]} - {None}
    return Asked(
        what=row["what"],
        id=row["row"],
        organisation=row["home"],
        recommendation=row["about"],
        owners=frozenset() if row["what"] == DecisionKind.RESPONSE else frozenset(people),
        asked_by=row["asked"],
        title=row["called"],
        day=row["day"],
    )
