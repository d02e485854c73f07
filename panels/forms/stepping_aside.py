"""What the reader is counted as, for one view of one page."""

from typing import Any

from django import forms

from panels.enums import Answer, Measure
from panels.result_words import TITLES
from panels.stepping_aside import NOBODY, Open, fits
from ui.forms import PlainForm

NO_ANSWER = "Choose how you are counted in at least one of them."


class StepAsideForm(PlainForm, forms.Form):
    """Only measures whose exact count this reader may see. Each may be left out."""

    def __init__(self, *args: Any, counts: tuple[Open, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counts = {one.measure.value: one for one in counts}
        for name, one in self.counts.items():
            self.fields[name] = forms.ChoiceField(
                choices=one.choices,
                widget=forms.RadioSelect,
                required=False,
                label=f"{TITLES[one.definition]}: how are you counted?",
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        answers = {
            Measure(name): Answer(cleaned[name]) for name in self.counts if cleaned.get(name)
        }
        for measure, answer in answers.items():
            if not fits(self.counts[measure.value].count, answer):
                self.add_error(measure.value, NOBODY)
        if not answers and not self.errors:
            raise forms.ValidationError(NO_ANSWER)
        cleaned["answers"] = answers
        return cleaned
