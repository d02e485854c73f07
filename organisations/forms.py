"""Forms about people and organisations."""

from typing import Any

from django import forms

from organisations.enums import Role
from organisations.models import Organisation, User
from ui.forms import NameField, PlainForm

LABELS = {
    "name": "Name of your organisation",
    "nation": "Where you are based",
    "contact_email": "Contact address",
}
HELP = {
    "nation": "Reminders skip the bank holidays there.",
    "contact_email": "Answers to emails that we send in your name go there, and everybody who "
    "gets one can see it. Better one that is not a person’s own.",
}


class OrganisationForm(PlainForm, forms.ModelForm):
    class Meta:
        model = Organisation
        fields = ("name", "nation")
        field_classes = {"name": NameField}
        labels = LABELS
        help_texts = HELP


class DetailsForm(PlainForm, forms.ModelForm):
    class Meta:
        model = Organisation
        fields = ("name", "nation", "contact_email")
        field_classes = {"name": NameField}
        labels = LABELS
        help_texts = HELP


WHAT_ROLES_DO = {
    Role.STAFF: "Reads everything here, and reports on what they are named to lead.",
    Role.ORGANISER: "Adds events and groups, and counts who is on them.",
    Role.COMMITTEE: "Sits on a committee that follows the recommendations.",
    Role.CHAIR: "Plans and records meetings, and records responses to recommendations.",
    Role.ADVISER: "Advises from outside, and reads everything here.",
    Role.TRUSTEE: "Sits on the board, and reads everything here.",
    Role.COORDINATOR: "Invites people, says what each may do, and names leads and dates.",
}


class RolesField(forms.TypedMultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=Role.choices,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Choose at least one."},
            **kwargs,
        )
        self.choice_hints = {role.value: words for role, words in WHAT_ROLES_DO.items()}


class InviteForm(PlainForm, forms.Form):
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    roles = RolesField(label="What they will do here")


class RolesForm(PlainForm, forms.Form):
    roles = RolesField(label="What this person does here")


class NameForm(PlainForm, forms.ModelForm):
    class Meta:
        model = User
        fields = ("display_name",)
        field_classes = {"display_name": NameField}
        labels = {"display_name": "Your name"}
        help_texts = {"display_name": "As you want others to see it."}


class EraseForm(PlainForm, forms.Form):
    sure = forms.BooleanField(
        label="I know that this cannot be undone",
        error_messages={"required": "Tick this if you are sure."},
    )
