"""Signing in and up: the ways there, and allauth's forms in our words."""

from typing import Any

from allauth.account import forms
from allauth.core import context
from django import forms as django_forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from organisations.names import plain_name
from organisations.newcomers import NAME
from ui.forms import NameField, PlainForm


def ways_in(request: HttpRequest) -> dict[str, str]:
    """For a page that goes on once somebody has signed in; both lead back to it."""
    back = urlencode({"next": request.path})
    return {
        "sign_in": f"{reverse('account_login')}?{back}",
        "sign_up": f"{reverse('account_signup')}?{back}",
    }


class Plain(PlainForm):
    article = "your"


class LoginForm(Plain, forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = "Keep me signed in on this device"

    def _setup_password_field(self) -> None:
        """Signing up asks for no password; whoever has set one since signs in with it all the
        same. allauth would take the field away."""


class RequestLoginCodeForm(Plain, forms.RequestLoginCodeForm):
    pass


class ConfirmLoginCodeForm(Plain, forms.ConfirmLoginCodeForm):
    pass


class ConfirmEmailForm(Plain, forms.ConfirmEmailVerificationCodeForm):
    pass


class ConfirmPasswordResetForm(Plain, forms.ConfirmPasswordResetCodeForm):
    pass


class ChangeEmailForm(Plain, forms.ChangeEmailForm):
    pass


class NewPasswordForm(Plain, forms.ResetPasswordKeyForm):
    pass


class ResetPasswordForm(Plain, forms.ResetPasswordForm):
    pass


class ReauthenticateForm(Plain, forms.ReauthenticateForm):
    pass


class AddEmailForm(Plain, forms.AddEmailForm):
    pass


class ChangePasswordForm(Plain, forms.ChangePasswordForm):
    pass


class SetPasswordForm(Plain, forms.SetPasswordForm):
    pass


class SignupForm(Plain, forms.SignupForm):
    """With a name, which the account adapter keeps."""

    display_name = NameField(
        label="Your name",
        max_length=120,
        error_messages={"required": "Enter your name."},
        validators=[plain_name],
        help_text="As you want others to see it.",
        widget=django_forms.TextInput(attrs={"autocomplete": "name"}),
    )

    field_order = ("display_name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"].initial = context.request.session.get(NAME, "")
