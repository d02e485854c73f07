"""The sign-in form. In a module of its own: allauth imports our sign-up form while it loads."""

from typing import Any

from allauth.account import forms


class LoginForm(forms.LoginForm):
    """allauth's, in our words, without the placeholders that repeat each label."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = "Keep me signed in on this device"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
