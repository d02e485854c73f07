"""One field of a form as markup: crispy's helper names `components/field.html`, which asks here.

Ids, classes and ARIA are those of crispy-bootstrap5, which our stylesheet paints. Its own template
asks of every field after each layout it could have, and takes several times as long.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.utils import flatatt
from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = Library()
NOTHING = mark_safe("")
# A browser cuts what is pasted at maxlength and says nothing; ours is said at the field. A
# placeholder only repeats its label, and is gone once there is something to check it against.
DROPPED = ("maxlength", "minlength", "placeholder")
# Django draws these through up to four templates for each widget and each of its options.
INPUTS = frozenset(
    f"django/forms/widgets/{kind}.html"
    for kind in ("text", "number", "email", "url", "password", "date", "checkbox")
)
SELECTS = frozenset({"django/forms/widgets/select.html"})


@register.simple_tag
def draw_field(field: BoundField) -> SafeString:
    widget = field.field.widget
    for name in DROPPED:
        widget.attrs.pop(name, None)
    if field.is_hidden:
        return field.as_widget()
    if isinstance(widget, forms.RadioSelect):
        return _choices(field)
    if isinstance(widget, forms.CheckboxInput):
        return _tick_box(field)
    look = "form-select" if isinstance(widget, forms.Select) else "form-control"
    return format_html(
        '<div id="div_{}" class="mb-3">{}{}{}{}</div>',
        field.auto_id,
        _label(field, "form-label"),
        _widget(field, look),
        _errors(field, "span"),
        _help(field),
    )


def _tick_box(field: BoundField) -> SafeString:
    return format_html(
        '<div class="mb-3"><div id="div_{}" class="form-check">{}{}{}{}</div></div>',
        field.auto_id,
        _widget(field, "form-check-input"),
        _label(field, "form-check-label"),
        _errors(field, "span"),
        _help(field),
    )


def _choices(field: BoundField) -> SafeString:
    """Radio buttons or tick boxes; the last of them carries the errors."""
    described = field.aria_describedby
    return format_html(
        '<div id="div_{}" class="mb-3"><fieldset{}>'
        '<legend class="form-label{} fs-6">{}{}</legend><div>{}</div>{}</fieldset></div>',
        field.auto_id,
        format_html(' aria-describedby="{}"', described) if described else "",
        " requiredField" if field.field.required else "",
        field.label,
        _star(field),
        _options(field),
        _help(field),
    )


def _options(field: BoundField) -> SafeString:
    options = [choice.data for choice in field.subwidgets]
    errors = _errors(field, "p")
    invalid = " is-invalid" if errors else ""
    hints = getattr(field.field, "choice_hints", {})
    rows = (
        (
            option["type"], invalid, option["name"], option["value"], flatatt(option["attrs"]),
            _described_by_hint(option, hints), option["attrs"].get("id", ""), option["label"],
            _choice_hint(option, hints), errors if option is options[-1] else "",
        )
        for option in options
    )  # fmt: skip
    return format_html_join(
        "",
        '<div class="form-check"><input type="{}" class="form-check-input{}" name="{}" '
        'value="{}"{}{}><label for="{}" class="form-check-label">{}</label>{}{}</div>',
        rows,
    )


def _described_by_hint(option: Mapping[str, Any], hints: Mapping[str, str]) -> SafeString:
    if not hints.get(str(option["value"])):
        return NOTHING
    return format_html(' aria-describedby="{}_hint"', option["attrs"].get("id", ""))


def _choice_hint(option: Mapping[str, Any], hints: Mapping[str, str]) -> SafeString:
    """A line under one choice: a field may carry `choice_hints`, by value."""
    text = hints.get(str(option["value"]))
    if not text:
        return NOTHING
    return format_html(
        '<p class="form-text" id="{}_hint">{}</p>', option["attrs"].get("id", ""), text
    )


def _label(field: BoundField, look: str) -> SafeString:
    required = " requiredField" if field.field.required else ""
    return format_html(
        '<label for="{}" class="{}{}">{}{}</label>',
        field.id_for_label, look, required, field.label, _star(field),
    )  # fmt: skip


def _star(field: BoundField) -> SafeString:
    return mark_safe('<span class="asteriskField">*</span>') if field.field.required else NOTHING


def _widget(field: BoundField, look: str) -> SafeString:
    """With its own classes, its kind and how it looks, as crispy's own tag puts them."""
    widget = field.field.widget
    classes = [widget.attrs.get("class", ""), type(widget).__name__.lower(), look]
    if field.errors:
        classes.append("is-invalid")
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, classes))}
    if widget.template_name not in INPUTS | SELECTS:
        return field.as_widget(attrs=attrs)
    attrs = field.build_widget_attrs(attrs) | {"id": widget.attrs.get("id", field.auto_id)}
    context = widget.get_context(field.html_name, field.value(), attrs)["widget"]
    return _input(context) if widget.template_name in INPUTS else _select(context)


def _input(widget: dict[str, Any]) -> SafeString:
    value = widget["value"]
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        NOTHING if value is None else format_html(' value="{}"', str(value)),
        flatatt(widget["attrs"]),
    )


def _select(widget: dict[str, Any]) -> SafeString:
    groups = (
        _option_group(name, [_option(option) for option in options])
        for name, options, _ in widget["optgroups"]
    )
    drawn = format_html_join("", "{}", ((group,) for group in groups))
    attrs = flatatt(widget["attrs"])
    return format_html('<select name="{}"{}>{}</select>', widget["name"], attrs, drawn)


def _option_group(name: str | None, options: list[SafeString]) -> SafeString:
    drawn = format_html_join("", "{}", ((option,) for option in options))
    return format_html('<optgroup label="{}">{}</optgroup>', name, drawn) if name else drawn


def _option(option: dict[str, Any]) -> SafeString:
    return format_html(
        '<option value="{}"{}>{}</option>',
        str(option["value"]),
        flatatt(option["attrs"]),
        option["label"],
    )


def _errors(field: BoundField, tag: str) -> SafeString:
    """Under the id that the field is described by."""
    if not field.errors:
        return NOTHING
    ident = field.auto_id
    lines = format_html_join(
        "",
        f'<{tag} id="error_{{}}_{{}}"><strong>{{}}</strong></{tag}>',
        ((number, ident, error) for number, error in enumerate(field.errors, 1)),
    )
    return format_html('<div id="{}_error" class="invalid-feedback">{}</div>', ident, lines)


def _help(field: BoundField) -> SafeString:
    """Ours or a library's, which may be markup."""
    if not field.help_text:
        return NOTHING
    text = mark_safe(field.help_text)  # noqa: S308
    return format_html('<div id="{}_helptext" class="form-text">{}</div>', field.auto_id, text)
