"""The three questions of every gathering."""

from datetime import date
from typing import Any

from django import forms

from panels.models import ThreeAnswers
from panels.queries.three_questions import QUESTIONS
from ui.dates import is_within_reach
from ui.forms import PlainForm

LONGEST_ANSWER = 2000


class ThreeForm(PlainForm, forms.Form):
    """Begins with what was answered last, so that looking again means changing what differs."""

    def __init__(
        self, *args: Any, today: date, newest: ThreeAnswers | None = None, **kwargs: Any
    ) -> None:
        self.today = today
        initial = {name: getattr(newest, name, "") for name, _ in QUESTIONS}
        super().__init__(*args, initial=initial, **kwargs)
        for name, question in QUESTIONS:
            self.fields[name] = forms.CharField(
                max_length=LONGEST_ANSWER,
                required=False,
                label=question,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        self.fields["look_again_on"] = forms.DateField(
            required=False,
            label="Look again on",
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )

    def clean_look_again_on(self) -> date | None:
        day: date | None = self.cleaned_data["look_again_on"]
        if day is None:
            return None
        if day <= self.today:
            raise forms.ValidationError("Choose a day after today.")
        if not is_within_reach(day, today=self.today):
            raise forms.ValidationError("Choose a day within ten years.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        names = [name for name, _ in QUESTIONS]
        if not self.errors and not any(cleaned.get(name) for name in names):
            self.add_error(names[0], "Answer at least one of the three.")
        return cleaned
