"""Forms about people and organisations."""

from typing import Any

from django import forms

from organisations.enums import Role
from organisations.models import Organisation, User
from ui.forms import PlainForm


class SignupForm(forms.Form):
    """What allauth asks on top of email and password."""

    display_name = forms.CharField(
        label="Your name",
        max_length=120,
        help_text="As you want others to see it.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    field_order = ("display_name", "email", "password1")

    def signup(self, request: Any, user: User) -> None:
        user.display_name = self.cleaned_data["display_name"]
        user.save(update_fields=["display_name"])


class OrganisationForm(PlainForm, forms.ModelForm):
    class Meta:
        model = Organisation
        fields = ("name", "nation")
        labels = {"name": "Name of your organisation", "nation": "Where you are based"}
        help_texts = {"nation": "Reminders skip the bank holidays there."}


class RolesField(forms.TypedMultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=Role.choices,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Choose at least one."},
            **kwargs,
        )


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
        labels = {"display_name": "Your name"}
        help_texts = {"display_name": "As you want others to see it."}
