"""The picture a link to a pledge is shown with, drawn by the server."""

from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ui.table_drawing import LARGE, seat_positions, seat_radius, table_radii
from ui.typesetting import drawable, typeset

WIDTH, HEIGHT = 1200, 630
KIND = "An anti-racism pledge"
QUESTION = "Who isn’t at the table, and should be?"
TEMPLATE = Path(__file__).parent / "card.typ"
SEATS, EMPTY_SEAT = 8, 6
# The table stands upright at the right.
SCALE, CHAIR, MIDDLE_X, MIDDLE_Y = 0.82, 1.1, 985, 322


@dataclass(frozen=True)
class Card:
    """What the picture says. What no font here can draw is left away, and the rest remains."""

    name: str
    role: str
    organisation: str
    site: str

    @property
    def digest(self) -> str:
        """Changes with everything that the picture shows."""
        return sha256(repr((template_digest(), self)).encode()).hexdigest()[:16]


@cache
def template_digest() -> str:
    return sha256(TEMPLATE.read_bytes()).hexdigest()


@lru_cache(maxsize=128)
def picture(card: Card) -> bytes:
    """A PNG of 1200 by 630. Those asked for last are kept, some 80 kilobytes each."""
    return typeset(TEMPLATE, words(card) | furniture(), format="png")


def words(card: Card) -> dict[str, Any]:
    shown = {key: drawable(text) for key, text in asdict(card).items()}
    name = shown["name"]
    return {
        "kind": KIND if name else "",
        "title": name or KIND,
        "lines": [line for line in (shown["role"], shown["organisation"]) if line],
        "question": QUESTION,
        "site": shown["site"],
    }


@cache
def furniture() -> dict[str, Any]:
    """The table and its chairs, one of them empty: a quarter turn of the drawing on the pages."""
    radius_x, radius_y = (SCALE * radius for radius in table_radii(SEATS))
    return {
        "table": {
            "x": MIDDLE_X - radius_y,
            "y": MIDDLE_Y - radius_x,
            "width": 2 * radius_y,
            "height": 2 * radius_x,
        },
        "seat_radius": CHAIR * seat_radius(SEATS),
        "seats": [
            {
                "x": MIDDLE_X - SCALE * (seat.y - LARGE.height / 2),
                "y": MIDDLE_Y + SCALE * (seat.x - LARGE.width / 2),
                "angle": seat.angle + 90,
                "empty": place == EMPTY_SEAT,
            }
            for place, seat in enumerate(seat_positions(SEATS))
        ],
    }
