"""What one looks for in the grid of a programme."""

from datetime import date
from typing import Any

from django import forms

from panels.enums import Stage
from ui.forms import PlainForm


class GridFilterForm(PlainForm, forms.Form):
    q = forms.CharField(max_length=100, required=False, label="Title, room or name")
    stage = forms.ChoiceField(
        choices=[("", "Every stage"), *Stage.choices], required=False, label="Stage"
    )
    day = forms.DateField(required=False, label="Day", widget=forms.Select)

    def __init__(self, *args: Any, days: list[date], may_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_name:
            self.fields["q"].label = "Title or room"
        named = [(day.isoformat(), f"{day:%A} {day.day} {day:%B}") for day in days]
        self.fields["day"].widget.choices = [("", "Every day"), *named]
