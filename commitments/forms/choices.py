"""How often a leader looks back, and what of a pledge is public."""

from datetime import date
from typing import Any

from django import forms

from commitments.enums import Cadence
from commitments.forms.making import WhoForm
from commitments.models import Pledge
from commitments.rhythm import first_opening_words
from commitments.who import Shows
from ui.forms import PlainForm

SHOWS = ("is_listed", "shows_record", "counts_who_followed", "says_who_asked")
LABELS = {
    "is_listed": "My pledge is in the list of pledges",
    "shows_record": "My record is on its page",
    "counts_who_followed": "Count people who make the pledge after I asked",
}
HINTS = {
    "is_listed": "Without it, only people who have the address find your page.",
    "shows_record": "How many line-ups you asked about, and how many changed. Never which ones.",
    "counts_who_followed": "Your page says how many did. They have to agree too.",
}


class RhythmForm(PlainForm, forms.Form):
    check_in_every = forms.TypedChoiceField(
        label="How often will you look back?",
        choices=Cadence.choices,
        coerce=Cadence,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints = {cadence.value: first_opening_words(today, cadence) for cadence in Cadence}
        self.fields["check_in_every"].choice_hints = hints  # type: ignore[attr-defined]


class WhatShows(forms.ModelForm):
    """Says who asked only where somebody did."""

    class Meta:
        model = Pledge
        fields = SHOWS
        labels = LABELS
        help_texts = HINTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asker = self.instance.asked_by
        if asker is None:
            del self.fields["says_who_asked"]
        else:
            self.fields["says_who_asked"].label = f"Say that {asker.leader_name} asked me"
            self.fields["says_who_asked"].help_text = "Their page counts you then."

    def shows(self) -> Shows:
        values = self.cleaned_data
        return Shows(**{name: values[name] for name in SHOWS if name in values})


class ShowsForm(PlainForm, WhatShows):
    pass


class SettingsForm(WhatShows, WhoForm):
    """All that a leader may change of a published pledge without signing it anew."""

    class Meta(WhoForm.Meta):
        fields = (*WhoForm.Meta.fields, "check_in_every", *SHOWS)  # type: ignore[assignment]
        labels = WhoForm.Meta.labels | LABELS | {"check_in_every": "How often you look back"}
        help_texts = WhoForm.Meta.help_texts | HINTS
        widgets = WhoForm.Meta.widgets | {"check_in_every": forms.RadioSelect}  # type: ignore[assignment]

    def cadence(self) -> Cadence:
        return Cadence(self.cleaned_data["check_in_every"])
