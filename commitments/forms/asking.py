"""The letter to an organiser: its words, and where it goes."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import TextChoices

from commitments.forms.fields import day
from commitments.forms.revision import RevisedForm
from commitments.letter import LONGEST_LETTER
from commitments.models import AskLetter


class Then(TextChoices):
    """What is to happen once the letter is saved."""

    STAY = "", "Save"
    SENT = "sent", "I have sent it"
    EMAIL = "email", "Send by email"


class LetterForm(RevisedForm):
    text = forms.CharField(
        label="Your letter",
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 22}),
    )
    sent_on = day("When did you send it?", required=True)
    then = forms.TypedChoiceField(
        choices=Then.choices, coerce=Then, empty_value=Then.STAY, required=False
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sent_on"].initial = today

    def clean(self) -> None:
        """The day matters to nobody but whoever has sent it."""
        if self.cleaned_data.get("then") != Then.SENT:
            self.errors.pop("sent_on", None)
            self.cleaned_data["sent_on"] = None


class SendForm(RevisedForm):
    """Knows which letter, and which entry of the ledger, the page showed."""

    entry_revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    to_address = forms.EmailField(
        label="The organiser’s email",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("revision", "entry_revision", "to_address")

    def shows(self, letter: AskLetter) -> None:
        """What was typed stays; sent once more, it sends what the page shows now."""
        self.over(letter.revision)
        self.data["entry_revision"] = letter.invitation.revision  # type: ignore[index]
