"""The product's components as template tags: built in, keyword-only, no `load` needed.

Small ones that a list repeats are plain strings; larger ones have a template of their own.
"""

from collections.abc import Iterable
from typing import Any

from crispy_forms.utils import render_crispy_form
from django.core.paginator import Page
from django.forms import BaseForm
from django.template import Context, Library
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ui import fields, figures, icons, moments
from ui.figures import next_use
from ui.folding import beginning, is_long
from ui.forms import error_links, plain_helper
from ui.paging import page_links
from ui.statuses import status_markup

OUR_WORDS = {
    "Two-factor authentication": "One more step",
    "Security keys": "Passkeys and security keys",
    "Add security key": "Add a passkey",
    "Edit security key": "Rename this key",
    "Remove security key": "Remove this key?",
    "Activate authenticator app": "Set up codes from an app",
    "Deactivate authenticator app": "Switch off codes from an app?",
    "Alternative options": "Another way",
}

register = Library()
register.tags |= figures.register.tags | fields.register.tags | moments.register.tags
register.filters |= moments.register.filters


# Words and symbols


@register.simple_tag
def icon(name: str) -> SafeString:
    return icons.draw(name)


@register.simple_tag
def status_tag(*, kind: str, label: str = "") -> SafeString:
    return status_markup(str(kind), str(label))


@register.simple_block_tag
def sentence_case(content: str) -> SafeString:
    """For headings and buttons of libraries that Write Like This, and at times in their words."""
    words = content.strip().capitalize()
    return SafeString(OUR_WORDS.get(words, words))


@register.simple_tag
def person(name: object) -> SafeString:
    """A name in any script, kept from turning the text around it."""
    return format_html("<bdi>{}</bdi>", name)


@register.simple_tag
def button_link(*, url: str, label: str, kind: str = "primary", icon: str = "") -> SafeString:
    """A link that looks like a button. Kinds: primary, secondary, quiet, danger."""
    return format_html(
        '<a class="button button-{}" href="{}">{}{}</a>',
        kind, url, icons.draw(icon) if icon else "", label,
    )  # fmt: skip


@register.simple_tag
def submit(*, label: str, kind: str = "primary", name: str = "", value: str = "") -> SafeString:
    named = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html(
        '<button class="button button-{}" type="submit"{}>{}</button>', kind, named, label
    )


# Blocks of a page


@register.simple_block_tag(end_name="endpage_header")
def page_header(
    content: str,
    *,
    title: str,
    lead: str = "",
    eyebrow: str = "",
    back_url: str = "",
    back: str = "Back",
) -> SafeString:
    """The page's only h1; what stands between the tags are its actions."""
    return _render(
        "components/page_header.html",
        content=content,
        title=title,
        lead=lead,
        eyebrow=eyebrow,
        back_url=back_url,
        back=back,
    )


@register.simple_block_tag
def card(
    content: str, *, title: str = "", url: str = "", level: int = 2, kind: str = ""
) -> SafeString:
    named = format_html('<a href="{}">{}</a>', url, title) if url else title
    heading = format_html('<h{0} class="card-title">{1}</h{0}>', level, named) if title else ""
    return format_html(
        '<section class="card{}">{} {} </section>',
        f" card-{kind}" if kind else "", heading, content,
    )  # fmt: skip


@register.simple_block_tag
def notice(content: str, *, kind: str = "info", title: str = "") -> SafeString:
    """Kinds: info, success, warning, error."""
    return format_html(
        '<div class="notice notice-{}">{}<div class="notice-body">{}{}</div></div>',
        kind, icons.draw(kind), _strong(title), content,
    )  # fmt: skip


@register.simple_block_tag
def quotation(content: str, *, source: str = "", url: str = "") -> SafeString:
    return _render("components/quotation.html", content=content, source=source, url=url)


@register.simple_block_tag
def hint(content: str, *, term: str) -> SafeString:
    """A word with its definition behind it."""
    return format_html(
        '<details class="hint"><summary>{}</summary><div class="hint-body">{}</div></details>',
        term,
        content,
    )


@register.simple_tag
def folded(text: str) -> SafeString:
    """Somebody's own words: the beginning of what is long, and the whole behind a click."""
    if not is_long(text):
        return format_html('<p class="user-text">{}</p>', text)
    return format_html(
        '<p class="user-text">{}</p><details class="disclosure"><summary>Read it all</summary>'
        '<p class="user-text">{}</p></details>',
        beginning(text),
        text,
    )


@register.simple_block_tag
def confirm(content: str, *, label: str, title: str = "", kind: str = "danger") -> SafeString:
    """Opens before anything that cannot be taken back; put the form with its submit inside."""
    return format_html(
        '<details class="confirm"><summary class="button button-{}">{}</summary>'
        '<div class="confirm-body stack-tight">{}{}</div></details>',
        kind, label, _strong(title), content,
    )  # fmt: skip


