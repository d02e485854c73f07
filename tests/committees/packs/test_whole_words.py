"""A table of a pack as the browser draws it: a word is broken only where it has to be."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

STYLES = ("tokens", "base", "layout", "components", "packs")
OUTCOME = "People are asked what changed, and half of all panels have other members now. " * 9
LONGEST = "x" * 160
ROW = [
    "1.7", "Implementation of responsibilities", "Closed: implemented. 1 of 1 actions shown.",
    OUTCOME, "Lena Organisationsleiter", "Agree: Ada. Disagree: internationalisation.", LONGEST,
]  # fmt: skip
# Cells of which any word but the last, longest one stands on two lines.
BROKEN = """() => [...document.querySelectorAll("td")].slice(0, -1).flatMap((cell) => {
  const text = cell.firstChild, range = document.createRange();
  return [...text.data.matchAll(/\\S+/g)].filter((word) => {
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return new Set([...range.getClientRects()].map((each) => each.top)).size > 1;
  }).map((word) => word[0]);
})"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def table() -> str:
    css = Path(__file__).parents[3] / "static" / "css"
    styles = "\n".join((css / f"{name}.css").read_text() for name in STYLES)
    cells = "".join(f"<td>{words}</td>" for words in ROW)
    heads = "".join(f"<th>Heading {number}</th>" for number in range(len(ROW)))
    return (
        f"<!DOCTYPE html><style>{styles}</style><main class='page'><section class='pack-section'>"
        "<div class='table-wrap'><table class='stacked'>"
        f"<thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table></div></section>"
    )


@pytest.mark.parametrize(("width", "media"), [(1280, "screen"), (390, "screen"), (718, "print")])
def test_no_short_word_is_broken(browser: Browser, width: int, media: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.emulate_media(media=media)  # type: ignore[arg-type]
    page.set_content(table())
    assert page.evaluate(BROKEN) == []
    assert page.evaluate(TOO_WIDE) == 0
    page.close()
