"""What people type about an event or group."""

from datetime import date
from typing import Any

from django import forms

from panels.entry import STAGED
from panels.enums import GatheringKind, ResultFilter
from panels.forms.counting import CountForm
from panels.models import Gathering
from ui.dates import in_full, what_is_wrong_with_event
from ui.forms import NameField, PlainForm

KIND_IS_FIXED = "Fixed by the count: it decides who was counted."
DAY_IS_FIXED = "Fixed by the count. Count as at a new day instead."


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)


class HeldOn:
    """Mixed in before `PlainForm`: a day that an event can be held on."""

    today: date
    cleaned_data: dict[str, Any]

    def clean_held_on(self) -> date:
        day: date = self.cleaned_data["held_on"]
        problem = what_is_wrong_with_event(day, today=self.today)
        if problem:
            raise forms.ValidationError(problem)
        return day


class GatheringForm(HeldOn, PlainForm, forms.Form):
    kind = forms.ChoiceField(choices=GatheringKind.choices, label="What is it?")
    title = NameField(max_length=200, label="Name")
    held_on = DayField(
        label="When",
        help_text="For a committee, board or working group: the day you count its members.",
    )
    ends_on = DayField(
        required=False,
        label="Last day",
        help_text="Only of an event or conference of several days.",
    )
    organiser = NameField(max_length=160, required=False, label="Who organises it?")
    link = forms.URLField(max_length=400, required=False, assume_scheme="https", label="Web page")

    def __init__(
        self, *args: Any, today: date, gathering: Gathering | None = None, **kwargs: Any
    ) -> None:
        self.today = today
        if gathering:
            names = ("kind", "title", "held_on", "ends_on", "organiser", "link")
            kwargs["initial"] = {name: getattr(gathering, name) for name in names}
        super().__init__(*args, **kwargs)
        if gathering and gathering.counted_at:
            self._fix("kind", KIND_IS_FIXED)
            if gathering.is_standing:
                self._fix("held_on", DAY_IS_FIXED)

    def _fix(self, name: str, why: str) -> None:
        self.fields[name].disabled = True
        self.fields[name].help_text = why

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("held_on"), cleaned.get("ends_on")
        if first and last:
            problem = self._what_is_wrong_with_last(first, last, cleaned.get("kind", ""))
            if problem:
                self.add_error("ends_on", problem)
            elif first == last:
                cleaned["ends_on"] = None
        return cleaned

    def _what_is_wrong_with_last(self, first: date, last: date, kind: str) -> str:
        if last < first:
            return f"This is before it begins, on {in_full(first)}."
        if last > first and kind not in STAGED:
            return "Only an event or a conference lasts several days. Leave this blank."
        return what_is_wrong_with_event(last, today=self.today)


class QuickForm(HeldOn, CountForm):
    """One panel and its count on one screen: a name, a day and how many speak are enough."""

    title = NameField(max_length=200, label="Name")
    held_on = DayField(label="When")
    typed_over = None  # type: ignore[assignment]  # There is no count yet to type over.

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, kind=GatheringKind.PANEL, **kwargs)
        self.order_fields(["title", "held_on", *self.fields])

    @property
    def parts(self) -> tuple[str, ...]:
        return ("whole",)


class RepeatForm(HeldOn, PlainForm, forms.Form):
    """Last year's again: only its name and its day are asked."""

    title = NameField(max_length=200, label="Name")
    held_on = DayField(label="When")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)


class AsAtForm(HeldOn, PlainForm, forms.Form):
    """The new day as at which a standing group is counted."""

    held_on = DayField(label="New day")

    def __init__(self, *args: Any, today: date, newest: date, **kwargs: Any) -> None:
        self.today, self.newest = today, newest
        super().__init__(*args, **kwargs)

    def clean_held_on(self) -> date:
        day = super().clean_held_on()
        if day <= self.newest:
            raise forms.ValidationError(f"Enter a day after {in_full(self.newest)}.")
        return day


class GatheringFilterForm(PlainForm, forms.Form):
    q = forms.CharField(max_length=100, required=False, label="Name or organiser")
    kind = forms.ChoiceField(
        choices=[("", "All kinds"), *GatheringKind.choices], required=False, label="Kind"
    )
    result = forms.ChoiceField(
        choices=[("", "All results"), *ResultFilter.choices], required=False, label="Result"
    )
