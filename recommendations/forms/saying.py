"""What is said of a recommendation: the response, and how it goes."""

from typing import Any

from django import forms

from recommendations.enums import Rating, Response
from recommendations.refusals import REASON_NEEDED
from ui.forms import PlainForm

TEXT_MAX = 4000


class ResponseForm(PlainForm, forms.Form):
    response = forms.ChoiceField(
        label="What is your organisation's response?",
        error_messages={"required": "Choose one of the three."},
        choices=[choice for choice in Response.choices if choice[0] != Response.NONE_YET],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=TEXT_MAX,
        help_text="Needed when it is accepted in part or not accepted. Every member can read it.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean(self) -> dict[str, Any]:
        owed = self.cleaned_data.get("response") in Response.needing_a_reason()
        if owed and not self.cleaned_data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", REASON_NEEDED)
        return self.cleaned_data


class UpdateForm(PlainForm, forms.Form):
    rating = forms.ChoiceField(
        label="How is it going?",
        error_messages={"required": "Choose one of the three."},
        choices=Rating.choices,
        widget=forms.RadioSelect,
        help_text="Your own view. It shows with its age until your next update.",
    )
    text = forms.CharField(
        label="What has happened, and what is next?",
        error_messages={"required": "Say what has happened, in a sentence or two."},
        max_length=TEXT_MAX,
        help_text=(
            "A few plain sentences. Every member can read this, so leave out people's names and "
            "anything from a case."
        ),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
