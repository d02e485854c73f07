"""Contrast of every pair of colours the tokens allow, as WCAG 2.2 measures it."""

import re

import pytest
from django.conf import settings

TOKENS = (settings.ROOT / "static" / "css" / "tokens.css").read_text()
PAIR = re.compile(r"--([\w-]+): (?:light-dark\((#\w{6}), (#\w{6})\)|(#\w{6}));")
COLOURS = {
    name: (light or single, dark or single) for name, light, dark, single in PAIR.findall(TOKENS)
}
STATUSES = ["done", "on-track", "at-risk", "overdue", "not-started"]
TEXT = [
    *[
        (text, ground)
        for text in ("ink", "muted", "plum")
        for ground in ("paper", "card", "sunken")
    ],
    *[(status, f"{status}-tint") for status in STATUSES],
    *[(status, "card") for status in STATUSES],
    *[(status, "paper") for status in STATUSES],
    ("ink", "plum-tint"),
    ("plum", "plum-tint"),
    ("ink", "table-top"),
    ("plum-hover", "paper"),
    ("on-plum", "plum"),
    ("on-plum", "plum-hover"),
    ("on-deep", "deep"),
    ("on-deep-muted", "deep"),
    ("on-focus", "focus"),
]
SHAPES = [
    ("border", "paper"),
    ("border", "card"),
    ("border", "not-started-tint"),
    ("plum", "table-top"),
    ("focus", "focus-ring"),
    ("done", "sunken"),
    *[(f"figure-{n}", "figure-ground") for n in (1, 2, 3, 4)],
]
THEMES = ["light", "dark"]
RING_IS_PALE = ("focus", "focus-ring")


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_it_measures_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


def test_the_named_colours_are_the_designed_ones() -> None:
    assert COLOURS["paper"] == ("#FBFAF7", "#16131F")
    assert COLOURS["card"] == ("#FFFFFF", "#201C2C")
    assert COLOURS["ink"] == ("#1D1A2B", "#F3F0F7")
    assert COLOURS["border"] == ("#76718A", "#857F99")
    assert COLOURS["plum"] == ("#801650", "#F4A9CB")
    assert COLOURS["overdue"][0] == "#9B1C1C"
    assert COLOURS["overdue-tint"][0] == "#FCE8E6"


@pytest.mark.parametrize("theme", [0, 1], ids=THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_is_readable(text: str, ground: str, theme: int) -> None:
    assert contrast(COLOURS[text][theme], COLOURS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_borders_and_figures_can_be_told_apart(shape: str, ground: str, theme: int) -> None:
    if (shape, ground) == RING_IS_PALE and theme == 1:
        shape, ground = "focus", "paper"  # In the dark, marigold stands out by itself.
    assert contrast(COLOURS[shape][theme], COLOURS[ground][theme]) >= 3
