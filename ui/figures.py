"""Components that draw figures; `ui.components` takes them in."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.template import Context, Library

from ui import line_up

register = Library()


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


@register.inclusion_tag("components/line_up_table.html", takes_context=True)
def line_up_table(
    context: Context,
    *,
    marks: Iterable[str],
    label: str,
    size: str = "large",
    words: Mapping[str, str] | None = None,
    centre: str = "",
    key: bool | None = None,
) -> dict[str, Any]:
    """Marks are "yes", "no", "unknown", "short", "plain"; `words` says what each means here."""
    order = {mark: place for place, mark in enumerate(line_up.MARKS)}
    seats = tuple(sorted((str(mark) for mark in marks), key=order.__getitem__))
    said = line_up.USUAL_WORDS | dict(words or {})
    text = line_up.sentence(seats, said)
    counts = Counter(seats)
    with_key = size == "large" if key is None else key
    return {
        "svg": line_up.draw(seats, size, label, text, centre, next_use(context, "line-up")),
        "size": size,
        "key": [(m, counts[m], said[m]) for m in line_up.MARKS if counts[m]] if with_key else [],
    }


def next_use(context: Context, kind: str) -> int:
    """Counts within one page, so that ids are unique and the same on every request."""
    # The bottom frame: an included template sees only its own.
    page: dict[str, Any] = context.render_context.dicts[0]  # type: ignore[assignment]
    uses: Counter[str] = page.setdefault("ui uses", Counter())
    uses[kind] += 1
    return uses[kind]
