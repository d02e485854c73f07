"""What people type about an event or group."""

from datetime import date
from typing import Any

from django import forms

from panels.enums import GatheringKind
from panels.models import Gathering
from ui.dates import what_is_wrong_with_event
from ui.forms import NameField, PlainForm


class GatheringForm(PlainForm, forms.Form):
    kind = forms.ChoiceField(choices=GatheringKind.choices, label="What is it?")
    title = NameField(max_length=200, label="Name")
    held_on = forms.DateField(
        label="When",
        help_text="For a committee, board or working group: the day you count its members.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    organiser = NameField(max_length=160, required=False, label="Who organises it?")
    link = forms.URLField(max_length=400, required=False, assume_scheme="https", label="Web page")

    def __init__(
        self, *args: Any, today: date, gathering: Gathering | None = None, **kwargs: Any
    ) -> None:
        self.today = today
        if gathering:
            names = ("kind", "title", "held_on", "organiser", "link")
            kwargs["initial"] = {name: getattr(gathering, name) for name in names}
        super().__init__(*args, **kwargs)
        if gathering and gathering.counted_at:
            self.fields["kind"].disabled = True
            self.fields["kind"].help_text = "Fixed by the count: it decides who was counted."

    def clean_held_on(self) -> date:
        day: date = self.cleaned_data["held_on"]
        problem = what_is_wrong_with_event(day, today=self.today)
        if problem:
            raise forms.ValidationError(problem)
        return day


class GatheringFilterForm(PlainForm, forms.Form):
    q = forms.CharField(max_length=100, required=False, label="Name or organiser")
    kind = forms.ChoiceField(
        choices=[("", "All kinds"), *GatheringKind.choices], required=False, label="Kind"
    )
