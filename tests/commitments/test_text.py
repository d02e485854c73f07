"""The published text: the same words three times, and nothing that could run."""

from datetime import date

import pytest

from commitments.enums import Choice, PromiseGroup
from commitments.text import (
    Line,
    StandardLine,
    Statement,
    as_embed,
    as_html,
    as_markdown,
    as_plain,
    render_markdown,
)

STATEMENT = Statement(
    leader_name="Amina *Star*",
    role_title="Chief executive",
    organisation_name="Harbour & Sons",
    lines=(
        Line(PromiseGroup.COMMITTING, Choice.ADOPTED, "I ask <first>."),
        Line(PromiseGroup.COMMITTING, Choice.LEFT_OUT, "I speak."),
        Line(PromiseGroup.OWN, Choice.OWN, "Mine."),
    ),
    statement="Because **now**.",
    source_name="A source",
    definition="Whoever says so.",
    signed_on=date(2026, 5, 6),
    url="https://example.org/pledges/amina/",
)


def test_plain() -> None:
    assert as_plain(STATEMENT) == (
        "My anti-racism pledge\n\n"
        "I commit to this:\n- I ask <first>.\n- Left out: I speak.\n\n"
        "In my own words:\n- Mine.\n\n"
        "Because now.\n\n"
        "Amina *Star*, Chief executive, Harbour & Sons\n\n"
        "Made on 6 May 2026. https://example.org/pledges/amina/\n\n"
        "“Minoritised” means: Whoever says so. Source: A source.\n"
    )


def test_markdown_takes_nothing_for_a_sign() -> None:
    assert as_markdown(STATEMENT) == (
        "## My anti-racism pledge\n\n"
        "**I commit to this:**\n\n- I ask \\<first\\>.\n- Left out: I speak.\n\n"
        "**In my own words:**\n\n- Mine.\n\n"
        "Because **now**.\n\n"
        "Amina \\*Star\\*, Chief executive, Harbour \\& Sons\n\n"
        "[Made on 6 May 2026](<https://example.org/pledges/amina/>)\n\n"
        "“Minoritised” means: Whoever says so. Source: A source.\n"
    )


def test_html_escapes_what_was_typed() -> None:
    html = as_html(STATEMENT)
    assert "  <li>I ask &lt;first&gt;.</li>\n  <li>Left out: I speak.</li>" in html
    assert "<p>Because <strong>now</strong>.</p>" in html
    assert "<p>Amina *Star*, Chief executive, Harbour &amp; Sons</p>" in html
    assert '<a href="https://example.org/pledges/amina/">Made on 6 May 2026</a>' in html


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ""),
        ("**a** _b_", "<p><strong>a</strong> <em>b</em></p>"),
        ("# Not a heading", "<p># Not a heading</p>"),
        ("<script>x()</script>", "<p>&lt;script&gt;x()&lt;/script&gt;</p>"),
        (
            "![p](https://x.example/p.png)",
            '<p>!<a href="https://x.example/p.png" rel="nofollow ugc noopener">p</a></p>',
        ),
        ("[a](javascript:x)", "<p>[a](javascript:x)</p>"),
        ("[a](/admin/)", '<p><a href="/admin/" rel="nofollow ugc noopener">a</a></p>'),
    ],
)
def test_markdown_is_sanitised(typed: str, shown: str) -> None:
    assert render_markdown(typed) == shown


def test_a_statement_alone_is_left_out_when_empty() -> None:
    bare = Statement(**{**vars(STATEMENT), "statement": "", "organisation_name": "", "lines": ()})
    assert as_plain(bare).startswith("My anti-racism pledge\n\nAmina *Star*, Chief executive\n")
    assert bare.html == ""


STANDARDS = Statement(
    **vars(STATEMENT)
    | {
        "standards": (
            StandardLine("Race at Work <Charter>", date(2021, 5, 3), ""),
            StandardLine("A *plan*", None, "https://x.example/?a=1&b=<2>"),
        )
    }
)


def test_standards_stand_in_all_three() -> None:
    assert (
        "Signed up to already:\n- Race at Work <Charter>, since May 2021\n"
        "- A *plan*: https://x.example/?a=1&b=<2>\n\nBecause now." in as_plain(STANDARDS)
    )
    assert (
        "**Signed up to already:**\n\n- Race at Work \\<Charter\\>, since May 2021\n"
        "- [A \\*plan\\*](<https://x.example/?a=1&b=%3C2%3E>)\n\nBecause" in as_markdown(STANDARDS)
    )
    assert (
        "<p><strong>Signed up to already:</strong></p>\n<ul>\n"
        "  <li>Race at Work &lt;Charter&gt;, since May 2021</li>\n"
        '  <li><a href="https://x.example/?a=1&amp;b=&lt;2&gt;" rel="nofollow noopener">'
        "A *plan*</a></li>\n</ul>" in as_html(STANDARDS)
    )


def test_the_embed_escapes_the_name() -> None:
    assert as_embed(address="https://x.example/embed/", name='A "B" <c>') == (
        '<iframe src="https://x.example/embed/" '
        'title="The anti-racism pledge of A &quot;B&quot; &lt;c&gt;" '
        'width="100%" height="560" frameborder="0" loading="lazy"></iframe>\n'
    )


def test_a_line_has_a_short_form() -> None:
    assert Line(PromiseGroup.ALSO, Choice.ADOPTED, "I ask.", "Ask").short == "Ask"
    assert Line(PromiseGroup.OWN, Choice.OWN, "Mine.").short == "Mine."
