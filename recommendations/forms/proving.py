"""What shows that an action is done: what happened, what is covered, whether it lasts."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from recommendations.enums import OccurrenceKind
from recommendations.models import CoverageUnit
from recommendations.proof import why_not_on
from recommendations.refusals import MORE_THAN_ALL, PART_THERE
from ui.forms import NameField, PlainForm
from ui.names import clean_name

NO_PEOPLE = "Never who came, and nobody’s name."
TEXT_MAX = 4000
MOST = 10_000_000
NOT_AN_ADDRESS = "“%s” looks like somebody’s email address. Parts are never people."
PART_TOO_LONG = "“%s…” is longer than 120 characters."
NOTHING_CHANGED = "Name at least one part, or choose one to take out."


class DatedForm(PlainForm, forms.Form):
    """`day`: the name of the field that holds a day which must have come."""

    day = ""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields[self.day].initial = self.fields[self.day].initial or today

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get(self.day)
        if chosen and (problem := why_not_on(chosen, today=self.today)):
            self.add_error(self.day, problem)
        return self.cleaned_data


def a_day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class OccurrenceForm(DatedForm):
    day = "held_on"

    held_on = a_day("When was it?")
    kind = forms.ChoiceField(label="What was it?", choices=OccurrenceKind.choices)
    topic = NameField(
        label="What was it about?",
        max_length=200,
        error_messages={"required": "Say in a few words what it was about."},
    )
    headcount = forms.IntegerField(
        label="How many people took part?",
        required=False,
        min_value=0,
        max_value=MOST,
        help_text="A number, as near as you know it. No list of names.",
    )
    changed = forms.CharField(
        label="What changed in practice?",
        required=False,
        max_length=TEXT_MAX,
        help_text=f"Leave it empty if nothing has yet. {NO_PEOPLE}",
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class UnitsForm(PlainForm, forms.Form):
    """Parts to add, each once; `leaving` are those to take out, which `may_remove` alone offers."""

    add = forms.CharField(
        label="Parts to add",
        required=False,
        max_length=70_000,
        help_text="One on each line: a service area, a policy, a team. Never a person’s name.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    remove = forms.MultipleChoiceField(
        label="Parts to take out",
        required=False,
        help_text="Only parts without a tick can go.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, units: Iterable[CoverageUnit], may_remove: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        units = list(units)
        self.there = {unit.name.casefold() for unit in units}
        open_units = [(str(unit.pk), unit.name) for unit in units if unit.covered_on is None]
        field = self.fields["remove"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = open_units
        if not open_units or not may_remove:
            del self.fields["remove"]

    def clean_add(self) -> list[str]:
        names = [clean_name(line) for line in self.cleaned_data["add"].splitlines()]
        kept: dict[str, str] = {}
        for name in filter(None, names):
            if "@" in name:
                raise forms.ValidationError(NOT_AN_ADDRESS % name)
            if len(name) > 120:
                raise forms.ValidationError(PART_TOO_LONG % name[:40])
            if name.casefold() in self.there:
                raise forms.ValidationError(PART_THERE % name)
            kept.setdefault(name.casefold(), name)
        return list(kept.values())

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.cleaned_data["add"] and not self.leaving:
            self.add_error("add", NOTHING_CHANGED)
        return self.cleaned_data

    @property
    def leaving(self) -> set[UUID]:
        return {UUID(pk) for pk in self.cleaned_data.get("remove", [])}


class CoverForm(DatedForm):
    day = "covered_on"

    covered_on = a_day("Covered since")
    note = NameField(
        label="Note",
        required=False,
        max_length=300,
        help_text="Where it can be seen, for instance. Nobody’s name.",
    )


class CountForm(DatedForm):
    day = "counted_on"

    covered = forms.IntegerField(label="How many are covered?", min_value=0, max_value=MOST)
    whole = forms.IntegerField(label="Of how many in all?", min_value=1, max_value=MOST)
    counted_on = a_day("Counted on")

    def clean(self) -> dict[str, Any]:
        super().clean()
        covered, whole = (self.cleaned_data.get(name) for name in ("covered", "whole"))
        if covered is not None and whole is not None and covered > whole:
            self.add_error("covered", MORE_THAN_ALL)
        return self.cleaned_data


class CheckForm(DatedForm):
    day = "checked_on"

    checked_on = a_day("When did you look?")
    in_place = forms.TypedChoiceField(
        label="Is it in place?",
        choices=[("yes", "Yes, it has become normal"), ("no", "No, or not everywhere")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )
    note = forms.CharField(
        label="What did you see?",
        max_length=TEXT_MAX,
        error_messages={"required": "Say in a sentence what you saw."},
        help_text="In a sentence or two. Nobody’s name, and nothing from a case.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
