"""All recommendations by theme and state, drawn as a table to be read at arm's length.

Each cell says its state by its place, a symbol, a letter, a pattern and a colour.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from recommendations.enums import State
from recommendations.filters import ACTIVITY_ONLY, state_of
from recommendations.queries import Row

MOST_CELLS = 120
"""With more than this nobody could tell them apart: then it holds numbers."""


@dataclass(frozen=True)
class Look:
    """How one state is drawn; `kind` is also the name of its tag."""

    state: str
    kind: str
    letter: str
    icon: str
    word: str


LOOKS = (
    Look(State.NOT_STARTED.value, "not_started", "N", "empty", "Not started"),
    Look(State.IN_PROGRESS.value, "in_progress", "I", "half", "In progress"),
    Look(State.PROPOSED_FOR_CLOSURE.value, "proposed", "P", "hand", "Proposed for closure"),
    Look(State.CLOSED_IMPLEMENTED.value, "implemented", "D", "tick", "Done, with an outcome"),
    Look(ACTIVITY_ONLY, "activity_only", "A", "minus", "Activity only"),
    Look(State.CLOSED_NOT_IMPLEMENTED.value, "not_implemented", "X", "cross", "Not implemented"),
    Look(State.CLOSED_SUPERSEDED.value, "superseded", "S", "arrow", "Superseded"),
)
ALWAYS_SHOWN = 4
"""The first columns stand even when nothing is in them: what is missing shows."""


@dataclass(frozen=True)
class Cell:
    reference: str
    title: str
    url: str
    is_overdue: bool


@dataclass(frozen=True)
class Column:
    """The cells of one theme in one state, or with `query` only how many there are."""

    look: Look
    cells: tuple[Cell, ...]
    count: int
    query: str


@dataclass(frozen=True)
class MapRow:
    title: str
    source: str
    columns: tuple[Column, ...]


def map_of(rows: Iterable[Row]) -> tuple[MapRow, ...]:
    """One row for each theme of each source, in the order of the dashboard."""
    rows = list(rows)
    looks = _looks(rows)
    is_folded = len(rows) > MOST_CELLS
    themes: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        themes.setdefault((row.facts.source, row.theme), []).append(row)
    several = len({source for source, _ in themes}) > 1
    return tuple(
        MapRow(
            title=theme,
            source=source if several else "",
            columns=tuple(_column(look, own, is_folded=is_folded) for look in looks),
        )
        for (source, theme), own in themes.items()
    )


def _looks(rows: Iterable[Row]) -> list[Look]:
    there = {state_of(row) for row in rows}
    return [look for place, look in enumerate(LOOKS) if place < ALWAYS_SHOWN or look.state in there]


def _column(look: Look, rows: Iterable[Row], *, is_folded: bool) -> Column:
    own = [row for row in rows if state_of(row) == look.state]
    query = ""
    if own and is_folded:
        source = str(own[0].recommendation.source_id)
        query = urlencode({"theme": own[0].theme, "state": look.state, "source": source})
    cells = () if is_folded else tuple(_cell(row) for row in own)
    return Column(look, cells, len(own), query)


def _cell(row: Row) -> Cell:
    of = row.recommendation
    return Cell(of.reference, of.title, row.url, row.is_overdue)
