"""Asking somebody by email to make the pledge."""

from django import forms

from commitments import mail_limits
from ui.forms import NameField, PlainForm


class EncourageForm(PlainForm, forms.Form):
    email = forms.EmailField(
        label="Their email address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    words = NameField(
        label="A line from you",
        required=False,
        max_length=mail_limits.LONGEST_WORDS,
        help_text="Plain text. It stands in the email as you write it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if mail_limits.leads_elsewhere(words):
            raise forms.ValidationError(mail_limits.NO_ADDRESSES)
        return words
