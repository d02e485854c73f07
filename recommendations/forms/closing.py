"""Proposing to close, and saying what a re-check found."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from recommendations.closing import Step, Wanted, why_not_propose
from recommendations.enums import State, Sustained
from recommendations.forms.saying import TEXT_MAX
from recommendations.rechecking import NOTE_OWED, Check, why_not_record
from ui.forms import PlainForm

WORDS = {
    State.CLOSED_IMPLEMENTED: "Implemented: every action is shown to be done",
    State.CLOSED_NOT_IMPLEMENTED: "Not implemented: it will not be done",
    State.CLOSED_SUPERSEDED: "Superseded: something else takes its place",
}


class ClosureForm(PlainForm, forms.Form):
    wanted = forms.ChoiceField(
        label="How should it be closed?",
        choices=[(state.value, WORDS[state]) for state in State.closed()],
        error_messages={"required": "Choose one of the three."},
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(
        label="So what changed?",
        required=False,
        max_length=TEXT_MAX,
        help_text=(
            "For what was implemented: one change that people can feel or that can be counted. "
            "Leave out people's names."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    is_activity_only = forms.BooleanField(
        label="Activity only: it is done, and no outcome is known yet",
        required=False,
        help_text="It is counted apart until an outcome is known.",
    )
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=TEXT_MAX,
        help_text="Needed when it was not implemented or is superseded. Every member can read it.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, steps: Iterable[Step], is_proposed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps, self.is_proposed = list(steps), is_proposed

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if {"wanted", "outcome", "reason"} - said.keys():
            return said
        asked = Wanted(said["wanted"], said["reason"], said["outcome"], said["is_activity_only"])
        for problem in why_not_propose(asked, steps=self.steps, is_proposed=self.is_proposed):
            self.add_error(problem.field, problem.text)
        return said


class RecheckForm(PlainForm, forms.Form):
    result = forms.ChoiceField(
        label="Is it still in place?",
        choices=[
            (Sustained.SUSTAINED.value, "Yes, it is still in place"),
            (Sustained.NOT_SUSTAINED.value, "No, it has not lasted: open it again"),
        ],
        error_messages={"required": "Choose one of the two."},
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="What did you find?",
        max_length=TEXT_MAX,
        error_messages={"required": NOTE_OWED},
        help_text="What you looked at, and what it showed. Every member can read it.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, check: Check, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.check, self.today = check, today

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if {"result", "note"} <= said.keys():
            problem = why_not_record(
                self.check, result=said["result"], note=said["note"], today=self.today
            )
            if problem:
                self.add_error("result", problem)
        return said
