"""Standing behind one's name, and saying that a pledge is not that person's."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms

from commitments.enums import ReportOutcome
from commitments.queries.trusting import WorkAddress
from commitments.reporting import LONGEST_REPORT
from ui.forms import PlainForm


class WorkAddressForm(PlainForm, forms.Form):
    address = forms.ChoiceField(label="Which address is it?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, addresses: Sequence[WorkAddress], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ChoiceField = self.fields["address"]  # type: ignore[assignment]
        field.choices = [(each.address, each.address) for each in addresses]
        field.choice_hints = {  # type: ignore[attr-defined]
            each.address: f"Everybody reads: “Writes from an address at {each.domain}”."
            for each in addresses
        }
        if len(addresses) == 1:
            field.initial = addresses[0].address


class ReportForm(PlainForm, forms.Form):
    """`website` is for machines, which fill in every field they find; people never see it."""

    text = forms.CharField(
        label="What is wrong?",
        max_length=LONGEST_REPORT,
        strip=True,
        help_text="How do you know that this person did not make it? Leave out what is private.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say what is wrong."},
    )
    reporter_email = forms.EmailField(
        label="Your email address",
        required=False,
        max_length=254,
        help_text="Only if you want an answer. Whoever runs this site alone sees it, until your "
        "report has been looked at.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trap = Div("website", css_class="visually-hidden", aria_hidden="true")
        self.helper.layout = Layout("text", "reporter_email", trap)

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.cleaned_data.get("website"))

    def report(self) -> dict[str, str]:
        values = self.cleaned_data
        return {"text": values["text"], "reporter_email": values["reporter_email"]}


class SettleForm(forms.Form):
    outcome = forms.TypedChoiceField(choices=ReportOutcome.choices, coerce=ReportOutcome)
