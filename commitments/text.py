"""A pledge as text to publish elsewhere: HTML, Markdown and plain. The same words in all three."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from commitments.enums import Choice, PromiseGroup
from commitments.plain_words import without_marks
from commitments.signing import signature
from ui.dates import in_full

# Headings and pictures would break the outline of the page that quotes a statement.
MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["heading", "lheading", "image"])
ALLOWED_TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "br", "code", "hr"}
ALLOWED_ATTRIBUTES = {"a": {"href"}}
ALLOWED_SCHEMES = {"http", "https", "mailto"}
MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>#&~|])")
LEFT_OUT = "Left out:"
STANDARDS = "Signed up to already"
EMBED_HEIGHT = 560
"""Pixels: a frame cannot grow with what is in it without a script."""


@dataclass(frozen=True)
class Line:
    """One promise as signed. `title` is the wording's name for it, where the words are its own."""

    group: PromiseGroup
    choice: Choice
    text: str
    title: str = ""

    @property
    def left_out(self) -> bool:
        return self.choice == Choice.LEFT_OUT

    @property
    def short(self) -> str:
        return self.title or self.text


@dataclass(frozen=True)
class StandardLine:
    """Something the leader had signed up to before the pledge."""

    name: str
    since: date | None
    link: str

    @property
    def words(self) -> str:
        return f"{self.name}, since {self.since:%B %Y}" if self.since else self.name


@dataclass(frozen=True)
class Statement:
    """Everything the published text says. `statement` is Markdown, all else plain words."""

    leader_name: str
    role_title: str
    organisation_name: str
    lines: tuple[Line, ...]
    statement: str
    source_name: str
    definition: str
    signed_on: date
    url: str
    standards: tuple[StandardLine, ...] = ()
    women_definition: str = ""

    @property
    def groups(self) -> list[tuple[PromiseGroup, list[Line]]]:
        """Promises under their headings, in the order of the wording; empty groups dropped."""
        sorted_out = [
            (group, [line for line in self.lines if line.group == group]) for group in PromiseGroup
        ]
        return [(group, lines) for group, lines in sorted_out if lines]

    @property
    def html(self) -> SafeString:
        """The leader's own words, sanitised."""
        return mark_safe(render_markdown(self.statement))  # noqa: S308

    @property
    def signature(self) -> str:
        return signature(self.leader_name, self.role_title, self.organisation_name)

    @property
    def notes(self) -> str:
        """What the words mean and whose they were first."""
        return f"“Minoritised” means: {self.definition} Source: {self.source_name}."

    @property
    def made_on(self) -> str:
        return f"Made on {in_full(self.signed_on)}"


@lru_cache(maxsize=512)
def render_markdown(text: str) -> str:
    """Sanitised HTML of what somebody typed."""
    return nh3.clean(
        MARKDOWN.render(text),
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        link_rel="nofollow ugc noopener",
    ).strip()


@lru_cache(maxsize=512)
def as_plain(pledge: Statement) -> str:
    parts = ["My anti-racism pledge"]
    for group, lines in pledge.groups:
        kept = [f"- {_mark(line)}{_one_line(line.text)}" for line in lines]
        parts.append("\n".join([f"{group.label}:", *kept]))
    if pledge.standards:
        parts.append("\n".join([f"{STANDARDS}:", *map(_plain_standard, pledge.standards)]))
    parts += [without_marks(MARKDOWN.parse(pledge.statement)), pledge.signature]
    parts += [f"{pledge.made_on}. {pledge.url}", pledge.notes]
    return "\n\n".join(filter(None, parts)) + "\n"


@lru_cache(maxsize=512)
def as_markdown(pledge: Statement) -> str:
    parts = ["## My anti-racism pledge"]
    for group, lines in pledge.groups:
        parts.append(f"**{group.label}:**")
        parts.append("\n".join(f"- {_mark(line)}{_marked(line.text)}" for line in lines))
    if pledge.standards:
        parts.append(f"**{STANDARDS}:**")
        parts.append("\n".join(map(_marked_standard, pledge.standards)))
    parts += [pledge.statement.strip(), _marked(pledge.signature)]
    parts += [f"[{pledge.made_on}](<{pledge.url}>)", _marked(pledge.notes)]
    return "\n\n".join(filter(None, parts)) + "\n"


@lru_cache(maxsize=512)
def as_html(pledge: Statement) -> str:
    parts = ["<h2>My anti-racism pledge</h2>"]
    for group, lines in pledge.groups:
        items = "\n".join(f"  <li>{_mark(line)}{escape(line.text)}</li>" for line in lines)
        parts.append(f"<p><strong>{group.label}:</strong></p>\n<ul>\n{items}\n</ul>")
    if pledge.standards:
        items = "\n".join(map(_html_standard, pledge.standards))
        parts.append(f"<p><strong>{STANDARDS}:</strong></p>\n<ul>\n{items}\n</ul>")
    parts.append(render_markdown(pledge.statement))
    parts.append(f"<p>{escape(pledge.signature)}</p>")
    parts.append(f'<p><a href="{escape(pledge.url)}">{pledge.made_on}</a></p>')
    parts.append(f"<p><small>{escape(pledge.notes)}</small></p>")
    return "\n".join(filter(None, parts)) + "\n"


def as_embed(*, address: str, name: str) -> str:
    """The markup that shows a small version within another site's page; without any script."""
    return (
        f'<iframe src="{escape(address)}" title="The anti-racism pledge of {escape(name)}" '
        f'width="100%" height="{EMBED_HEIGHT}" frameborder="0" loading="lazy"></iframe>\n'
    )


def _plain_standard(standard: StandardLine) -> str:
    return f"- {standard.words}" + (f": {standard.link}" if standard.link else "")


def _marked_standard(standard: StandardLine) -> str:
    words = _marked(standard.words)
    link = standard.link.replace("<", "%3C").replace(">", "%3E")
    return f"- [{words}](<{link}>)" if link else f"- {words}"


def _html_standard(standard: StandardLine) -> str:
    words = escape(standard.words)
    if standard.link:
        words = f'<a href="{escape(standard.link)}" rel="nofollow noopener">{words}</a>'
    return f"  <li>{words}</li>"


def _mark(line: Line) -> str:
    """Before the promise, so that nobody reads on as if it had been made."""
    return f"{LEFT_OUT} " if line.left_out else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _marked(text: str) -> str:
    """One line in which nothing is taken for a Markdown sign."""
    return MARKDOWN_SIGNS.sub(r"\\\1", _one_line(text))
