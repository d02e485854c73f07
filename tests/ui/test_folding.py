import pytest

from tests.ui.rendering import rendered
from ui.folding import beginning, is_long


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("", False),
        ("\n".join("x" * 10), False),
        ("\n".join("x" * 11), True),
        ("word " * 150, False),
        ("word " * 180, True),
    ],
)
def test_more_than_ten_lines_is_long(text: str, long: bool) -> None:
    assert is_long(text) is long


def test_the_beginning_ends_with_a_word() -> None:
    assert beginning("word, " * 200) == ("word, " * 40)[:-2] + "…"
    assert beginning("x" * 1000) == "x" * 240 + "…"


def test_what_is_long_is_folded_and_whole() -> None:
    html = rendered("{% folded text %}", text="<b>long</b> " * 200)
    assert html.count("<summary>Read it all</summary>") == 1
    # The whole once, after a beginning of three lines.
    assert html.count("&lt;b&gt;long&lt;/b&gt;") == 200 + 20
    assert rendered("{% folded text %}", text="<short>") == (
        '<p class="user-text">&lt;short&gt;</p>'
    )
