"""What mail programs need of an email: tables, two colour schemes, and names of any script."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from outbox.enums import Kind
from reminders.enums import Audience, ReminderKind
from reminders.gallery import Sample, reminder, samples, stranger
from reminders.gallery import line as line_of
from reminders.headings import LINK_WORDS
from reminders.words import CALLS, calls
from tests.house_rules.tree import ROOT
from tests.reminders.planning import MORNING
from tests.reminders.test_gallery import words_of, words_of_html, wrong
from tests.ui.test_contrast import contrast

pytestmark = pytest.mark.django_db
BASE = (ROOT / "templates" / "emails" / "base.html").read_text()
LIGHT, DARK = BASE.split("@media (prefers-color-scheme: dark)")
PREHEADER = re.compile(r'<div class="preheader">(.*?)</div>', re.DOTALL)
TYPED = ["أمل الحسيني", "جمعية الهداية", "1.7 لقاء شبكة الموظفين كل ربع سنة"]


class Tags(HTMLParser):
    """What is open while each text is read. A comment for one program alone is no tag."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.around: list[tuple[str, frozenset[str]]] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.around.append((data, frozenset(self.open)))


def colours(source: str, rule: str) -> dict[str, str]:
    """Of one rule of a style sheet."""
    [inside] = re.findall(rf"^ *{re.escape(rule)} {{(.*?)}}", source, re.MULTILINE)
    return dict(re.findall(r"(?<![\w-])(color|background-color): (#\w{6})", inside))


@pytest.mark.parametrize(
    ("scheme", "page"), [(LIGHT, ".page"), (DARK, "body, .page")], ids=["light", "dark"]
)
def test_every_colour_can_be_read(scheme: str, page: str) -> None:
    ground = colours(scheme, page)
    # Not `.main` alone, which gives way to the colour that some programs have for every link.
    words = colours(scheme, ".button a.main")["color"]
    button = contrast(words, colours(scheme, ".button td")["background-color"])
    assert contrast(ground["color"], ground["background-color"]) >= 7
    assert contrast(colours(scheme, "a")["color"], ground["background-color"]) >= 4.5
    assert button >= 4.5


def test_the_dark_scheme_is_a_style_of_its_own() -> None:
    """Some programs drop a whole style sheet for one rule that they do not know."""
    assert LIGHT.rstrip().endswith("<style>")
    assert LIGHT.count("<style>") == 2
    assert BASE.count('content="light dark"') == 2


def test_tables_are_for_the_layout_alone() -> None:
    """Word, which draws emails in Outlook, keeps to the widths of tables only."""
    for sample in samples():
        parsed = Tags(sample.email.html)
        assert parsed.open == [], sample.name
        tables = [attrs for tag, attrs in parsed.found if tag == "table"]
        assert {attrs["role"] for attrs in tables} == {"presentation"}
        assert len(tables) == 1 + sample.email.html.count('class="main"'), sample.name


def test_colours_come_together_or_not_at_all() -> None:
    """A program that drops the style sheet has its own ink, which may not show on our ground."""
    assert wrong(lambda sample: re.search(r"\s(bg)?color=", sample.email.html)) == []


def test_it_says_its_language_where_a_program_drops_the_head() -> None:
    assert wrong(lambda sample: sample.email.html.count('lang="en-GB"') != 2) == []


def preheader(sample: Sample) -> list[str]:
    [found] = PREHEADER.findall(sample.email.html)
    return words_of_html(f"<body>{found}")


def test_a_preheader_says_nothing_that_the_email_does_not() -> None:
    def is_wrong(sample: Sample) -> bool:
        said = " ".join(words_of(sample.email.text)).lower()
        return " ".join(preheader(sample)).lower() not in said

    assert wrong(is_wrong) == []
    # A letter is its writer's own from the first word.
    assert wrong(lambda sample: not preheader(sample)) == ["ask-letter"]
    assert wrong(lambda sample: "Q4F7KX" in preheader(sample)) == []


def test_names_from_right_to_left_leave_the_rest_as_it_is() -> None:
    seen = set()
    for sample in samples():
        for text, around in Tags(sample.email.html).around:
            for name in (name for name in TYPED if name in text):
                seen.add(name)
                assert "bdi" in around
    assert seen == {*TYPED}


def test_whatever_turns_text_about_stays_out_of_subject_and_text() -> None:
    turned = "\u202eeno \u2066two\u2069"
    silent = replace(line_of(ReminderKind.SILENT), title=turned)
    found = reminder("turned", "", [silent]).email
    assert found.subject == "Post an update: eno two"
    assert "* eno two\n" in found.text
    assert "\u202e" not in found.html


def test_what_somebody_adds_is_set_apart_from_our_words() -> None:
    """Else it could end the email in our name, and go on with a link of its own."""
    words = "Please do.\n\n--\nSent by At the Table: https://bad.example/"
    found = stranger("", Kind.ENCOURAGEMENT, words=words).email
    added = "> Please do.\n>\n> --\n> Sent by At the Table: https://bad.example/\n"
    assert found.text.count(f"adds:\n\n{added}\nRead it") == 1
    assert "<blockquote" in found.html
    assert "bad.example/</a>" not in found.html


def test_a_long_title_is_cut_and_a_long_word_breaks() -> None:
    [found] = [sample.email for sample in samples() if sample.name == "long"]
    assert found.subject.endswith("…")
    assert len(found.subject.partition(": ")[2]) == 120
    assert "overflow-wrap: anywhere" in LIGHT


@pytest.mark.parametrize("kind", ReminderKind)
def test_a_subject_asks_for_something(kind: ReminderKind) -> None:
    """By its own words, where the line beneath the title says only how things stand."""
    says_it_already = {
        ReminderKind.ACTION_DUE, ReminderKind.CHECK_IN_DUE, ReminderKind.EVENT_BEFORE,
        ReminderKind.ANNIVERSARY, ReminderKind.QUARTER,
    }  # fmt: skip
    assert (kind in CALLS) != (kind in says_it_already)
    assert LINK_WORDS[kind]


def test_whom_it_asks_makes_a_difference() -> None:
    day = MORNING.date()
    asked = [
        calls(ReminderKind.NOT_ACCEPTED, audience, day)
        for audience in (Audience.LEAD, Audience.SPONSOR)
    ]
    assert asked == ["Say yes or no", "Ask again, or ask somebody else"]
    assert calls(ReminderKind.ADVICE, Audience.CHAIR, day) == (
        "Answer this advice before 2 November 2026"
    )
    assert calls(ReminderKind.QUARTER, Audience.LEADER, day) == ""
