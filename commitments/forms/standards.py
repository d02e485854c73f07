"""What a leader had signed up to before: up to ten rows, of which empty ones are left out."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.core.validators import URLValidator

from commitments import signing
from commitments.enums import StandardKind
from commitments.forms.fields import day
from commitments.models import Standard
from ui.forms import NameField, PlainForm

FIELDS = ("kind", "name", "signed_up_on", "link")
CHOOSE = [("", "Choose one"), *StandardKind.choices]
NOT_CHOSEN = "Choose what it is."


class WebAddress(forms.URLField):
    """Of a page: nobody can be led to a script or a file."""

    default_validators = [URLValidator(schemes=["http", "https"])]


class StandardForm(PlainForm, forms.Form):
    kind = forms.ChoiceField(label="What is it?", choices=CHOOSE, required=False)
    name = NameField(
        label="Its name",
        required=False,
        max_length=160,
    )
    signed_up_on = day("Since when?")
    link = WebAddress(
        label="Where it can be read",
        required=False,
        max_length=400,
        assume_scheme="https",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> None:
        values = self.cleaned_data
        if not any(values.get(name) for name in FIELDS) or "kind" not in values:
            return
        if not values["kind"]:
            self.add_error("kind", NOT_CHOSEN)
            return
        problems = signing.problems_with_standing(self.standing(), today=self.today)
        for field, problem in problems.items():
            if field not in self.errors:
                self.add_error(field, problem)

    def standing(self) -> signing.Standing:
        values = self.cleaned_data
        return signing.Standing(
            kind=StandardKind(values["kind"]),
            name=values.get("name") or "",
            signed_up_on=values.get("signed_up_on"),
            link=values.get("link") or "",
        )


class BaseStandards(forms.BaseFormSet):
    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Take this one out"

    def standings(self) -> list[signing.Standing]:
        kept = [form for form in self.forms if form not in self.deleted_forms]
        return [form.standing() for form in kept if form.cleaned_data.get("kind")]

    def typed(self) -> list[dict[str, Any]]:
        """What stands in each row, right or wrong; of those marked to go, nothing."""
        rows = [{name: form[name].value() for name in (*FIELDS, "DELETE")} for form in self.forms]
        return [row for row in rows if any(row.values()) and not row.pop("DELETE")]


def formset(*, extra: int) -> type[BaseStandards]:
    made = forms.formset_factory(
        StandardForm,
        formset=BaseStandards,
        extra=extra,
        max_num=signing.MOST_STANDARDS,
        absolute_max=signing.MOST_STANDARDS,
        validate_max=True,
        can_delete=True,
    )
    return cast(type[BaseStandards], made)


def standards_kept(standards: Iterable[Standard], *, today: date) -> BaseStandards:
    """As kept, with one row to fill in where there is none yet."""
    rows = [{name: getattr(standard, name) for name in FIELDS} for standard in standards]
    return formset(extra=0 if rows else 1)(initial=rows, form_kwargs={"today": today})


def standards_sent(data: Any, *, today: date) -> BaseStandards:
    return formset(extra=0)(data, form_kwargs={"today": today})


def standards_with_another(data: Any, *, today: date) -> BaseStandards:
    """As typed, right or wrong, with one more row."""
    rows = standards_sent(data, today=today).typed()
    return formset(extra=1)(initial=rows, form_kwargs={"today": today})
