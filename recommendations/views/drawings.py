"""Indicators as pictures, from what may be shown of them alone."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from recommendations.effect import Movement, Reached
from recommendations.effect_chart import NAME_OF_EVERYBODY
from recommendations.queries.effect import Measured
from ui.line_chart import draw, draw_small

WHOLE = 100.0
LOOKS = {
    Movement.RIGHT_WAY: "on_track",
    Movement.NOT_MOVED: "silent",
    Movement.WRONG_WAY: "at_risk",
    Movement.NOT_KNOWN: "not_known",
}


@dataclass(frozen=True)
class Row:
    """One indicator in a list."""

    found: Measured
    chart: SafeString | str
    look: str
    said: str

    @property
    def is_at_target(self) -> bool:
        return self.found.standing.reached == Reached.YES


def row(found: Measured) -> Row:
    movement = found.standing.movement
    return Row(found, small(found), LOOKS[movement], movement.value)


def large(found: Measured) -> SafeString | str:
    """Empty while there is no figure to draw."""
    drawing, is_share = found.drawing, found.terms.is_share
    if not drawing.has_points:
        return ""
    return draw(
        ident=f"chart-{found.indicator.pk}",
        title=drawing.title,
        text=drawing.finding,
        lines=drawing.lines,
        target=drawing.target,
        target_words=drawing.target_words,
        sign="%" if is_share else "",
        most=WHOLE if is_share else None,
    )


def small(found: Measured) -> SafeString | str:
    drawing = found.drawing
    whole = [points for name, points in drawing.lines if name == NAME_OF_EVERYBODY]
    if not whole or not any(number is not None for _, number in whole[0]):
        return ""
    return draw_small(
        ident=f"small-{found.indicator.pk}",
        text=drawing.finding,
        points=whole[0],
        target=drawing.target,
    )
