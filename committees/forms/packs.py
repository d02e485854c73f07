"""Forms about packs."""

from django import forms

from committees.forms.plain import CommitteeForm
from committees.queries.packs import LASTS
from committees.refusals import LINK_LASTS


class LinkForm(CommitteeForm, forms.Form):
    days = forms.TypedChoiceField(
        label="How long does it work?",
        choices=[(days, f"{days} days") for days in LASTS],
        coerce=int,
        initial=LASTS[0],
        widget=forms.RadioSelect,
        error_messages={"required": LINK_LASTS, "invalid_choice": LINK_LASTS},
    )
