"""How every form of ours is drawn, and where its errors lead."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.formsets import BaseFormSet
from django.forms.utils import pretty_name

from ui.names import clean_name

STOCK = forms.Field.default_error_messages["required"]
TOO_LONG = "Use %(limit_value)s characters or fewer. This has %(show_value)s."
OWN_ARTICLE = re.compile(r"(a|an|the|my|our|your|its|their)\b", re.IGNORECASE)


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
    helper.field_template = "components/field.html"
    return helper


class PlainForm:
    """Mixed in before `forms.Form` or `forms.ModelForm`."""

    helper: FormHelper
    fields: dict[str, forms.Field]
    article = "the"
    """Stands before a label in "Enter the name", where the label has no such word of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()

    def full_clean(self) -> None:
        """Here, for a form may add fields after it was made."""
        speak_plainly(self.fields, article=self.article)
        super().full_clean()  # type: ignore[misc]


class VersionedForm(PlainForm, forms.Form):
    """Knows which version of the row it was written over."""

    revision = forms.IntegerField(min_value=0, initial=0, widget=forms.HiddenInput)

    def over(self, revision: int) -> None:
        """What was typed stays; saving it once more puts it over that version."""
        typed: Any = self.data
        sent = typed.copy()
        sent["revision"] = revision
        self.data = sent


class NameField(forms.CharField):
    """Of a person, an organisation, an event: cleaned before anything is asked of it."""

    def to_python(self, value: Any) -> str:
        return clean_name(super().to_python(value) or "")


def speak_plainly(fields: Mapping[str, forms.Field], *, article: str) -> None:
    """What is missing or too long, said by name; a field's own words stay."""
    for name, field in fields.items():
        field.error_messages.setdefault("max_length", TOO_LONG)
        if field.error_messages["required"] == STOCK:
            label = str(field.label or pretty_name(name))
            field.error_messages["required"] = _enter(field, label, article)


def _enter(field: forms.Field, label: str, article: str) -> str:
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return "Choose one."
    if isinstance(field, forms.DateField):
        return "Enter a date."
    if label.endswith("?"):
        return "Enter an answer."
    words = label[:1].lower() + label[1:].rstrip(":")
    return f"Enter {words}." if OWN_ARTICLE.match(words) else f"Enter {article} {words}."


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
        name = str(getattr(field.field, "called", "") or field.label)
        for error in field.errors:
            yield ErrorLink(target, _named(name, str(error)))


def _named(name: str, error: str) -> str:
    """With the name of the field before it, unless the message says it already."""
    plain = name.rstrip("?:")
    if re.search(rf"\b{re.escape(plain)}\b", error, re.IGNORECASE):
        return error
    return f"{name} {error}" if name.endswith("?") else f"{plain}: {error}"
