"""A result in plain text: a line of each measure to hear first, and a few to send to somebody."""

from panels.enums import Definition, Verdict
from panels.results import Result, ShownMeasure, Tag
from panels.statement_facts import QUESTION

FLOOR = f"The numbers are the floor. {QUESTION}"
NOT_SHOWN = {"not_shown": "not shown to meet"}
WORDS = {verdict.value: str(verdict.label).lower() for verdict in Verdict} | NOT_SHOWN


def in_short(result: Result) -> tuple[str, ...]:
    return tuple(f"{_finding(one.short_title, one)}." for one in result.measures)


def as_text(result: Result, *, where: str) -> str:
    """Only what its reader was shown. `where` is the address at which it was counted."""
    lines = [line for measure in result.measures for line in _lines(measure)]
    versions = {value for one in result.measures for name, value in one.stamp if name == "Rules"}
    counted = ", ".join([where, *(f"rules {version.lower()}" for version in sorted(versions))])
    return "\n".join(
        ["What this line-up shows", "", *lines, FLOOR, *result.notes, f"Counted at {counted}."]
    )


def _finding(title: str, found: ShownMeasure) -> str:
    return _said(title, found.tag, found.whole.figure if found.whole else "")


def _said(title: str, tag: Tag, figure: str) -> str:
    words = tag.label.lower() or WORDS[tag.kind]
    return f"{title}: {words}, {figure}" if figure else f"{title}: {words}"


def _lines(measure: ShownMeasure) -> list[str]:
    lines = [f"{_finding(measure.title, measure)}."]
    if measure.whole is None:
        return [*lines, ""]
    who = dict(measure.stamp)["Who is counted"]
    if who != Definition.WOMEN.label:
        lines.append(f"Counted: {who[0].lower()}{who[1:]}.")
    known = f" {measure.whole.known}." if measure.whole.known else ""
    lines.append(f"{measure.asks}.{known}")
    lines += [f"{warning.label}." for warning in measure.warnings]
    lines += [*measure.whole.sentences, *measure.seats]
    lines += [f"{_said(part.name, part.tag, part.figure)}." for part in measure.parts]
    return [*lines, ""]
