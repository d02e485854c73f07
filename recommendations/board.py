"""What the dashboard shows: the figures at its top and the rows that were asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from recommendations import lifecycle
from recommendations.enums import Flag, State
from recommendations.filters import Chosen, has_flag, narrow
from recommendations.queries import Row


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
    """How many are closed as implemented, with the denominator, always."""

    implemented: int
    otherwise: int
    total: int


@dataclass(frozen=True)
class ThemeBlock:
    """A heading of the source, the rows of it that are shown, and how much of all of it is done."""

    title: str
    rows: list[Row]
    closed: Closed


@dataclass(frozen=True)
class Board:
    decisions: tuple[Figure, ...]
    attention: tuple[Figure, ...]
    recommendations: Closed
    findings: Closed
    actions: lifecycle.Proven
    themes: list[ThemeBlock]
    shown: int
    total: int
    chosen: Chosen


def board_of(rows: Iterable[Row], chosen: Chosen) -> Board:
    rows = list(rows)
    shown = narrow(rows, chosen)
    counted = [row for row in rows if not row.facts.is_finding]
    return Board(
        decisions=decisions(rows),
        attention=attention(rows),
        recommendations=closed(counted),
        findings=closed(row for row in rows if row.facts.is_finding),
        actions=lifecycle.proven(row.facts for row in counted),
        themes=theme_blocks(rows, shown),
        shown=len(shown),
        total=len(rows),
        chosen=chosen,
    )


def theme_blocks(rows: Iterable[Row], shown: Iterable[Row]) -> list[ThemeBlock]:
    """In the order of the source. The count is of the whole theme, whatever is filtered."""
    whole = {title: closed(own) for title, own in groupby(rows, key=lambda row: row.theme)}
    return [
        ThemeBlock(title, list(own), whole[title])
        for title, own in groupby(shown, key=lambda row: row.theme)
    ]


def decisions(rows: Iterable[Row]) -> tuple[Figure, ...]:
    """What waits for the committee itself."""
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
        _flagged(rows, Flag.NO_RESPONSE, "Accepted, in part, or not?", ""),
    )


def attention(rows: Iterable[Row]) -> tuple[Figure, ...]:
    """What waits for somebody else, and is worth asking about."""
    rows = list(rows)
    return (
        _flagged(rows, Flag.OVERDUE, "An action is past its date", "overdue"),
        _flagged(rows, Flag.SILENT, "Nothing heard for too long", ""),
        _flagged(rows, Flag.DUE_SOON, "The date is near", "at_risk"),
        _flagged(rows, Flag.NO_LEAD, "Nobody, or somebody who has left", ""),
    )


def _flagged(rows: Iterable[Row], flag: Flag, note: str, tone: str) -> Figure:
    count = sum(has_flag(row, flag) for row in rows)
    return Figure(str(flag.label), note, count, f"flag={flag.value}", tone if count else "")


def closed(rows: Iterable[Row]) -> Closed:
    states = [row.facts.state for row in rows]
    implemented = states.count(State.CLOSED_IMPLEMENTED)
    all_closed = sum(state in State.closed() for state in states)
    return Closed(implemented, all_closed - implemented, len(states))
