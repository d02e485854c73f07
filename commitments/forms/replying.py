"""What an organiser answers, without an account."""

from typing import Any

from django import forms

from commitments.answering import LONGEST_NOTE, NOTHING_YET, STATES, Given
from panels.enums import Barrier, BarrierState, Basis
from panels.forms.counting import LineUpForm
from ui.forms import NameField

WOMEN_BASES = [
    (Basis.ORGANISER_STATED.value, "We know it, as the organiser"),
    (Basis.PUBLICLY_STATED.value, str(Basis.PUBLICLY_STATED.label)),
]
NOT_SAID = ("", "Not said")
PREFIX = "barrier_"
WERE_THEY_TOLD = (
    "Did each person tell you, knowing that it is counted? Tick the box, or send again as it is"
    " and these numbers count as not known."
)


class ReplyForm(LineUpForm):
    """Nothing is required, and not everything may be missing."""

    keeps_basis = True
    folds_main_stage = True
    women_basis = forms.ChoiceField(
        choices=WOMEN_BASES, required=False, label="Where this count comes from"
    )
    note = forms.CharField(
        max_length=LONGEST_NOTE,
        required=False,
        label="Anything you want to say",
        help_text="For instance: is there still time to change the line-up? No names of speakers.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    name = NameField(max_length=120, required=False, label="Your name")
    told_was_asked = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].required = False
        states = [NOT_SAID, *((state.value, state.label) for state in STATES)]
        for barrier in Barrier:
            self.fields[PREFIX + barrier] = forms.ChoiceField(
                choices=states, required=False, label=barrier.label
            )

    @property
    def barriers(self) -> list[forms.BoundField]:
        return [self[PREFIX + barrier] for barrier in Barrier]

    @property
    def barriers_are_open(self) -> bool:
        return any(box.value() or box.errors for box in self.barriers)

    def clean(self) -> dict[str, Any]:
        says_nothing = not self.errors and self.typed().is_blank
        if not self.errors and not says_nothing and self.cleaned_data["people"] is None:
            self.add_error("people", "Say how many people this is of.")
        cleaned = super().clean()
        if says_nothing:
            cleaned["line_up"] = None
        if not self.errors and self.given().is_empty:
            raise forms.ValidationError(NOTHING_YET)
        if not self.errors and self.is_untold and not cleaned["told_was_asked"]:
            self._ask_once()
        return cleaned

    def _ask_once(self) -> None:
        """Sent again as it is, the answer is taken: nobody is pressed to tick."""
        typed: Any = self.data
        sent = typed.copy()
        sent["told_was_asked"] = "on"
        self.data = sent
        self.add_error("told", WERE_THEY_TOLD)

    def given(self) -> Given:
        typed = self.cleaned_data
        said = {barrier: typed[PREFIX + barrier] for barrier in Barrier}
        return Given(
            line_up=typed["line_up"],
            barriers={barrier: BarrierState(state) for barrier, state in said.items() if state},
            note=typed["note"],
            name=typed["name"],
        )

    def _women_basis(self) -> Basis:
        return Basis(self.cleaned_data["women_basis"] or Basis.ORGANISER_STATED)
