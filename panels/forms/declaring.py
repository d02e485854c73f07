"""Opening a round, answering its questions, typing a printed code."""

from datetime import date, timedelta
from typing import Any

from django import forms

from panels.asking import QUESTIONS
from panels.declaring import Said, answers_to, code_typed, said, what_is_wrong_with_close
from panels.enums import Definition, Measure
from ui.forms import PlainForm

USUAL_DAYS = 14
LONGEST_TYPED = 100
TEXTS = {question.measure: question.text for question in QUESTIONS}


class RoundForm(PlainForm, forms.Form):
    closes_on = forms.DateField(
        label="Last day to answer",
        help_text="Whoever has not answered by then stays not known.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, today: date, latest: date, **kwargs: Any) -> None:
        self.today, self.latest = today, latest
        usual = min(today + timedelta(days=USUAL_DAYS), latest)
        super().__init__(*args, initial={"closes_on": usual}, **kwargs)

    def clean_closes_on(self) -> date:
        day: date = self.cleaned_data["closes_on"]
        if problem := what_is_wrong_with_close(day, today=self.today, latest=self.latest):
            raise forms.ValidationError(problem)
        return day


def _question(measure: Measure) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=TEXTS[measure],
        choices=[(answer, answer) for answer in answers_to(measure)],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of these, or none."},
    )


class AnswerForm(PlainForm, forms.Form):
    """Both may be left out; what is sent is held no longer than it takes to add it."""

    describes = _question(Measure.WOMEN)
    minoritised = _question(Measure.MINORITISED)

    def said(self, definition: Definition) -> Said:
        typed = self.cleaned_data
        return said(typed["describes"], typed["minoritised"], definition=definition)


class CodeForm(PlainForm, forms.Form):
    code = forms.CharField(
        max_length=LONGEST_TYPED,
        label="The code on your slip",
        help_text="28 letters and digits. Capitals and gaps make no difference.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        return code_typed(self.cleaned_data["code"])
