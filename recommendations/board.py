"""What the dashboard shows: the figures at its top and the rows that were asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page

from recommendations import lifecycle
from recommendations.board_map import MapRow, map_of
from recommendations.enums import Flag, State
from recommendations.filters import Chosen, has_flag, narrow
from recommendations.queries import Row
from ui.dates import in_full
from ui.paging import page_of

A_PAGE = 50
"""A whole review fits on one."""


@dataclass(frozen=True)
class Figure:
    """One number at the top, which leads to its rows."""

    label: str
    note: str
    count: int
    query: str
    tone: str


@dataclass(frozen=True)
class Closed:
    """How many are closed, with the denominator, always. What has no outcome yet stands apart."""

    implemented: int
    activity_only: int
    otherwise: int
    total: int

    @property
    def words(self) -> str:
        """ "3 of 22 closed with an outcome, 2 activity only, 1 for another reason"."""
        said = [f"{self.implemented} of {self.total} closed with an outcome"]
        said += [f"{self.activity_only} activity only"] if self.activity_only else []
        said += [f"{self.otherwise} closed for another reason"] if self.otherwise else []
        return ", ".join(said)


@dataclass(frozen=True)
class ThemeBlock:
    """A heading of a source, its rows on this page, and how much of all of it is done."""

    title: str
    source: str
    rows: list[Row]
    closed: Closed


@dataclass(frozen=True)
class Board:
    decisions: tuple[Figure, ...]
    attention: tuple[Figure, ...]
    recommendations: Closed
    findings: Closed
    actions: lifecycle.Proven
    map: tuple[MapRow, ...]
    themes: list[ThemeBlock]
    page: Page[Row]
    shown: int
    total: int
    chosen: Chosen


def board_of(rows: Iterable[Row], chosen: Chosen, number: str | None = None) -> Board:
    """`number`: of the page of rows that was asked for."""
    rows = list(rows)
    shown = narrow(rows, chosen)
    page = page_of(shown, number, of=A_PAGE)
    counted = [row for row in rows if not row.facts.is_finding]
    return Board(
        decisions=decisions(rows, chosen.since),
        attention=attention(rows),
        recommendations=closed(counted),
        findings=closed(row for row in rows if row.facts.is_finding),
        actions=lifecycle.proven(row.facts for row in counted),
        map=map_of(rows),
        themes=theme_blocks(rows, page.object_list),
        page=page,
        shown=len(shown),
        total=len(rows),
        chosen=chosen,
    )


def theme_blocks(rows: Iterable[Row], shown: Iterable[Row]) -> list[ThemeBlock]:
    """In the order of the source. The count is of the whole theme, whatever is filtered."""
    whole = by_theme(rows)
    several = len({source for source, _ in whole}) > 1
    return [
        ThemeBlock(title, own[0].facts.source if several else "", own, closed(whole[key]))
        for key, own in by_theme(shown).items()
        for title in (key[1],)
    ]


def by_theme(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    """By source and theme: two sources may have themes of the same name."""
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        grouped.setdefault((str(row.recommendation.source_id), row.theme), []).append(row)
    return grouped


def decisions(rows: Iterable[Row], since: date | None = None) -> tuple[Figure, ...]:
    """What waits for the committee itself, or for whoever answers an objection."""
    rows = list(rows)
    proposed = sum(row.facts.state == State.PROPOSED_FOR_CLOSURE for row in rows)
    return (
        Figure(
            "Proposed for closure",
            "Their leads say they are done",
            proposed,
            f"state={State.PROPOSED_FOR_CLOSURE.value}",
            "",
        ),
        _newly(rows, since),
        _flagged(rows, Flag.LATER_DATE, "Approve it, or not?"),
        _flagged(rows, Flag.NO_RESPONSE, "Accepted, in part, or not?"),
        _flagged(rows, Flag.OBJECTION, "Whoever was asked said no"),
    )


def _newly(rows: Iterable[Row], since: date | None) -> Figure:
    count = sum(has_flag(row, Flag.PROPOSED, since) for row in rows)
    note = f"Since {in_full(since)}" if since else "At any time"
    query = f"flag={Flag.PROPOSED.value}" + (f"&since={since.isoformat()}" if since else "")
    return Figure(str(Flag.PROPOSED.label), note, count, query, "")


def attention(rows: Iterable[Row]) -> tuple[Figure, ...]:
    """What waits for somebody else, and is worth asking about."""
    rows = list(rows)
    return (
        _flagged(rows, Flag.OVERDUE, "An action is past its date", "overdue"),
        _flagged(rows, Flag.SLIPPED, "A later date was approved", "at_risk"),
        _flagged(rows, Flag.SILENT, "Nothing heard for too long"),
        _flagged(rows, Flag.DUE_SOON, "The date is near", "at_risk"),
        _flagged(rows, Flag.NO_LEAD, "Nobody, or somebody who has left"),
        _flagged(rows, Flag.RECHECK, "Closed: is it still in place?"),
    )


def _flagged(rows: Iterable[Row], flag: Flag, note: str, tone: str = "") -> Figure:
    count = sum(has_flag(row, flag) for row in rows)
    return Figure(str(flag.label), note, count, f"flag={flag.value}", tone if count else "")


def closed(rows: Iterable[Row]) -> Closed:
    facts = [row.facts for row in rows]
    activity_only = sum(each.is_activity_only for each in facts)
    implemented = sum(each.state == State.CLOSED_IMPLEMENTED for each in facts) - activity_only
    otherwise = sum(not each.is_open for each in facts) - implemented - activity_only
    return Closed(implemented, activity_only, otherwise, len(facts))
