"""Which rows of the dashboard somebody asked for. The choices live in the address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from recommendations.enums import Flag
from recommendations.queries import Row


@dataclass(frozen=True)
class Chosen:
    """Empty means: all of them."""

    theme: str = ""
    state: str = ""
    flag: str = ""
    owner: str = ""

    @classmethod
    def of(cls, cleaned: Mapping[str, str]) -> "Chosen":
        return cls(**{name: cleaned.get(name, "") for name in ("theme", "state", "flag", "owner")})

    @property
    def is_any(self) -> bool:
        return bool(self.theme or self.state or self.flag or self.owner)


def has_flag(row: Row, flag: str) -> bool:
    return {
        Flag.OVERDUE: row.is_overdue,
        Flag.SILENT: row.is_silent,
        Flag.DUE_SOON: row.is_due_soon,
        Flag.NO_RESPONSE: row.lacks_response,
        Flag.NO_LEAD: row.lacks_lead,
    }[Flag(flag)]


def narrow(rows: Iterable[Row], chosen: Chosen) -> list[Row]:
    return [
        row
        for row in rows
        if (not chosen.theme or row.theme == chosen.theme)
        and (not chosen.state or row.facts.state == chosen.state)
        and (not chosen.flag or has_flag(row, chosen.flag))
        and (not chosen.owner or any(str(p.pk) == chosen.owner for p in row.people))
    ]
