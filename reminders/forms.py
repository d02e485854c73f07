from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms

from outbox.enums import UNLISTED, Kind, State
from reminders.choosing import KINDS_BY_SUBJECT, why_not_pause
from reminders.enums import Choice, ReminderKind
from reminders.rules import MANDATORY, RULE_OF
from ui.forms import PlainForm


class Always(NamedTuple):
    """A kind that nobody can stop, and why."""

    label: str
    why: str


class Subject(NamedTuple):
    title: str
    fields: list[forms.BoundField]
    always: list[Always]


class EmailChoicesForm(PlainForm, forms.Form):
    """One choice for each kind that can be stopped; the fields are named for the kinds."""

    def __init__(self, *args: Any, chosen: Mapping[ReminderKind, Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in ReminderKind:
            if kind not in MANDATORY:
                self.fields[kind.value] = forms.ChoiceField(
                    label=kind.label, choices=Choice.choices, initial=chosen[kind].value
                )

    def subjects(self) -> Iterator[Subject]:
        for title, kinds in KINDS_BY_SUBJECT.items():
            yield Subject(
                title,
                [self[kind.value] for kind in kinds if kind not in MANDATORY],
                [
                    Always(kind.label, RULE_OF[kind].why_mandatory)
                    for kind in kinds
                    if kind in MANDATORY
                ],
            )

    def choices(self) -> dict[ReminderKind, Choice]:
        return {ReminderKind(name): Choice(value) for name, value in self.cleaned_data.items()}


class PauseForm(PlainForm, forms.Form):
    until = forms.DateField(
        label="No reminders before",
        help_text="What was due meanwhile and still holds comes on that day.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if why := why_not_pause(until, today=self.today):
            raise forms.ValidationError(why)
        return until


class MailFilterForm(forms.Form):
    state = forms.ChoiceField(
        label="Which emails", required=False, choices=[("", "All emails"), *State.choices]
    )

    kind = forms.ChoiceField(
        label="About",
        required=False,
        choices=[
            ("", "Anything"),
            *((one.value, one.label) for one in Kind if one not in UNLISTED),
        ],
    )
    to = forms.CharField(label="To", required=False, max_length=254)

    def chosen(self) -> State | None:
        """None shows everything, also for a state that does not exist."""
        state = self._given("state")
        return State(state) if state else None

    def chosen_kind(self) -> Kind | None:
        kind = self._given("kind")
        return Kind(kind) if kind else None

    def chosen_to(self) -> str:
        return self._given("to")

    def is_narrowed(self) -> bool:
        return any(self._given(name) for name in self.fields)

    def _given(self, name: str) -> str:
        """Empty for what is no choice; the other fields hold all the same."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")
