import pytest

from commitments.plain_words import without_marks
from commitments.text import MARKDOWN


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("", ""),
        ("Because **now** is _late_.", "Because now is late."),
        ("One\ntwo.\n\nThree.", "One\ntwo.\n\nThree."),
        ("See [this](https://x.org/) now.", "See this (https://x.org/) now."),
        ("<https://x.org/>", "https://x.org/"),
        ("I will:\n\n* ask\n* **tell**\n\nDone.", "I will:\n\n- ask\n- tell\n\nDone."),
        ("1. a\n2. b", "1. a\n2. b"),
        ("- a\n  - b\n  - c\n- d", "- a\n  - b\n  - c\n- d"),
        ("> Said `so` \\*once\\* &amp; <b>", "Said so *once* & <b>"),
        ("a\n\n---\n\nb", "a\n\nb"),
        ("    indented", "indented"),
        ("مركز **الأمل**", "مركز الأمل"),
    ],
)
def test_it_reads_without_marks(typed: str, plain: str) -> None:
    assert without_marks(MARKDOWN.parse(typed)) == plain
