"""What somebody else saved meanwhile, in rows of a name and words, and who that was."""

from collections.abc import Iterable
from typing import Any

from committees.enums import CommitteeVerb, GroupKind, MeetingState
from committees.models import AgendaItem, Group, Meeting
from committees.queries.agenda import agenda_of
from history.models import Entry
from recommendations.enums import OccurrenceKind
from recommendations.queries.versions import NOTHING, Rows
from ui.dates import in_full

OF_A_MEETING = (
    CommitteeVerb.MEETING_EDITED,
    CommitteeVerb.MEETING_MOVED,
    CommitteeVerb.MEETING_HELD,
    CommitteeVerb.MEETING_CANCELLED,
)
WHAT_HAPPENED = {
    MeetingState.HELD: "It was held",
    MeetingState.CANCELLED: "It was cancelled",
    MeetingState.PLANNED: "Nothing is recorded",
}


def group_in_rows(one: Group) -> Rows:
    rows = [
        ("Its name", one.name),
        ("It meets every how many months", str(one.meets_every_months)),
        ("By how many days may a meeting slip", str(one.tolerance_days)),
        ("Contact email address", one.contact_address or NOTHING),
    ]
    if not one.is_staff_network:
        rows.append(("Race equality is on every agenda", "Yes" if one.has_equality_item else "No"))
    return rows


def meeting_in_rows(one: Meeting) -> Rows:
    rows = [
        ("Date of the meeting", in_full(one.date)),
        ("Starts at", f"{one.starts_at:%H:%M}" if one.starts_at else NOTHING),
        ("Place", one.place or NOTHING),
    ]
    if one.group.kind == GroupKind.FORUM:
        rows += [("What is it", one.get_kind_display()), ("Topic", one.topic or NOTHING)]
    return rows


def record_in_rows(one: Meeting) -> Rows:
    covered = agenda_of(one).filter(was_covered=True)
    rows = [
        ("Date of the meeting", in_full(one.date)),
        ("What happened", WHAT_HAPPENED[MeetingState(one.state)]),
    ]
    if not one.group.is_staff_network:
        rows.append(("What was covered", ", ".join(item.title for item in covered) or NOTHING))
    if one.kind != OccurrenceKind.MEETING:
        came = NOTHING if one.headcount is None else str(one.headcount)
        rows += [("How many came", came), ("What changed in practice", one.changed or NOTHING)]
    if not one.group.is_staff_network:
        rows.append(("Note", one.note or NOTHING))
    return rows


def item_in_rows(one: AgendaItem) -> Rows:
    return [
        ("What is it about", one.title),
        ("Recommendation", str(one.recommendation or NOTHING)),
        ("Counts towards", str(one.action or NOTHING)),
    ]


def who_changed_group(group: Group) -> str:
    return _who(group, [CommitteeVerb.GROUP_EDITED])


def who_changed_meeting(meeting: Meeting) -> str:
    return _who(meeting.group, OF_A_MEETING, details__meeting=str(meeting.pk))


def _who(group: Group, verbs: Iterable[str], **about: Any) -> str:
    """Whoever did it last; empty where that was nobody in particular."""
    entries = Entry.objects.about(group).filter(verb__in=list(verbs), **about)
    last = entries.select_related("actor").first()
    return last.actor.shown_name if last and last.actor else ""
