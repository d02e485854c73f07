"""How every form of ours is drawn, and where its errors lead."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.formsets import BaseFormSet


class ErrorLink(NamedTuple):
    target: str
    """The id of the field to go to; empty for an error of the whole form."""
    text: str


def plain_helper() -> FormHelper:
    """The page writes the form tag, the token and the buttons; crispy draws the fields."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.include_media = False
    return helper


class PlainForm:
    """Mixed in before `forms.Form` or `forms.ModelForm`."""

    helper: FormHelper

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()


def error_links(form: "forms.BaseForm | BaseFormSet[Any]") -> list[ErrorLink]:
    if isinstance(form, BaseFormSet):
        whole = [ErrorLink("", str(error)) for error in form.non_form_errors()]
        return whole + [link for part in form.forms for link in error_links(part)]
    if not form.is_bound:
        return []
    whole = [ErrorLink("", str(error)) for error in form.non_field_errors()]
    return whole + list(_field_links(form))


def _field_links(form: forms.BaseForm) -> Iterator[ErrorLink]:
    for field in form:
        # A group of choices has no id of its own; its first choice has.
        target = field.id_for_label or f"{field.auto_id}_0"
        name = str(field.label).rstrip("?:")
        for error in field.errors:
            yield ErrorLink(target, f"{name}: {error}")
