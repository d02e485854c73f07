"""Forms about groups and their meetings."""

from datetime import date
from typing import Any

from django import forms

from committees import refusals
from committees.cadence import can_be_held
from committees.enums import GroupKind, MeetingState
from committees.models import Group, Meeting
from committees.queries import people_without_a_seat
from organisations.models import Organisation, User
from ui.dates import TOO_FAR, is_within_reach
from ui.forms import NameField, PlainForm


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs
        )


class GroupForm(PlainForm, forms.ModelForm):
    class Meta:
        model = Group
        fields = ("kind", "name", "meets_every_months", "contact_address")
        field_classes = {"name": NameField}
        labels = {
            "kind": "What kind of group is it?",
            "name": "Its name",
            "meets_every_months": "It meets every how many months?",
            "contact_address": "Contact email address",
        }
        error_messages = {
            "kind": {"required": "Choose what kind of group it is."},
            "name": {"required": "Enter its name."},
            "meets_every_months": {"required": "Enter how often it meets, in months."},
        }
        help_texts = {
            "kind": (
                "A staff network keeps its dates and a contact address here, and never a list of "
                "its members."
            ),
            "meets_every_months": "1 for every month, 3 for every quarter. At most 12.",
            "contact_address": "Everyone in your organisation sees it.",
        }

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [("", "Choose one"), *GroupKind.choices]
        months = self.fields["meets_every_months"]
        assert isinstance(months, forms.IntegerField)
        months.min_value, months.max_value = 1, 12
        months.widget.attrs |= {"min": 1, "max": 12, "inputmode": "numeric"}

    def clean_meets_every_months(self) -> int:
        months: int = self.cleaned_data["meets_every_months"]
        if not 1 <= months <= 12:
            raise forms.ValidationError("Enter a number from 1 to 12.")
        return months

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.organisation.groups.filter(name=name).exists():
            raise forms.ValidationError(refusals.NAME_TAKEN)
        return name


class SeatForm(PlainForm, forms.Form):
    user = forms.ChoiceField(
        label="Who takes a seat?", error_messages={"required": "Choose somebody."}
    )
    is_chair = forms.BooleanField(label="They chair this group", required=False)
    from_date = DayField(
        label="From",
        help_text="Their first day on the group.",
        error_messages={"required": "Enter their first day."},
    )

    def __init__(self, *args: Any, group: Group, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.today = group, today
        self.fields["from_date"].initial = today
        self.people = {str(seat.user_id): seat.user for seat in people_without_a_seat(group)}
        field = self.fields["user"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "Choose somebody"),
            *((pk, user.shown_name) for pk, user in self.people.items()),
        ]

    def clean_user(self) -> User:
        return self.people[self.cleaned_data["user"]]

    def clean_from_date(self) -> date:
        day: date = self.cleaned_data["from_date"]
        if not is_within_reach(day, today=self.today):
            raise forms.ValidationError(TOO_FAR)
        return day

    def clean(self) -> dict[str, Any]:
        if self.group.is_staff_network:
            raise forms.ValidationError(refusals.NO_MEMBERS)
        return self.cleaned_data


class MeetingForm(PlainForm, forms.Form):
    day = DayField(
        label="Date of the meeting",
        error_messages={"required": "Enter the day of the meeting."},
        help_text="A day that has passed can be entered too, to record an earlier meeting.",
    )

    def __init__(self, *args: Any, group: Group, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.today = group, today

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not is_within_reach(day, today=self.today):
            raise forms.ValidationError(TOO_FAR)
        if self.group.meetings.filter(date=day).exists():
            raise forms.ValidationError(refusals.DATE_TAKEN)
        return day


class MeetingRecordForm(PlainForm, forms.Form):
    state = forms.ChoiceField(
        label="What happened?",
        error_messages={"required": "Say whether it was held or cancelled."},
        choices=[(MeetingState.HELD, "It was held"), (MeetingState.CANCELLED, "It was cancelled")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=2000,
        help_text="What was covered, or why it was cancelled. No names of staff.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, meeting: Meeting, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting, self.today = meeting, today
        if meeting.group.is_staff_network:
            del self.fields["note"]

    def clean_state(self) -> str:
        state: str = self.cleaned_data["state"]
        if state == MeetingState.HELD and not can_be_held(
            planned_for=self.meeting.date, today=self.today
        ):
            raise forms.ValidationError(refusals.NOT_YET)
        return state
