"""Components that draw figures; `ui.components` takes them in."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.template import Context, Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ui import line_up
from ui.share_chart import draw as draw_shares
from ui.share_chart import key as key_of_shares

register = Library()
ORDER = {mark: place for place, mark in enumerate(line_up.MARKS)}


@register.inclusion_tag("components/stat.html")
def stat(
    *, label: str, value: object, note: str = "", url: str = "", kind: str = ""
) -> dict[str, Any]:
    return {"label": label, "value": value, "note": note, "url": url, "kind": kind}


@register.inclusion_tag("components/figure_table.html")
def figure_table(
    *,
    caption: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    open: str = "The same numbers as a table",
) -> dict[str, Any]:
    return {"caption": caption, "headings": headings, "rows": list(rows), "open": open}


@register.inclusion_tag("components/proven_bar.html")
def proven_bar(*, done: int, total: int, what: str = "proven") -> dict[str, Any]:
    """ "n of m proven", never a percentage."""
    width = 0 if total == 0 else round(200 * min(done, total) / total, 2)
    return {"done": done, "total": total, "what": what, "width": width}


@register.simple_tag(takes_context=True)
def line_up_table(
    context: Context,
    *,
    marks: Iterable[str],
    label: str,
    size: str = "large",
    words: Mapping[str, str] | None = None,
    centre: str = "",
    key: bool | None = None,
) -> SafeString:
    """Marks are "yes", "no", "unknown", "short", "plain"; `words` says what each means here."""
    meanings = line_up.USUAL_WORDS | dict(words or {})
    seats = tuple(map(str, marks))
    use = next_use(context, "line-up")
    with_key = size == "large" if key is None else key
    return format_html(
        '<figure class="line-up-figure line-up-figure-{}">{}{}</figure>',
        size,
        _picture(seats, size, label, tuple(meanings.items()), centre, use),
        _key(Counter(seats), meanings) if with_key else "",
    )


# typed: a safe string equals the same text from a person, and must not lend it its markup.
@lru_cache(maxsize=1024, typed=True)
def _picture(
    marks: tuple[str, ...],
    size: str,
    label: str,
    meanings: tuple[tuple[str, str], ...],
    centre: str,
    use: int,
) -> SafeString:
    seats = tuple(sorted(marks, key=ORDER.__getitem__))
    return line_up.draw(seats, size, label, line_up.sentence(seats, dict(meanings)), centre, use)


def _key(counts: Mapping[str, int], said: Mapping[str, str]) -> SafeString | str:
    """Each mark that is drawn, how often, and what it means."""
    shown = [
        (mark, "?" if mark == "unknown" else "", counts[mark], said[mark])
        for mark in line_up.MARKS
        if counts[mark]
    ]
    drawn = format_html_join(
        "",
        '<li><span class="key key-{}" aria-hidden="true">{}</span>'
        "<span><strong>{}</strong> {}</span></li>",
        shown,
    )
    return (
        format_html('<figcaption><ul class="line-up-key">{}</ul></figcaption>', drawn)
        if shown
        else ""
    )


@register.simple_tag(takes_context=True)
def share_chart(
    context: Context,
    *,
    title: str,
    finding: str,
    labels: Iterable[str],
    lines: Iterable[tuple[str, tuple[tuple[int, int], ...]]],
) -> SafeString:
    """Shares over time, `lines` being names and points `(part, whole)`; `finding` says in words
    what they show. Beside it belongs a `figure_table` of the same numbers."""
    use = next_use(context, "share-chart")
    drawn = tuple(lines)
    drawing = draw_shares(title, finding, tuple(labels), drawn, use)
    return format_html(
        '<div class="chart-frame">{}<ul class="chart-key">{}</ul></div>',
        drawing,
        key_of_shares([name for name, _ in drawn]),
    )


def next_use(context: Context, kind: str) -> int:
    """Counts within one page, so that ids are unique and the same on every request."""
    # The bottom frame: an included template sees only its own.
    page: dict[str, Any] = context.render_context.dicts[0]  # type: ignore[assignment]
    uses: Counter[str] = page.setdefault("ui uses", Counter())
    uses[kind] += 1
    return uses[kind]
