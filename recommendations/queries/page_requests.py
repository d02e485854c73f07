"""Later dates that were asked for, as the page of one recommendation tells of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from recommendations.models import Action, Extension


@dataclass(frozen=True)
class Decided:
    """What the committee ruled, at the meeting of which day, and who recorded it."""

    ruling: str
    met_on: date
    by: str
    was_passed_on: bool
    reason: str


def requests_shown() -> ArraySubquery:
    """With the committee's decision, which lies one room up and is reached by its name."""
    shown = JSONObject(
        **{name: name for name in ("pk", "old_date", "new_date", "reason", "asked_on")},
        is_own_motion="is_own_motion",
        asker="asked_by",
        asked_by="asked_by__display_name",
        ended="end__at",
        ruling="end__ruling",
        met_on="decision__meeting__date",
        by="decision__decided_by__display_name",
        was_passed_on="decision__was_passed_on",
        why="decision__reason",
    )
    rows = Extension.objects.filter(action=OuterRef("pk")).order_by("asked_at", "pk")
    return ArraySubquery(rows.values(json=shown))


@dataclass(frozen=True)
class Request:
    """A later date that was asked for, and how that ended."""

    pk: UUID
    old_date: date
    new_date: date
    reason: str
    asker: UUID
    asked_by: str
    asked_on: date
    is_own_motion: bool
    is_open: bool
    ruling: str
    decision: Decided | None


def requests_of(action: Action) -> tuple[Request, ...]:
    """Of an action that `page_of_one` loaded, oldest first."""
    found: list[dict[str, Any]] = action.requests  # type: ignore[attr-defined]
    return tuple(
        Request(
            pk=UUID(each["pk"]),
            old_date=date.fromisoformat(each["old_date"]),
            new_date=date.fromisoformat(each["new_date"]),
            reason=each["reason"],
            asker=UUID(each["asker"]),
            asked_by=each["asked_by"] or "Somebody",
            asked_on=date.fromisoformat(each["asked_on"]),
            is_own_motion=each["is_own_motion"],
            is_open=each["ended"] is None,
            ruling=each["ruling"] or "",
            decision=_decided(each),
        )
        for each in found
    )


def _decided(said: dict[str, Any]) -> Decided | None:
    if said["met_on"] is None:
        return None
    return Decided(
        ruling=said["ruling"],
        met_on=date.fromisoformat(said["met_on"]),
        by=said["by"] or "Somebody",
        was_passed_on=said["was_passed_on"],
        reason=said["why"],
    )
