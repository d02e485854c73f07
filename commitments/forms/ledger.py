"""Entries of the invitation ledger: a new one, its next step, its details."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from commitments import ledger
from commitments.entry_words import HINTS, WORDS, step_words
from commitments.enums import InvitationKind, InvitationState
from commitments.forms.fields import day
from commitments.forms.revision import RevisedForm
from commitments.models import Invitation
from panels.models import Gathering
from ui.dates import in_full
from ui.forms import NameField, PlainForm

DETAILS = ("kind", "title", "organiser", "held_on", "received_on", "gathering", "note")


class GatheringChoice(forms.ModelChoiceField):
    """An event by its title and its day."""

    def label_from_instance(self, obj: Gathering) -> str:
        return f"{obj.title}, {in_full(obj.held_on)}"


class EntryFields(PlainForm, forms.Form):
    """What an entry says of itself. `gatherings` are those that may be linked."""

    title = NameField(max_length=200)
    organiser = NameField(max_length=160, required=False)
    held_on = day("")
    received_on = day("", required=True)
    gathering = GatheringChoice(
        label="Is it an event of your own organisation?",
        help_text="Its date is then the date of this entry.",
        queryset=None,
        required=False,
        empty_label="No, or not listed here",
    )
    note = forms.CharField(
        label="A note",
        required=False,
        max_length=1000,
        help_text="Only you and whoever helps you read it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        kind: InvitationKind,
        gatherings: QuerySet[Gathering],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, words = today, WORDS[kind]
        for name in ("title", "organiser", "held_on", "received_on"):
            self.fields[name].label = getattr(words, name)
        if gatherings.exists():
            self.fields["gathering"].queryset = gatherings  # type: ignore[attr-defined]
        else:
            del self.fields["gathering"]


class InvitationForm(EntryFields):
    """A name is enough; all else has a sensible answer already, or may be left out."""

    kind = forms.TypedChoiceField(
        choices=InvitationKind.choices, coerce=InvitationKind, widget=forms.HiddenInput
    )
    asked_on = day(
        "When did you ask who is on the line-up?", help_text="Leave it empty if you have not yet."
    )

    def __init__(self, *args: Any, kind: InvitationKind, **kwargs: Any) -> None:
        super().__init__(*args, kind=kind, **kwargs)
        self.of_kind = self.fields["kind"].initial = kind
        self.fields["received_on"].initial = self.today

    @property
    def folded(self) -> list[forms.BoundField]:
        names = ("received_on", "asked_on", "gathering", "note")
        return [self[name] for name in names if name in self.fields]

    @property
    def is_unfolded(self) -> bool:
        return any(field.errors for field in self.folded) if self.is_bound else False

    def clean(self) -> None:
        values = self.cleaned_data
        if values.keys() >= {"kind", "received_on", "asked_on"}:
            on_the_day_of(values.get("gathering"), values)
            entry = ledger.Entry(values["kind"], values["received_on"], values.get("held_on"))
            problems = ledger.problems_with_new(
                entry, asked_on=values["asked_on"], today=self.today
            )
            add_problems(self, problems)


class StepChoice(forms.TypedChoiceField):
    """Offers what makes sense, and leaves it to the rules to say why another does not."""

    def valid_value(self, value: Any) -> bool:
        return value in InvitationState.values


class StepForm(PlainForm, forms.Form):
    """What happened next, of what makes sense."""

    state = StepChoice(
        label="What happened next?", coerce=InvitationState, widget=forms.RadioSelect
    )
    on = day("When?", required=True)
    number = forms.IntegerField(
        label="How many people?",
        error_messages=dict.fromkeys(("required", "invalid"), ledger.HOW_MANY),
    )

    def __init__(
        self,
        *args: Any,
        entry: ledger.Entry,
        steps: Sequence[InvitationState],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.entry, self.today = entry, today
        kind, state = entry.kind, self.fields["state"]
        state.choices = [(one.value, step_words(kind, one)) for one in steps]  # type: ignore[attr-defined]
        state.choice_hints = {one.value: HINTS[one] for one in steps if one in HINTS}  # type: ignore[attr-defined]
        self.fields["on"].initial = ledger.likely_day(entry, today=today)

    def clean(self) -> None:
        values = self.cleaned_data
        if "number" in self.errors and values.get("state") != InvitationState.PUT_FORWARD:
            del self.errors["number"]
        if values.keys() >= {"state", "on"}:
            problems = ledger.problems_with_step(
                self.entry,
                ledger.Taken(values["state"], values["on"]),
                number=values.get("number"),
                today=self.today,
            )
            add_problems(self, {k: v for k, v in problems.items() if k not in self.errors})
        values.setdefault("number", None)


class DetailsForm(EntryFields, RevisedForm):
    """The details of an entry that is there already."""

    kind = forms.TypedChoiceField(
        label="What is it?",
        choices=InvitationKind.choices,
        coerce=InvitationKind,
        widget=forms.RadioSelect,
    )
    field_order = ("revision", *DETAILS)

    def __init__(
        self, *args: Any, invitation: Invitation, entry: ledger.Entry, **kwargs: Any
    ) -> None:
        initial = {name: getattr(invitation, name) for name in (*DETAILS, "revision")}
        super().__init__(*args, kind=entry.kind, initial=initial, **kwargs)
        self.entry, self.linked = entry, invitation.gathering

    def clean(self) -> None:
        values = self.cleaned_data
        on_the_day_of(values.get("gathering", self.linked), values)
        if values.keys() >= {"kind", "held_on", "received_on"}:
            after = ledger.with_details(self.entry, values)
            problems = ledger.problems_with_details(after, before=self.entry, today=self.today)
            add_problems(self, problems)

    def details(self) -> dict[str, Any]:
        """An event that this person may not see stays as it is."""
        return {name: self.cleaned_data[name] for name in DETAILS if name in self.fields}


def on_the_day_of(gathering: Gathering | None, values: dict[str, Any]) -> None:
    """What is linked says when it is, whatever was typed."""
    if gathering and "held_on" in values:
        values["held_on"] = gathering.held_on


def add_problems(form: forms.BaseForm, problems: Mapping[str, Any]) -> None:
    """Messages by field; one for a field that is not asked about is of the whole form."""
    for field, message in problems.items():
        form.add_error(field if field in form.fields else None, message)
