"""Reading the meetings of a group."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.db.models import OuterRef, QuerySet, Subquery

from committees import cadence
from committees.enums import CommitteeVerb, MeetingState
from committees.models import Apology, Group, GroupMember, Meeting
from committees.queries.groups import seats_on
from history.models import Entry
from organisations.models import Organisation, User
from ui.paging import page_of

IN_A_CALENDAR_FOR = timedelta(days=400)


@dataclass(frozen=True)
class MeetingRow:
    meeting: Meeting
    is_missed: bool


def meetings_of(group: Group, *, number: str | None, today: date) -> Page[MeetingRow]:
    """Latest first; planned ones whose day is over are missed."""
    page = page_of(group.meetings.order_by("-date"), number)
    page.object_list = [as_row(meeting, today=today) for meeting in page.object_list]
    return page


def as_row(meeting: Meeting, *, today: date) -> MeetingRow:
    missed = cadence.is_missed(planned_for=meeting.date, state=meeting.state, today=today)
    return MeetingRow(meeting=meeting, is_missed=missed)


def meeting_in(organisation: Organisation, *, pk: UUID) -> Meeting | None:
    rows = Meeting.objects.filter(group__organisation=organisation)
    return rows.select_related("group__organisation", "pack").filter(pk=pk).first()


def apologies_of(meeting: Meeting) -> QuerySet[Apology]:
    return meeting.apologies.select_related("member__user").order_by(
        "member__user__display_name", "member__user__email"
    )


def seats_at(meeting: Meeting) -> QuerySet[GroupMember]:
    """Who has a seat on its day."""
    return seats_on(meeting.group, meeting.date)


def in_calendar_of(group: Group, *, today: date) -> QuerySet[Meeting]:
    """Those ahead and of the last year or so, in order."""
    return group.meetings.filter(date__gte=today - IN_A_CALENDAR_FOR).order_by("date")


def next_meetings(after: Collection[UUID]) -> dict[UUID, date]:
    """For each of these meetings, the day on which its group meets next after it."""
    later = Meeting.objects.filter(group=OuterRef("group"), date__gt=OuterRef("date"))
    following = later.exclude(state=MeetingState.CANCELLED).order_by("date").values("date")[:1]
    rows = Meeting.objects.filter(pk__in=after).annotate(following=Subquery(following))
    return {pk: day for pk, day in rows.values_list("pk", "following") if day is not None}


def was_moved(meeting: Meeting) -> bool:
    """Whether it was to be on another day when it was planned; only history knows."""
    steps = _steps(meeting.group, [CommitteeVerb.MEETING_PLANNED, CommitteeVerb.MEETING_MOVED])
    days = [
        (verb, details["date"])
        for verb, details in steps
        if details.get("meeting") == str(meeting.pk)
    ]
    if CommitteeVerb.MEETING_MOVED not in {verb for verb, _ in days}:
        return False
    return any(
        day != meeting.date.isoformat()
        for verb, day in days
        if verb == CommitteeVerb.MEETING_PLANNED
    )


def _steps(group: Group, verbs: Iterable[str]) -> Iterable[tuple[str, dict[str, Any]]]:
    entries = Entry.objects.about(group).filter(verb__in=list(verbs))
    return entries.values_list("verb", "details")


def last_change(group: Group) -> Entry | None:
    return Entry.objects.about(group).first()


def recorded_by(person: User, verbs: Iterable[str]) -> list[UUID]:
    """Meetings whose outcome this person was the last to record."""
    entries = Entry.objects.filter(verb__in=list(verbs), subject_type=Group._meta.label_lower)
    touched = entries.filter(actor=person).values("subject_id")
    last: dict[str, UUID | None] = {}
    for details, actor in (
        entries.filter(subject_id__in=touched).order_by("pk").values_list("details", "actor")
    ):
        last[details["meeting"]] = actor
    return [UUID(meeting) for meeting, actor in last.items() if actor == person.pk]
