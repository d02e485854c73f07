"""Finding a public pledge."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from ui.forms import NameField, PlainForm

NAMES = "organisation-names"
ANY_MONTH = "Any month"
NOT_THERE = "Choose a month from the list."


class ListForm(PlainForm, forms.Form):
    """What the list is narrowed to. A filter that says nothing we know is left out and said."""

    q = forms.CharField(label="Search by name or organisation", required=False, max_length=100)
    month = forms.ChoiceField(
        label="Made in", required=False, error_messages={"invalid_choice": NOT_THERE}
    )
    organisation = NameField(
        label="Organisation",
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"list": NAMES, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, months: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months = {f"{month:%Y-%m}": month for month in months}
        options = [(key, f"{month:%B %Y}") for key, month in self.months.items()]
        self.fields["month"].choices = [("", ANY_MONTH), *options]  # type: ignore[attr-defined]

    def filters(self) -> dict[str, Any]:
        """After `is_valid`."""
        return {
            "search": self.cleaned_data.get("q", ""),
            "organisation": self.cleaned_data.get("organisation", ""),
            "month": self.months.get(self.cleaned_data.get("month", "")),
        }
