"""Looking back: how each promise went."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from commitments.enums import Kept
from commitments.queries.check_in_answers import Answers, Preset, Standing
from commitments.rhythm import Period, period_holding, why_not_look_back
from ui.forms import PlainForm

NOTHING_AT_ALL = "Tick this to say so, or answer where there is something to say."


@dataclass(frozen=True)
class CheckInRow:
    preset: Preset
    kept: BoundField
    words: BoundField


class CheckInForm(PlainForm, forms.Form):
    """Two fields for each promise, by its position; what they were asked about; what was seen.

    A draft may leave answers open. Of a check-in, nothing to report on any promise is said once
    more: pressing the button on an untouched page must not be a look back.
    """

    period = forms.DateField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    nothing_at_all = forms.BooleanField(
        label="I have nothing to report on any promise this time", required=False
    )

    def __init__(
        self,
        *args: Any,
        presets: Sequence[Preset],
        period: Period,
        mark: str,
        is_draft: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.presets, self.due, self.is_draft = presets, period, is_draft
        self.fields["period"].initial = period.first
        self.fields["seen"].initial = mark
        for preset in presets:
            self.add_promise(preset)

    def add_promise(self, preset: Preset) -> None:
        position = preset.promise.position
        kept = forms.TypedChoiceField(
            label="How did it go?",
            choices=Kept.choices,
            coerce=Kept,
            empty_value=None,
            required=not self.is_draft,
            initial=preset.kept,
            widget=forms.RadioSelect,
        )
        # The question is the same for each: in the list of errors the promise tells them apart.
        kept.called = preset.promise.short  # type: ignore[attr-defined]
        self.fields[f"kept_{position}"] = kept
        self.fields[f"reflection_{position}"] = forms.CharField(
            label="In a line: what happened, what will you try?",
            required=False,
            max_length=500,
            initial=preset.words,
        )

    def rows(self) -> Iterator[CheckInRow]:
        for preset in self.presets:
            position = preset.promise.position
            yield CheckInRow(preset, self[f"kept_{position}"], self[f"reflection_{position}"])

    @property
    def words(self) -> str:
        """The time that was asked about, also when another one is open by now."""
        about = self.cleaned_data.get("period") if self.is_bound else None
        if about is None or about >= self.due.first:
            return self.due.words
        return period_holding(about, self.due.cadence).words

    @property
    def asks_about_nothing(self) -> bool:
        return "nothing_at_all" in self.errors or bool(self["nothing_at_all"].value())

    def clean(self) -> None:
        """A form opened on the last evening of a month must not count for the next one."""
        problem = why_not_look_back(self.cleaned_data.get("period"), due=self.due)
        if problem:
            raise forms.ValidationError(problem)
        says = [self.cleaned_data.get(f"kept_{each.promise.position}") for each in self.presets]
        ticked = self.cleaned_data.get("nothing_at_all")
        if not self.is_draft and not ticked and set(says) == {Kept.NOTHING}:
            self.add_error("nothing_at_all", NOTHING_AT_ALL)

    def answers(self) -> Answers:
        values = self.cleaned_data
        positions = [preset.promise.position for preset in self.presets]
        return {each: (values[f"kept_{each}"], values[f"reflection_{each}"]) for each in positions}

    def over(self, standing: Standing) -> None:
        """What was typed stays; saving it once more puts it over what stands now."""
        typed: Any = self.data
        sent = typed.copy()
        sent["seen"] = standing.mark
        self.data = sent
