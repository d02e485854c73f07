from collections.abc import Collection
from uuid import UUID

from committees.models import Advice, Meeting, Pack
from reminders.enums import ReminderKind
from reminders.lines.about import About


def meetings(subjects: Collection[UUID]) -> dict[UUID, About]:
    """Without the place: what was typed there is for the page."""
    rows = Meeting.objects.filter(pk__in=subjects).select_related("group__organisation")
    return {row.pk: About(row.group.name, row.get_absolute_url()) for row in rows}


def packs(subjects: Collection[UUID]) -> dict[UUID, About]:
    rows = Pack.objects.filter(pk__in=subjects).select_related("organisation", "meeting__group")
    return {
        row.pk: About(f"{row.meeting.group}, {row.meeting}", row.get_absolute_url())
        for row in rows.defer("content")
    }


def advice(subjects: Collection[UUID]) -> dict[UUID, About]:
    rows = Advice.objects.filter(pk__in=subjects).select_related("organisation")
    return {row.pk: About(str(row), row.get_absolute_url()) for row in rows}


LINES = {
    ReminderKind.MEETING: meetings,
    ReminderKind.PACK: packs,
    ReminderKind.ADVICE: advice,
}
