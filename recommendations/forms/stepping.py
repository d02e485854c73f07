"""What is written of an action: its kind asks for its own numbers."""

from dataclasses import asdict
from typing import Any

from django import forms

from recommendations.enums import ActionKind
from recommendations.forms.planning import RevisedForm
from recommendations.models import Action
from recommendations.planning import Step
from recommendations.refusals import KIND_STAYS
from recommendations.suggesting import suggest
from ui.forms import NameField

BY_ITS_WORDS = ("", "Suggest it from the title")
KIND_HINTS = {
    ActionKind.DELIVERABLE: "Done when there is one piece of evidence: a file, a link or a note.",
    ActionKind.CADENCE: "Done when it has happened on time as often as you say below.",
    ActionKind.COVERAGE: "Done when everything it has to cover is ticked off, or a count shows it.",
    ActionKind.EMBEDDING: "Done when two checks, six months apart, both find it in place.",
}
MOST_POUNDS = 1_000_000_000
MOST_DAYS = 100_000


def _whole(label: str, most: int, help_text: str = "", *, least: int = 0) -> forms.IntegerField:
    said = f"Enter a whole number from {least:,} to {most:,}."
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=least,
        max_value=most,
        help_text=help_text,
        error_messages={"invalid": said, "min_value": said, "max_value": said},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class StepForm(RevisedForm):
    title = NameField(label="What is to be done", max_length=200)
    kind = forms.ChoiceField(
        label="What shows that it is done?",
        required=False,
        choices=[BY_ITS_WORDS, *ActionKind.choices],
        widget=forms.RadioSelect,
    )
    every_months = _whole("Months between", 60, "3 for every quarter.", least=1)
    occurrences_needed = _whole("Times in a row", 100, least=1)
    moves_with_meetings = forms.BooleanField(
        label="It happens with the meetings of a group",
        required=False,
        help_text="It is on time when its meeting is held on another day.",
    )
    unit = NameField(
        label="What has to be covered",
        required=False,
        max_length=60,
        help_text="One of them, such as service area, policy or team. Never people by name.",
    )
    is_counted = forms.BooleanField(
        label="It is counted, not listed by name",
        required=False,
        help_text="Such as 312 of 340 appraisals.",
    )
    percent_needed = _whole("Of every 100, at least", 100, "100 for all of them.", least=1)
    budget_pounds = _whole("Budget in pounds", MOST_POUNDS)
    staff_days = _whole("Staff time in days", MOST_DAYS)

    def __init__(self, *args: Any, is_new: bool, kind_stays: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choice_hints = KIND_HINTS  # type: ignore[attr-defined]
        if not is_new:
            kind.choices, kind.required = ActionKind.choices, True
        if kind_stays:
            kind.disabled, kind.help_text = True, KIND_STAYS

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("title") and typed.get("kind") == "":
            self._suggest(typed)
        if "title" in typed and typed.get("kind"):
            for name, problem in Step.of(typed).problems.items():
                if name not in self.errors:
                    self.add_error(name, problem)
        return typed

    @staticmethod
    def _suggest(typed: dict[str, Any]) -> None:
        """Numbers that were typed count for more than suggested ones."""
        for name, value in asdict(suggest(typed["title"])).items():
            typed[name] = typed.get(name) or value

    @property
    def step(self) -> Step:
        return Step.of(self.cleaned_data)


def initial_of(action: Action) -> dict[str, Any]:
    held = {name: getattr(action, name) for name in Step.__dataclass_fields__}
    return held | {"revision": action.recommendation.revision}
