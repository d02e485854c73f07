"""Asking somebody to help."""

from django import forms

from ui.forms import PlainForm


class AssistantForm(PlainForm, forms.Form):
    email = forms.EmailField(
        label="Their email address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
