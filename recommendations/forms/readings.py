"""The figures of one day, as a table: a row for everybody, then one for each category."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet

from recommendations.cells import EVERYBODY
from recommendations.measured import (
    MORE_THAN_EVERYBODY,
    MORE_THAN_OUT_OF,
    MOST_CATEGORIES,
    NOTHING,
    TWICE,
    Typed,
    folded,
    holds_more_than_everybody,
    why_not_date,
)
from ui.forms import NameField, PlainForm

BLANK_ROWS = 2
MOST_PEOPLE = 100_000_000
WHOLE_NUMBER = {
    "invalid": "Enter a whole number of people.",
    "min_value": "Enter 0 or more.",
    "max_value": "This number is too large.",
}


class ReadingForm(PlainForm, forms.Form):
    as_at = forms.DateField(
        label="As at", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source = forms.CharField(label="Where the figures come from", required=False, max_length=200)
    page = forms.UUIDField(widget=forms.HiddenInput)
    stamp = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_as_at(self) -> date:
        day: date = self.cleaned_data["as_at"]
        if why := why_not_date(day, today=self.today):
            raise ValidationError(why)
        return day

    def over_stamp(self, stamp: int) -> None:
        """What was typed stays; saved once more, it belongs to the definition that stands now."""
        typed: Any = self.data
        sent = typed.copy()
        sent["stamp"] = stamp
        self.data = sent


def _people(label: str, least: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=least,
        max_value=MOST_PEOPLE,
        error_messages=WHOLE_NUMBER | {"min_value": f"Enter {least} or more."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class FigureForm(PlainForm, forms.Form):
    """One row. Without a category it is for everybody, and only the first row may be that."""

    category = NameField(label="Category", required=False, max_length=80)
    part = _people("How many", 0)
    whole = _people("Out of", 1)

    def __init__(self, *args: Any, is_everybody: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_everybody = is_everybody
        if is_everybody:
            del self.fields["category"]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        part, whole = typed.get("part"), typed.get("whole")
        if self.errors:
            return typed
        if not self.is_everybody and not typed["category"]:
            if part is not None or whole is not None:
                self.add_error("category", "Enter a category, or clear the figures.")
        elif (part is None) != (whole is None):
            self.add_error("whole" if whole is None else "part", "Enter both numbers, or neither.")
        elif part is not None and whole is not None and part > whole:
            self.add_error("part", MORE_THAN_OUT_OF)
        return typed

    @property
    def typed(self) -> Typed | None:
        """None of a row that was left blank; a category alone is only a suggestion."""
        found = self.cleaned_data
        if found.get("part") is None:
            return None
        return Typed(found.get("category", EVERYBODY), found["part"], found["whole"])


class _FigureForms(BaseFormSet):
    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "is_everybody": index == 0}

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        named = "Everybody" if not index else f"Row {index}"
        for field in form.fields.values():
            field.called = f"{named}, {str(field.label).lower()}"  # type: ignore[attr-defined]

    def clean(self) -> None:
        if any(form.errors for form in self.forms):
            return
        rows = self.entries()
        if not rows:
            raise ValidationError(NOTHING)
        self._refuse_twice()
        if holds_more_than_everybody(rows):
            self.forms[0].add_error("whole", MORE_THAN_EVERYBODY)

    def _refuse_twice(self) -> None:
        seen: set[str] = set()
        for form in self.forms:
            row = form.typed
            if row and folded(row.category) in seen:
                form.add_error("category", TWICE % row.category)
            elif row:
                seen.add(folded(row.category))

    def entries(self) -> list[Typed]:
        return [row for form in self.forms if (row := form.typed)]

    @property
    def rows(self) -> Iterator[tuple[str, forms.Form]]:
        for number, form in enumerate(self.forms):
            yield ("Everybody" if not number else f"Row {number}"), form


FigureForms = forms.formset_factory(
    FigureForm,
    formset=_FigureForms,
    extra=0,
    max_num=MOST_CATEGORIES + 1,
    absolute_max=MOST_CATEGORIES + 1,
    validate_max=True,
)


def rows_for(categories: Iterable[str], *, more: int = BLANK_ROWS) -> list[dict[str, Any]]:
    """Everybody, the categories that are suggested, and some blank rows."""
    named = [{"category": name} for name in list(categories)[:MOST_CATEGORIES]]
    blank: list[dict[str, Any]] = [{} for _ in range(min(more, MOST_CATEGORIES - len(named)))]
    return [{}, *named, *blank]


class PeopleForm(PlainForm, forms.Form):
    """A number of people, for everybody together."""

    value = _people("How many people", 0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].required = True

    def entries(self) -> list[Typed]:
        return [Typed(EVERYBODY, value=Decimal(self.cleaned_data["value"]))]


class ValueForm(PlainForm, forms.Form):
    """The one figure of an indicator that is no share."""

    value = forms.DecimalField(
        label="Figure",
        max_digits=12,
        decimal_places=2,
        error_messages={
            "invalid": "Enter a number, such as 25 or 4.5.",
            "max_decimal_places": "Use at most two decimals.",
            "max_digits": "This number is too large.",
            "max_whole_digits": "This number is too large.",
        },
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def entries(self) -> list[Typed]:
        value: Decimal = self.cleaned_data["value"]
        return [Typed(EVERYBODY, value=value)]
