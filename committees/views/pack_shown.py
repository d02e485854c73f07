"""A pack as a page draws it: the frozen content, and links beside it where there are any."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse

from committees.enums import DecisionKind
from committees.models import Pack
from committees.pack_seal import Content, matches
from committees.queries.deciders import deciders_of
from committees.queries.packs import Become, become_of, frozen_for, moved_to
from committees.queries.waiting import PASSED, Asked
from committees.views.finding import READERS_OF_ADVICE
from organisations.models import Membership

DECIDE = {
    DecisionKind.CLOSURE: "closure_decide",
    DecisionKind.EXTENSION: "extension_decide",
    DecisionKind.RESPONSE: "response_decide",
}


DECIDES, MOVES = "Decide", "Set a later date"
BY_ID = dict[tuple[str, str], "Standing"]


class Cell(NamedTuple):
    key: str
    heading: str
    value: Any
    url: str


@dataclass(frozen=True)
class Standing:
    """What became of a matter, and where whoever reads it may decide: nowhere, mostly."""

    become: Become
    url: str = ""
    asks: str = DECIDES


@dataclass(frozen=True)
class Line:
    """`name`: for whoever hears only the link. `standing`: of what is to be decided."""

    cells: list[Cell]
    name: str
    standing: Standing | None = None


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
        return any(line.standing for line in self.lines)


def standings_of(pack: Pack, membership: Membership, *, today: date) -> BY_ID:
    """By section and id; four queries at most. A date that passed is told to those alone who
    might move it."""
    deciders, slug = deciders_of(membership, today=today), membership.organisation.slug
    found = {}
    for key, become in become_of(pack, today=today).items():
        waits = become.waits
        url = _decide_url(waits, slug) if waits and deciders.might_decide(waits) else ""
        moves = waits is not None and waits.what == PASSED
        if url or not moves:
            found[key] = Standing(become, url, MOVES if moves else DECIDES)
    return found


def _decide_url(waits: Asked, slug: str) -> str:
    if waits.what == PASSED:
        return reverse("date_move", args=[slug, waits.recommendation, waits.id])
    return reverse(DECIDE[DecisionKind(waits.what)], args=[slug, waits.id])


def sections_of(
    content: Content, standings: BY_ID, *, slug: str = "", reads_advice: bool = False
) -> list[Shown]:
    """Without `slug` nothing in it leads anywhere."""
    last, found = "", []
    for section in content["sections"]:
        part = section["part"]
        lines = [
            _line(
                section,
                row,
                _url(row, slug, reads_advice=reads_advice),
                standings.get((section["key"], row["id"])),
            )
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


def _line(
    section: dict[str, Any], row: dict[str, Any], url: str, standing: Standing | None
) -> Line:
    named = "title" if row["title"] else "what"
    cells = [
        Cell(key, heading, row[key], url if key == named else "")
        for key, heading in section["columns"]
    ]
    return Line(cells, f"{row['reference']} {row['title']}", standing)


def _url(row: dict[str, Any], slug: str, *, reads_advice: bool) -> str:
    if slug and row["recommendation"]:
        return reverse("recommendation_detail", args=[slug, row["recommendation"]])
    is_advice = row["kind"] == "advice" and reads_advice
    return reverse("advice_detail", args=[slug, row["id"]]) if slug and is_advice else ""


def shown(
    pack: Pack, membership: Membership | None = None, *, today: date | None = None
) -> dict[str, Any]:
    """What `_pack_body.html` draws; for no member, with no way to anywhere else."""
    content = pack.as_read
    standings = standings_of(pack, membership, today=today) if membership and today else {}
    slug = membership.organisation.slug if membership else ""
    reads_advice = membership is not None and membership.has_role(*READERS_OF_ADVICE)
    return {
        "pack": pack,
        "content": content,
        "sections": sections_of(content, standings, slug=slug, reads_advice=reads_advice),
        "matches": matches(pack.content, pack.sha256),
        "frozen_for": frozen_for(pack),
        "moved_to": moved_to(pack),
    }
