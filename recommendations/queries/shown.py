"""What there is to show that actions are done: one query for all of them, whatever their kinds."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from recommendations.enums import ActionKind
from recommendations.meetings_ahead import next_meetings
from recommendations.models import (
    Action,
    CoverageCount,
    CoverageUnit,
    EmbeddingCheck,
    Evidence,
    Occurrence,
)
from recommendations.proof import Check, Happened, Shown
from recommendations.proof import Count as Counted

Row = dict[str, Any]
COUNTED = "counted"
OF_STEP = OuterRef("pk")


def shown_of(actions: Iterable[Action]) -> dict[UUID, Shown]:
    """At most two queries: what meetings are ahead is asked of what moves with them alone."""
    by_key = {each.pk: each for each in actions}
    if not by_key:
        return {}
    kinds = {_kind_of(each) for each in by_key.values()}
    asked: dict[str, Any] = {name: COLUMNS[name]() for kind in kinds for name in OF_KIND[kind]}
    rows: Any = Action.objects.filter(pk__in=by_key).values("pk", **asked)
    found = {row["pk"]: row for row in rows}
    ahead = _meetings_ahead(by_key.values(), found)
    return {
        pk: SHOWN[_kind_of(each)](each, found[pk], ahead.get(pk)) for pk, each in by_key.items()
    }


def _kind_of(action: Action) -> str:
    return COUNTED if action.is_counted else action.kind


def _pieces() -> Any:
    return _number_of(Evidence.objects.filter(action=OF_STEP, withdrawn_at=None))


def _number_of(rows: QuerySet[Any]) -> Any:
    counted = rows.order_by().values("action").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _happened() -> Any:
    rows = Occurrence.objects.filter(action=OF_STEP, removed_at=None).order_by("held_on")
    return _as_list(rows, "held_on", "moved_with_meeting", "meeting")


def _as_list(rows: QuerySet[Any], *names: str) -> Any:
    return ArraySubquery(rows.values(json=JSONObject(**{name: name for name in names})))


def _units() -> Any:
    rows = CoverageUnit.objects.filter(action=OF_STEP).order_by().values("action")
    covered = Count("pk", filter=Q(covered_on__isnull=False))
    return Subquery(rows.values(json=JSONObject(units=Count("pk"), covered=covered)))


def _newest_count() -> Any:
    rows = CoverageCount.objects.filter(action=OF_STEP)
    named = JSONObject(covered="covered", whole="whole", counted_on="counted_on")
    newest = rows.order_by("-counted_on", "-recorded_at", "-pk")
    return Subquery(newest.values(json=named)[:1])


def _checks() -> Any:
    rows = EmbeddingCheck.objects.filter(action=OF_STEP).order_by("checked_on", "recorded_at")
    return _as_list(rows, "checked_on", "in_place")


COLUMNS: dict[str, Callable[[], Any]] = {
    "pieces": _pieces,
    "happened": _happened,
    "parts": _units,
    "newest": _newest_count,
    "looked": _checks,
}
OF_KIND: dict[str, tuple[str, ...]] = {
    ActionKind.DELIVERABLE: ("pieces",),
    ActionKind.CADENCE: ("happened",),
    ActionKind.COVERAGE: ("parts",),
    COUNTED: ("newest",),
    ActionKind.EMBEDDING: ("looked",),
}


def _meetings_ahead(actions: Iterable[Action], found: dict[UUID, Row]) -> dict[UUID, date]:
    """By action: when the meeting that it moves with is held next."""
    last = {
        each.pk: UUID(meetings[-1])
        for each in actions
        if each.moves_with_meetings
        and (meetings := [row["meeting"] for row in found[each.pk]["happened"] if row["meeting"]])
    }
    ahead = next_meetings(set(last.values()))
    return {pk: ahead[meeting] for pk, meeting in last.items() if meeting in ahead}


def _of_evidence(action: Action, row: Row, meets_on: date | None) -> Shown:
    return Shown(evidence=row["pieces"])


def _of_cadence(action: Action, row: Row, meets_on: date | None) -> Shown:
    return Shown(
        happened=tuple(
            Happened(date.fromisoformat(each["held_on"]), each["moved_with_meeting"])
            for each in row["happened"]
        ),
        accepted_on=timezone.localdate(action.accepted_at) if action.accepted_at else None,
        meets_on=meets_on,
    )


def _of_units(action: Action, row: Row, meets_on: date | None) -> Shown:
    parts = row["parts"] or {"units": 0, "covered": 0}
    return Shown(units=parts["units"], units_covered=parts["covered"])


def _of_count(action: Action, row: Row, meets_on: date | None) -> Shown:
    newest = row["newest"]
    if newest is None:
        return Shown()
    day = date.fromisoformat(newest["counted_on"])
    return Shown(count=Counted(newest["covered"], newest["whole"], day))


def _of_checks(action: Action, row: Row, meets_on: date | None) -> Shown:
    return Shown(
        checks=tuple(
            Check(date.fromisoformat(each["checked_on"]), each["in_place"])
            for each in row["looked"]
        )
    )


SHOWN: dict[str, Callable[[Action, Row, date | None], Shown]] = {
    ActionKind.DELIVERABLE: _of_evidence,
    ActionKind.CADENCE: _of_cadence,
    ActionKind.COVERAGE: _of_units,
    COUNTED: _of_count,
    ActionKind.EMBEDDING: _of_checks,
}
