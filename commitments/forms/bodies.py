"""Asking a member organisation, and answering for one."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from commitments.mail_limits import leads_elsewhere
from organisations.models import Organisation
from organisations.names import plain_name
from ui.forms import NameField, PlainForm


class BodyAskForm(PlainForm, forms.Form):
    member_name = NameField(
        label="Name of the member organisation", max_length=160, validators=[plain_name]
    )
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        help_text="Of somebody there who can pass it to the right person.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean_member_name(self) -> str:
        name: str = self.cleaned_data["member_name"]
        if leads_elsewhere(name):
            raise forms.ValidationError("Leave the web address out of the name.")
        return name

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class ConsentForm(PlainForm, forms.Form):
    member: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        label="For which organisation do you answer?",
        queryset=None,
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, choices: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[Organisation] = self.fields["member"]  # type: ignore[assignment]
        field.queryset = choices
        if len(choices) == 1:
            field.initial = choices[0].pk
