"""Our own drawing of a field: what crispy-bootstrap5 would say, and what Django's widgets would."""

from itertools import product

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms
from django.test.html import parse_html

from ui.fields import DROPPED
from ui.forms import PlainForm

CHOICES = [("", "Choose"), ("a", "A & B"), ("Group", [("c", "C"), ("d", "D")])]
FLAT = [("a", "A"), ("b", "<b>")]


class EveryField(PlainForm, forms.Form):
    text = forms.CharField(label="A <name>", help_text="As on <em>paper</em>.", max_length=5)
    optional = forms.CharField(required=False, widget=forms.TextInput(attrs={"class": "wide"}))
    number = forms.IntegerField(min_value=0)
    email = forms.EmailField(widget=forms.EmailInput(attrs={"id": "own"}))
    link = forms.URLField(assume_scheme="https", disabled=True, required=False)
    on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), help_text="Any day.")
    secret = forms.CharField(widget=forms.PasswordInput)
    note = forms.CharField(widget=forms.Textarea)
    kind = forms.ChoiceField(choices=CHOICES)
    several = forms.MultipleChoiceField(choices=FLAT)
    one = forms.ChoiceField(choices=FLAT, widget=forms.RadioSelect, help_text="Either.")
    some = forms.MultipleChoiceField(choices=FLAT, widget=forms.CheckboxSelectMultiple)
    told = forms.BooleanField(label="They told us", help_text="Each of them.")
    hidden = forms.CharField(widget=forms.HiddenInput)


TYPED = {
    "text": "\"><script>&'",
    "number": "-1",
    "email": "nobody",
    "on": "2026-13-01",
    "kind": "c",
    "several": ["b"],
    "one": "z",
    "some": ["a", "z"],
    "told": "on",
    "hidden": "'\"",
}
NAMES = list(EveryField.base_fields)


@pytest.mark.parametrize(("name", "typed"), [*product(NAMES, [None, {}, TYPED])])
def test_a_field_is_drawn_as_its_library_would(name: str, typed: dict[str, str] | None) -> None:
    """But for the attributes that we leave out on purpose."""
    ours, theirs = EveryField(typed), EveryField(typed)
    theirs.helper.field_template = "bootstrap5/field.html"
    for attribute in DROPPED:
        theirs.fields[name].widget.attrs.pop(attribute, None)
    assert parse_html(as_crispy_field(ours[name])) == parse_html(as_crispy_field(theirs[name]))


def test_drawing_twice_draws_the_same() -> None:
    form = EveryField({})
    assert as_crispy_field(form["text"]) == as_crispy_field(form["text"])
