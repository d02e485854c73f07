"""Ending a pledge, and naming who leads next."""

from datetime import date
from typing import Any

from django import forms

from commitments import leaving
from commitments.enums import Ending
from commitments.forms.fields import day
from ui.forms import PlainForm

ENDINGS = [
    (Ending.ROLE_ENDED.value, "My role has ended"),
    (Ending.HANDED_OVER.value, "My role has ended, and I hand the pledge to the next leader"),
    (Ending.WITHDRAWN.value, "I withdraw it"),
]
NEXT_LEADER = "The next leader’s email address"


def address(label: str, *, required: bool) -> forms.EmailField:
    return forms.EmailField(
        label=label,
        required=required,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter their email address."},
    )


class EndForm(PlainForm, forms.Form):
    ending = forms.TypedChoiceField(
        label="What has happened?",
        choices=ENDINGS,
        coerce=Ending,
        widget=forms.RadioSelect,
    )
    ended_on = day("When did your role end?")
    email = address(NEXT_LEADER, required=False)

    def __init__(self, *args: Any, made_on: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made_on, self.today = made_on, today
        self.fields["ending"].choice_hints = {  # type: ignore[attr-defined]
            Ending.HANDED_OVER.value: "We ask them by email. They make a pledge of their own.",
            Ending.WITHDRAWN.value: "You no longer stand by it. The page says so.",
        }

    def clean(self) -> None:
        ending = self.cleaned_data.get("ending")
        if ending is None or "ended_on" in self.errors:
            return
        day = leaving.ends_on(ending, self.cleaned_data["ended_on"], today=self.today)
        problem = leaving.problem_with_date(day, made_on=self.made_on, today=self.today)
        if problem:
            self.add_error("ended_on", problem)
        self.cleaned_data["ended_on"] = day
        if ending == Ending.HANDED_OVER and not self.cleaned_data.get("email", "no answer"):
            self.add_error("email", "Enter their email address.")


class NextLeaderForm(PlainForm, forms.Form):
    email = address(NEXT_LEADER, required=True)
