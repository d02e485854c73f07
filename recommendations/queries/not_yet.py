"""What was said about actions that are late."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from recommendations.models import Action, NotYet
from recommendations.not_yet import Late
from recommendations.queries.rows import waiting_for_their_leads


@dataclass(frozen=True)
class Said:
    """Why an action is late; `reason` is empty once whoever wrote it erased their account."""

    reason: str
    who: str
    until: date


def open_not_yets(today: date) -> QuerySet[NotYet]:
    """Of the action around it: what holds today, for the date that stands."""
    return NotYet.objects.filter(
        action=OuterRef("pk"), due_date=OuterRef("target_date"), until__gt=today
    )


def newest_not_yet() -> Subquery:
    """Of the action around it, for the date that stands, whether it still holds or not."""
    found = NotYet.objects.filter(action=OuterRef("pk"), due_date=OuterRef("target_date"))
    shown = JSONObject(reason="reason", until="until", who="by__display_name")
    return Subquery(found.order_by("-until").values(json=shown)[:1])


def not_yet_of(action: Action, *, today: date) -> Said | None:
    """What holds today, of an action loaded with its `newest_not_yet`."""
    found: dict[str, Any] | None = action.not_yet  # type: ignore[attr-defined]
    if found is None:
        return None
    until = date.fromisoformat(found["until"])
    said = Said(found["reason"], found["who"] or "Somebody", until)
    return said if today < until else None


def late_facts(action: Action, *, today: date) -> Late:
    """Two queries."""
    late = Action.objects.filter(
        waiting_for_their_leads("recommendation__"),
        pk=action.pk,
        proven_on=None,
        target_date__lt=today,
    )
    said = action.not_yets.filter(due_date=F("action__target_date"))
    return Late(is_late=late.exists(), until=said.aggregate(last=Max("until"))["last"])
