"""The reviews that come with the product, read from `catalogue/` and checked."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from commitments.toml_rows import CatalogueError, Row, catalogue_texts, read_toml, refuse_repeats
from recommendations.enums import ActionKind, SourceKind

FOLDER = Path(__file__).parent / "catalogue"
FINDINGS_PREFIX = "N"
"""Findings are answered like recommendations but belong to no theme and are counted apart."""


@dataclass(frozen=True)
class SourceEntry:
    key: str
    kind: SourceKind
    title: str
    authors: tuple[str, ...]
    led_by: tuple[str, ...]
    organisation: str
    published: str

    @property
    def author(self) -> str:
        return f"{' and '.join(self.authors)}; review led by {' and '.join(self.led_by)}"


@dataclass(frozen=True)
class ActionEntry:
    """A proposed action. The two numbers belong to a cadence alone, `unit` to a coverage."""

    title: str
    kind: ActionKind
    every_months: int | None = None
    occurrences: int | None = None
    unit: str = ""


@dataclass(frozen=True)
class RecommendationEntry:
    reference: str
    title: str
    text: str
    actions: tuple[ActionEntry, ...]
    is_finding: bool = False


@dataclass(frozen=True)
class ThemeEntry:
    reference: str
    title: str
    recommendations: tuple[RecommendationEntry, ...]


@dataclass(frozen=True)
class ReviewEntry:
    source: SourceEntry
    themes: tuple[ThemeEntry, ...]
    findings: tuple[RecommendationEntry, ...]

    @property
    def recommendations(self) -> tuple[RecommendationEntry, ...]:
        return tuple(entry for theme in self.themes for entry in theme.recommendations)


@cache
def reviews() -> tuple[ReviewEntry, ...]:
    """Those that organisations may add. Read once: the files are part of the product."""
    return load_catalogue()


def load_catalogue(folder: Path = FOLDER) -> tuple[ReviewEntry, ...]:
    return tuple(parse_review(text, name) for text, name in catalogue_texts(folder))


def parse_review(text: str, file_name: str) -> ReviewEntry:
    """Raises CatalogueError with everything that is wrong."""
    top = read_toml(text, file_name)
    review = ReviewEntry(
        source=_source(top.table("source")),
        themes=tuple(_theme(row) for row in top.rows("theme", _named("theme"))),
        findings=_findings(top),
    )
    top.finish()
    entries = (*review.recommendations, *review.findings)
    refuse_repeats(top, "theme", (theme.reference for theme in review.themes))
    refuse_repeats(top, "reference", (entry.reference for entry in entries))
    if top.problems:
        raise CatalogueError(file_name, top.problems)
    return review


def _named(what: str) -> Callable[[int, dict[str, Any]], str]:
    """Says where a row stands: by its reference or, where it has none, by its number."""

    def name(number: int, values: dict[str, Any]) -> str:
        reference = values.get("reference")
        return f"{what} {reference}" if reference else f"{what} number {number}"

    return name


def _source(row: Row) -> SourceEntry:
    source = SourceEntry(
        key=row.text("key", 80),
        kind=SourceKind(row.choice("kind", SourceKind) or SourceKind.REPORT),
        title=row.text("title", 200),
        authors=row.texts("authors"),
        led_by=row.texts("led_by"),
        organisation=row.text("organisation", 160),
        published=row.text("published", 60),
    )
    if len(source.author) > 200:
        row.refuse("'authors' and 'led_by' together are too long")
    row.finish()
    return source


def _theme(row: Row) -> ThemeEntry:
    reference = row.text("reference", 10)
    rows = row.rows("recommendation", _named("recommendation"))
    theme = ThemeEntry(
        reference=reference,
        title=row.text("title", 160),
        recommendations=tuple(_recommendation(each, reference) for each in rows),
    )
    row.finish()
    return theme


def _findings(top: Row) -> tuple[RecommendationEntry, ...]:
    rows = top.rows("finding", _named("finding"), required=False)
    return tuple(_recommendation(row, FINDINGS_PREFIX, is_finding=True) for row in rows)


def _recommendation(row: Row, prefix: str, is_finding: bool = False) -> RecommendationEntry:
    entry = RecommendationEntry(
        reference=row.text("reference", 20),
        title=row.text("title", 160),
        text=row.text("text"),
        actions=_actions(row),
        is_finding=is_finding,
    )
    start, dot, number = entry.reference.rpartition(".")
    is_numbered = number.isascii() and number.isdigit()
    if entry.reference and prefix and not (start == prefix and dot and is_numbered):
        row.refuse(f"the reference must be '{prefix}.' and a number")
    row.finish()
    return entry


def _actions(row: Row) -> tuple[ActionEntry, ...]:
    rows = row.rows("action", lambda number, _: f"{row.where}, action {number}")
    return tuple(_action(each) for each in rows)


def _action(row: Row) -> ActionEntry:
    title, kind = row.text("title", 200), row.choice("kind", ActionKind)
    every_months = occurrences = None
    unit = ""
    if kind == ActionKind.CADENCE:
        every_months = row.whole_number("every_months")
        occurrences = row.whole_number("occurrences")
    if kind == ActionKind.COVERAGE:
        unit = row.text("unit", 60)
    if kind is not None:
        row.finish()
    return ActionEntry(
        title, ActionKind(kind or ActionKind.DELIVERABLE), every_months, occurrences, unit
    )
