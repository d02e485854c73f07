"""Days and times as tags and filters, always of London: the moments that are kept are in UTC."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.template import Library
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ui.dates import in_full

register = Library()


@register.filter
def day(moment: datetime | None) -> date | None:
    """On which something happened. `moment.date` in a template would be the day in UTC."""
    return timezone.localdate(moment) if moment else None


@register.filter
def last_day(expires_at: datetime) -> date:
    """On which a link works. One that ends at midnight worked on the day before."""
    return timezone.localdate(expires_at - timedelta(seconds=1))


@register.simple_tag
def when(value: date | datetime | None, *, missing: str = "No date") -> SafeString:
    """ "12 March 2026", with the time of day in London where there is one."""
    return _when(value) if value else format_html('<span class="muted">{}</span>', missing)


@lru_cache(maxsize=4096)
def _when(value: date | datetime) -> SafeString:
    """Kept, because a list repeats its dates and writing one out takes forty lookups."""
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return format_html(
            '<time datetime="{}">{}</time>', local.isoformat(), date_format(local, "j F Y, H:i")
        )
    return format_html('<time datetime="{}">{}</time>', value, in_full(value))
