"""Race equality on the agenda of every meeting of a group that has it there."""

from django.db.models import Max

from committees.enums import MeetingState
from committees.models import AgendaItem, Group, Meeting

TITLE = "Race equality"


def add_standing_item(meeting: Meeting) -> None:
    """First of all; what it was linked to at the meeting before, it is again."""
    before = AgendaItem.objects.filter(meeting__group=meeting.group, is_standing=True)
    last = before.order_by("-meeting__date").first()
    highest = meeting.agenda.aggregate(highest=Max("position"))["highest"]
    meeting.agenda.create(
        position=0 if highest is None else highest + 1,
        title=TITLE,
        is_standing=True,
        recommendation=last.recommendation if last else None,
        action=last.action if last else None,
    )


def add_to_planned(group: Group) -> None:
    planned = group.meetings.filter(state=MeetingState.PLANNED)
    for meeting in planned.exclude(agenda__is_standing=True):
        add_standing_item(meeting)


def take_off_planned(group: Group) -> None:
    AgendaItem.objects.filter(
        meeting__group=group, meeting__state=MeetingState.PLANNED, is_standing=True
    ).delete()
