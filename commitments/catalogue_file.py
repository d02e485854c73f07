"""The wordings that come with the product, read from `catalogue/` and checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from commitments.enums import PromiseGroup
from commitments.toml_rows import CatalogueError, Row, catalogue_texts, read_toml, refuse_repeats
from panels.thresholds import MINORITISED, WOMEN, Threshold, Thresholds

FOLDER = Path(__file__).parent / "catalogue"
GROUPS = (PromiseGroup.COMMITTING, PromiseGroup.ALSO)


@dataclass(frozen=True)
class Source:
    title: str
    author: str
    publisher: str
    year: int

    @property
    def name(self) -> str:
        return f"{self.title}, {self.author}, {self.publisher}, {self.year}"


@dataclass(frozen=True)
class PromiseEntry:
    key: str
    group: PromiseGroup
    title: str
    text: str


@dataclass(frozen=True)
class WordingEntry:
    """One version of a pledge's text."""

    key: str
    version: int
    title: str
    introduction: str
    source: Source
    thresholds: Thresholds
    women_definition: str
    minoritised_definition: str
    promises: tuple[PromiseEntry, ...]


def load_catalogue(folder: Path = FOLDER) -> tuple[WordingEntry, ...]:
    return tuple(parse_wording(text, name) for text, name in catalogue_texts(folder))


def parse_wording(text: str, file_name: str) -> WordingEntry:
    """Raises CatalogueError with everything that is wrong."""
    top = read_toml(text, file_name)
    definitions = top.table("definitions")
    wording = WordingEntry(
        key=top.text("key", 80),
        version=top.whole_number("version"),
        title=top.text("title", 200),
        introduction=top.text("introduction"),
        source=_source(top.table("source")),
        thresholds=_thresholds(top.table("thresholds")),
        women_definition=definitions.text("women"),
        minoritised_definition=definitions.text("minoritised"),
        promises=_promises(top),
    )
    definitions.finish()
    top.finish()
    if top.problems:
        raise CatalogueError(file_name, top.problems)
    return wording


def _source(row: Row) -> Source:
    source = Source(
        row.text("title", 120),
        row.text("author", 80),
        row.text("publisher", 80),
        row.whole_number("year"),
    )
    row.finish()
    return source


def _thresholds(row: Row) -> Thresholds:
    women = _threshold(row.table("women"), WOMEN)
    minoritised = _threshold(row.table("minoritised"), MINORITISED)
    row.finish()
    return Thresholds(women, minoritised)


def _threshold(row: Row, otherwise: Threshold) -> Threshold:
    numerator, denominator = row.whole_number("numerator"), row.whole_number("denominator")
    row.finish()
    if numerator > denominator:
        row.refuse(f"{numerator} of {denominator} is more than everybody")
        return otherwise
    return Threshold(numerator, denominator)


def _promises(top: Row) -> tuple[PromiseEntry, ...]:
    rows = top.rows("promise", lambda number, _: f"promise {number}")
    promises = [_promise(row) for row in rows]
    refuse_repeats(top, "promise", (promise.key for promise in promises))
    _refuse_empty_groups(top, promises)
    return tuple(promises)


def _promise(row: Row) -> PromiseEntry:
    group = row.choice("group", GROUPS)
    promise = PromiseEntry(
        key=row.text("key", 60),
        group=PromiseGroup(group or PromiseGroup.COMMITTING),
        title=row.text("title", 120),
        text=row.text("text"),
    )
    row.finish()
    return promise


def _refuse_empty_groups(top: Row, promises: Sequence[PromiseEntry]) -> None:
    if top.problems:
        return
    for group in GROUPS:
        if all(promise.group != group for promise in promises):
            top.refuse(f"no promise is in the group {group.value}")
