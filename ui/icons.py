"""A few symbols drawn for this product on a 20 by 20 grid, all strokes, coloured by the text."""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_DOT = '<circle class="icon-fill" cx="{}" cy="{}" r="1.1"/>'

SYMBOLS: dict[str, str] = {
    "tick": '<path d="M4 10.5l4 4 8-9"/>',
    "tick-circle": '<circle cx="10" cy="10" r="7.5"/><path d="M6.5 10.2l2.5 2.6 4.6-5.4"/>',
    "arrow": '<path d="M3.5 10h12M11 5.2l4.8 4.8L11 14.8"/>',
    "back": '<path d="M16.5 10h-12M9 5.2L4.2 10 9 14.8"/>',
    "warning": '<path d="M10 3L18 16.5H2z"/><path d="M10 8v4"/>' + _DOT.format(10, 14.2),
    "clock": '<circle cx="10" cy="10" r="7.5"/><path d="M10 5.5V10l3 2.2"/>',
    "overdue": '<circle cx="10" cy="10" r="7.5"/><path d="M10 5.8v5"/>' + _DOT.format(10, 13.8),
    "empty": '<circle cx="10" cy="10" r="7" stroke-dasharray="3 2.5"/>',
    "half": '<circle cx="10" cy="10" r="7.5"/>'
    '<path class="icon-fill" d="M10 2.5a7.5 7.5 0 010 15z"/>',
    "question": '<circle cx="10" cy="10" r="7.5"/>'
    '<path d="M7.8 8a2.2 2.2 0 113.2 2c-.7.4-1 .8-1 1.6"/>' + _DOT.format(10, 14.2),
    "silent": '<path d="M3 4.5h14v9H9l-4 3v-3H3z"/><path d="M7 9h6"/>',
    "return": '<path d="M8 4.5L4 8.5l4 4"/><path d="M4 8.5h8a4 4 0 010 8h-2"/>',
    "hand": '<path d="M3 14.5L10 4l7 10.5M6.5 9.5h7"/><path d="M10 9.5v6.5"/>',
    "cross": '<path d="M5 5l10 10M15 5L5 15"/>',
    "minus": '<circle cx="10" cy="10" r="7.5"/><path d="M6.5 10h7"/>',
    "info": '<circle cx="10" cy="10" r="7.5"/><path d="M10 9.2v5"/>' + _DOT.format(10, 6.3),
    "menu": '<path d="M3 5.5h14M3 10h14M3 14.5h14"/>',
    "people": '<circle cx="7" cy="7" r="2.8"/><path d="M2 16c0-3 2-4.6 5-4.6s5 1.6 5 4.6"/>'
    '<path d="M13 4.6a2.6 2.6 0 010 5M14.5 11.8c2.2.4 3.5 1.9 3.5 4.2"/>',
    "pledge": '<path d="M4 2.8h9l3 3v11.4H4z"/><path d="M7 8h6M7 11h6M7 14h3.5"/>',
    "door": '<path d="M5 17V3h9v14M3 17h14"/>' + _DOT.format(11.5, 10.2),
    "mail": '<path d="M2.5 5h15v10.5h-15z"/><path d="M2.5 5.5L10 11l7.5-5.5"/>',
    "calendar": '<path d="M3 4.5h14V17H3zM3 8.5h14M6.5 2.5v3.5M13.5 2.5v3.5"/>',
    "copy": '<path d="M7 6.5h9.5V17H7z"/><path d="M4 13.5V3h9"/>',
    "key": '<circle cx="6.5" cy="10" r="3.5"/><path d="M10 10h8M15 10v3"/>',
    "table": '<ellipse cx="10" cy="10" rx="5.2" ry="3"/>'
    '<path d="M10 3.2v.1M10 16.7v.1M3 6v.1M17 6v.1M3 14v.1M17 14v.1" stroke-width="3"/>',
}

# Django's message levels and allauth's tags borrow a symbol each.
ALIASES = {"success": "tick-circle", "error": "warning", "debug": "info", "danger": "warning"}


@lru_cache(maxsize=128)
def draw(name: str) -> SafeString:
    """Decorative: the word beside it carries the meaning. An unknown name draws `info`."""
    symbol = SYMBOLS.get(ALIASES.get(name, name), SYMBOLS["info"])
    return format_html(
        '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(symbol),  # noqa: S308
    )