@register.simple_block_tag
def table_wrap(content: str, *, label: str) -> SafeString:
    """Around a wide table: it scrolls by itself, with the keyboard too; the page stays."""
    return format_html(
        '<div class="table-wrap" role="region" aria-label="{}" tabindex="0">{}</div>',
        label,
        content,
    )


@register.simple_block_tag
def summary(content: str) -> SafeString:
    return format_html('<dl class="summary">{}</dl>', content)


@register.simple_block_tag
def summary_row(
    content: str, *, term: str, change_url: str = "", change: str = "Change"
) -> SafeString:
    return _render(
        "components/summary_row.html",
        content=content,
        term=term,
        change_url=change_url,
        change=change,
    )


@register.simple_tag
def summary_list(*, rows: Iterable[tuple[object, object]]) -> SafeString:
    drawn = format_html_join(
        "", "{}", ((summary_row(str(value), term=str(term)),) for term, value in rows)
    )
    return summary(drawn)


@register.simple_block_tag
def task_list(content: str) -> SafeString:
    return format_html('<ul class="task-list">{}</ul>', content)


@register.simple_tag
def task(
    *,
    title: str,
    url: str = "",
    kind: str,
    label: str = "",
    detail: str = "",
    also_url: str = "",
    also: str = "",
) -> SafeString:
    """`also`: what else may be done about it, and where."""
    name = (
        format_html('<a href="{}">{}</a>', url, title)
        if url
        else format_html("<span>{}</span>", title)
    )
    more = ""
    if also_url:
        hidden = format_html('<span class="visually-hidden">: {}</span>', title)
        more = format_html('<p class="small"><a href="{}">{}{}</a></p>', also_url, also, hidden)
    return format_html(
        '<li class="task"><div>{}{}{}</div>{}</li>',
        name, _small(detail), more, status_markup(kind, label),
    )  # fmt: skip


@register.inclusion_tag("components/empty_state.html")
def empty_state(
    *, title: str, text: str = "", url: str = "", action: str = "", icon: str = "table"
) -> dict[str, Any]:
    return {"title": title, "text": text, "url": url, "action": action, "icon": icon}


@register.simple_tag(takes_context=True)
def form_fields(context: Context, *, form: BaseForm) -> SafeString:
    """The form's fields in our look, through crispy; the page writes the form tag and buttons."""
    return render_crispy_form(form, getattr(form, "helper", None) or plain_helper(), context)


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm | None) -> dict[str, Any]:
    """Takes every form of the page; draws nothing when none has errors."""
    return {"links": [link for form in forms if form is not None for link in error_links(form)]}


@register.inclusion_tag("components/error_summary.html", takes_context=True)
def library_errors(context: Context) -> dict[str, Any]:
    """The same above the title of a library's page, under whatever name it has its forms."""
    named = (context.get(name) for name in ("form", "verify_form", "change_form"))
    found = {id(form): form for form in named if isinstance(form, BaseForm)}
    return error_summary(*found.values())


@register.inclusion_tag("components/timeline.html")
def timeline(*, entries: Iterable[Any], empty: str = "Nothing has happened yet.") -> dict[str, Any]:
    """Entries have `at` and `text`, and may have `detail`. The newest first; many are folded."""
    rows = [{"at": e.at, "text": e.text, "detail": getattr(e, "detail", "")} for e in entries]
    few = len(rows) if len(rows) <= 12 else 8
    parts = {"entries": rows[:few], "earlier": rows[few:], "first_of_earlier": few + 1}
    return {**parts, "empty": empty}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(
    context: Context, *, page_obj: Page[Any], what: str = "results", name: str = "page"
) -> dict[str, Any]:
    """Keeps whatever else the query string holds; `name` as `page_links` has it."""
    links = page_links(page_obj, context["request"].GET, name=name)
    return {"page": page_obj, "links": links, "what": what, "name": name}


@register.inclusion_tag("components/copy_text.html", takes_context=True)
def copy_text(context: Context, *, text: str, label: str, rows: int = 8) -> dict[str, Any]:
    return {
        "text": text,
        "label": label,
        "rows": rows,
        "ident": f"copy-{next_use(context, 'copy')}",
    }


def _render(template: str, **values: Any) -> SafeString:
    return render_to_string(template, values)


def _strong(title: str) -> SafeString | str:
    return format_html("<p><strong>{}</strong></p>", title) if title else ""


def _small(text: str) -> SafeString | str:
    return format_html('<p class="small muted">{}</p>', text) if text else ""
