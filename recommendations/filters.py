"""Which rows of the dashboard somebody asked for. The choices live in the address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from recommendations.enums import Flag
from recommendations.lifecycle import is_proposed_since
from recommendations.queries import Row

ACTIVITY_ONLY = "activity_only"
NAMES = ("source", "theme", "state", "flag", "owner", "phase", "level", "horizon")


@dataclass(frozen=True)
class Chosen:
    """Empty means: all of them. `since`: what counts as newly proposed."""

    theme: str = ""
    state: str = ""
    flag: str = ""
    owner: str = ""
    source: str = ""
    phase: str = ""
    level: str = ""
    horizon: str = ""
    since: date | None = None

    @classmethod
    def of(cls, cleaned: Mapping[str, Any], since: date | None = None) -> "Chosen":
        return cls(**{name: cleaned.get(name, "") for name in NAMES}, since=since)

    @property
    def is_any(self) -> bool:
        return any(getattr(self, name) for name in NAMES)


def state_of(row: Row) -> str:
    """What its total counts it as: activity only stands apart from what has an outcome."""
    return ACTIVITY_ONLY if row.facts.is_activity_only else row.facts.state.value


def has_flag(row: Row, flag: str, since: date | None = None) -> bool:
    return {
        Flag.OVERDUE: row.is_overdue,
        Flag.SILENT: row.is_silent,
        Flag.DUE_SOON: row.is_due_soon,
        Flag.NO_RESPONSE: row.lacks_response,
        Flag.NO_LEAD: row.lacks_lead,
        Flag.PROPOSED: is_proposed_since(row.facts, since or date.min),
        Flag.LATER_DATE: row.is_later_asked,
        Flag.OBJECTION: row.has_objection,
        Flag.SLIPPED: row.moved is not None,
        Flag.RECHECK: row.is_recheck_due,
    }[Flag(flag)]


def narrow(rows: Iterable[Row], chosen: Chosen) -> list[Row]:
    return [row for row in rows if _fits(row, chosen)]


def _fits(row: Row, chosen: Chosen) -> bool:
    return _is_of(row, chosen) and (
        (not chosen.flag or has_flag(row, chosen.flag, chosen.since))
        and (not chosen.owner or any(str(p.pk) == chosen.owner for p in row.people))
    )


def _is_of(row: Row, chosen: Chosen) -> bool:
    of = row.recommendation
    asked_and_is = (
        (chosen.theme, row.theme),
        (chosen.state, state_of(row)),
        (chosen.source, str(of.source_id)),
        (chosen.phase, row.sorting.phase),
        (chosen.level, row.sorting.level),
        (chosen.horizon, row.sorting.horizon),
    )
    return all(not asked or asked == present for asked, present in asked_and_is)
