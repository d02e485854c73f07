from typing import Any

from django import forms


class DayField(forms.DateField):
    default_error_messages = {"invalid": "Enter a real date."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs
        )
