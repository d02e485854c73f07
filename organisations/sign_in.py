"""The forms of signing in and up: allauth's, in our words."""

from typing import Any

from allauth.account import forms
from django import forms as django_forms

from organisations.names import plain_name
from ui.forms import NameField, PlainForm


class Plain(PlainForm):
    article = "your"


class LoginForm(Plain, forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = "Keep me signed in on this device"


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

    field_order = ("display_name", "email", "password1")
