"""Which years and which kind of gatherings somebody wants to see."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from panels.enums import GatheringKind
from panels.trends import quarter_of_address
from ui.forms import PlainForm


class TrendsForm(PlainForm, forms.Form):
    kind = forms.ChoiceField(
        choices=[("", "All kinds"), *GatheringKind.choices], required=False, label="Kind"
    )
    until = forms.CharField(max_length=7, required=False, widget=forms.HiddenInput)

    def clean_kind(self) -> GatheringKind | None:
        kind = self.cleaned_data["kind"]
        return GatheringKind(kind) if kind else None

    def clean_until(self) -> date | None:
        text = self.cleaned_data["until"]
        quarter = quarter_of_address(text)
        if text and quarter is None:
            raise ValidationError("This is not a quarter such as 2026-Q1.")
        return quarter
