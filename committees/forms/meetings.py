"""Forms about meetings."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from committees import refusals
from committees.cadence import can_be_held
from committees.enums import GroupKind, MeetingState
from committees.forms.days import DayField
from committees.forms.plain import CommitteeForm
from committees.models import AgendaItem, Group, GroupMember, Meeting
from recommendations.enums import OccurrenceKind
from ui.dates import TOO_FAR, is_within_reach
from ui.forms import NameField, VersionedForm

KINDS_OF_A_FORUM = [
    (OccurrenceKind.MEETING, "Meeting"),
    (OccurrenceKind.SEMINAR, OccurrenceKind.SEMINAR.label),
    (OccurrenceKind.WORKSHOP, OccurrenceKind.WORKSHOP.label),
    (OccurrenceKind.ENGAGEMENT, OccurrenceKind.ENGAGEMENT.label),
]
WHERE = ("starts_at", "place", "kind", "topic")
MOST_PEOPLE = 100_000


class MeetingForm(CommitteeForm, forms.Form):
    """`meeting`: the one that is changed; none when it is new."""

    day = DayField(
        label="Date of the meeting",
        error_messages={"required": "Enter the day of the meeting."},
    )
    starts_at = forms.TimeField(
        required=False,
        label="Starts at",
        help_text="In London time. Leave it empty when it is not known yet.",
        error_messages={"invalid": "Enter a time such as 14:30."},
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    place = NameField(
        required=False,
        max_length=160,
        label="Place",
        help_text="A room, a building or “online”. Nobody's home.",
    )
    kind = forms.ChoiceField(
        label="What is it?",
        choices=KINDS_OF_A_FORUM,
        initial=OccurrenceKind.MEETING,
        widget=forms.RadioSelect,
    )
    topic = NameField(
        required=False,
        max_length=200,
        label="Topic",
        help_text="Of a seminar, workshop or engagement.",
    )

    def __init__(
        self, *args: Any, group: Group, today: date, meeting: Meeting | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.today, self.meeting = group, today, meeting
        if meeting is None:
            self.fields[
                "day"
            ].help_text = "A day that has passed can be entered too, to record an earlier meeting."
        if group.kind != GroupKind.FORUM:
            del self.fields["kind"], self.fields["topic"]

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not is_within_reach(day, today=self.today):
            raise forms.ValidationError(TOO_FAR)
        present = self.group.meetings.filter(date=day).first()
        if present is not None and present != self.meeting:
            raise forms.ValidationError(refusals.DATE_TAKEN)
        return day

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        is_session = typed.get("kind", OccurrenceKind.MEETING) != OccurrenceKind.MEETING
        if is_session and not typed.get("topic") and "topic" not in self.errors:
            self.add_error("topic", "Say what it is about.")
        if not is_session and "topic" in typed:
            typed["topic"] = ""
        return typed

    @property
    def where(self) -> dict[str, Any]:
        """Time, place and, of a forum, kind and topic."""
        return {name: self.cleaned_data[name] for name in WHERE if name in self.fields}


class MeetingEditForm(VersionedForm, MeetingForm):
    pass


class MeetingRecordForm(CommitteeForm, VersionedForm):
    state = forms.ChoiceField(
        label="What happened?",
        error_messages={"required": "Say whether it was held or cancelled."},
        choices=[(MeetingState.HELD, "It was held"), (MeetingState.CANCELLED, "It was cancelled")],
        widget=forms.RadioSelect,
    )
    covered = forms.MultipleChoiceField(
        label="What was covered?",
        required=False,
        help_text="Leave out what you did not get to. Of what was cancelled, nothing counts.",
        widget=forms.CheckboxSelectMultiple,
    )
    headcount = forms.IntegerField(
        label="How many came?",
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        help_text="A number, never who.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Enter a whole number, such as 24.",
            "min_value": "Enter 0 or more.",
            "max_value": f"Enter at most {MOST_PEOPLE}.",
        },
    )
    changed = forms.CharField(
        label="What changed in practice?",
        required=False,
        max_length=2000,
        help_text="What people do differently since. It can be added later.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=2000,
        help_text="What was covered, or why it was cancelled. No names of staff.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        *args: Any,
        meeting: Meeting,
        today: date,
        items: "list[AgendaItem] | None" = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", _recorded(meeting, items or []))
        super().__init__(*args, **kwargs)
        self.meeting, self.today = meeting, today
        covered = self.fields["covered"]
        assert isinstance(covered, forms.MultipleChoiceField)
        covered.choices = [(str(item.pk), item.title) for item in items or []]
        if not items:
            del self.fields["covered"]
        if meeting.kind == OccurrenceKind.MEETING:
            del self.fields["headcount"], self.fields["changed"]
        if meeting.group.is_staff_network:
            del self.fields["note"]

    def clean_state(self) -> str:
        state: str = self.cleaned_data["state"]
        if state == MeetingState.HELD and not can_be_held(
            planned_for=self.meeting.date, today=self.today
        ):
            raise forms.ValidationError(refusals.NOT_YET)
        return state

    def clean_covered(self) -> list[UUID]:
        return [UUID(pk) for pk in self.cleaned_data["covered"]]

    @property
    def outcome(self) -> dict[str, Any]:
        came = {"note": "", **self.cleaned_data}
        return came | {"over_revision": came.pop("revision")}


def _recorded(meeting: Meeting, items: list[AgendaItem]) -> dict[str, Any]:
    """As it was recorded; at first everything is taken to be covered."""
    return {
        "state": meeting.state,
        "note": meeting.note,
        "headcount": meeting.headcount,
        "revision": meeting.revision,
        "changed": meeting.changed,
        "covered": [str(item.pk) for item in items if item.was_covered is not False],
    }


class ApologiesForm(CommitteeForm, forms.Form):
    seats = forms.MultipleChoiceField(
        label="Who cannot come?",
        required=False,
        help_text="People with a seat on the day of the meeting.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": refusals.NO_SEAT_THAT_DAY},
    )

    def __init__(self, *args: Any, seats: list[GroupMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["seats"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(seat.pk), seat.user.shown_name) for seat in seats]

    def clean_seats(self) -> list[UUID]:
        return [UUID(pk) for pk in self.cleaned_data["seats"]]
