"""A pack as a page draws it: the frozen content, and links beside it where there are any."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse

from committees.enums import DecisionKind
from committees.models import Pack
from committees.pack_seal import Content, matches
from committees.queries.packs import KINDS, Become, become_of

DECIDE = {
    DecisionKind.CLOSURE: "closure_decide",
    DecisionKind.EXTENSION: "extension_decide",
    DecisionKind.RESPONSE: "response_decide",
}


class Cell(NamedTuple):
    key: str
    heading: str
    value: Any
    url: str


@dataclass(frozen=True)
class Line:
    """`name`: for whoever hears only the link. `become`: of what is to be decided."""

    cells: list[Cell]
    name: str
    decide_url: str = ""
    become: Become | None = None


@dataclass(frozen=True)
class Shown:
    """`opens`: the heading of the part that begins with this section."""

    key: str
    title: str
    part: str
    opens: str
    nothing: str
    columns: list[list[str]]
    lines: list[Line]

    @property
    def decides(self) -> bool:
        return any(line.become for line in self.lines)


def sections_of(pack: Pack, content: Content, *, slug: str = "") -> list[Shown]:
    """Without `slug` nothing in it leads anywhere."""
    become = become_of(pack) if slug else {}
    last, found = "", []
    for section in content["sections"]:
        part = section["part"]
        lines = [
            _line(section, row, slug, become.get((section["key"], row["id"])))
            for row in section["rows"]
        ]
        found.append(
            Shown(
                key=section["key"],
                title=section["title"],
                part=part,
                opens=part if part != last else "",
                nothing=section["nothing"],
                columns=section["columns"],
                lines=lines,
            )
        )
        last = part
    return found


def _line(section: dict[str, Any], row: dict[str, Any], slug: str, become: Become | None) -> Line:
    url = _url(row, slug) if slug else ""
    named = "title" if row["title"] else "what"
    cells = [
        Cell(key, heading, row[key], url if key == named else "")
        for key, heading in section["columns"]
    ]
    decide_url = ""
    if become and become.is_open:
        decide_url = reverse(DECIDE[KINDS[section["key"]]], args=[slug, row["id"]])
    return Line(cells, f"{row['reference']} {row['title']}", decide_url, become)


def _url(row: dict[str, Any], slug: str) -> str:
    if row["recommendation"]:
        return reverse("recommendation_detail", args=[slug, row["recommendation"]])
    return reverse("advice_detail", args=[slug, row["id"]]) if row["kind"] == "advice" else ""


def shown(pack: Pack, *, slug: str = "") -> dict[str, Any]:
    """What `_pack_body.html` draws."""
    content = pack.as_read
    return {
        "pack": pack,
        "content": content,
        "sections": sections_of(pack, content, slug=slug),
        "matches": matches(pack.content, pack.sha256),
    }
