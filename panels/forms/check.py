"""What anybody types without an account: numbers of people, or of seats. Nothing is kept."""

from typing import Any

from django import forms

from panels import planner
from panels.enums import GatheringKind
from panels.forms.counting import LineUpForm
from panels.thresholds import Thresholds
from ui.forms import PlainForm

WHOLE_NUMBER = f"Enter a whole number from {planner.LEAST_SEATS} to {planner.MOST_SEATS:,}."


class CheckForm(LineUpForm):
    """The public check. Without a yes to `told`, ethnicity is judged as not known."""

    folds_main_stage = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, kind=GatheringKind.EVENT, **kwargs)
        self.fields["told"].label = "Each person told you, and knew that it would be counted"


class SeatsForm(PlainForm, forms.Form):
    """How many seats are planned, while nobody is named."""

    seats = forms.IntegerField(
        label="How many seats?",
        min_value=planner.LEAST_SEATS,
        max_value=planner.MOST_SEATS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), WHOLE_NUMBER
        ),
    )

    @property
    def slider_begins_at(self) -> int:
        return planner.LEAST_SEATS

    @property
    def slider_ends_at(self) -> int:
        return planner.SLIDER_SEATS

    def plan(self, thresholds: Thresholds, aims: Thresholds | None = None) -> planner.Plan | None:
        """None where what was typed is no number of seats."""
        if not self.is_bound:
            return planner.plan(self.initial["seats"], thresholds, aims)
        if not self.is_valid():
            return None
        return planner.plan(self.cleaned_data["seats"], thresholds, aims)
