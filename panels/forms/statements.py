from django import forms

from panels.enums import StatementKind
from ui.forms import PlainForm


class StatementForm(PlainForm, forms.Form):
    """`seen`: the fingerprint of what was shown to whoever presses the button."""

    kind = forms.ChoiceField(choices=StatementKind.choices)
    seen = forms.CharField(max_length=64)
