"""Forms for saying what one thinks of a proposal to close."""

from collections.abc import Iterable
from typing import Any

from django import forms

from committees.enums import View
from committees.forms.plain import CommitteeForm
from committees.models import Group

TEXT_MAX = 4000


class OpinionForm(CommitteeForm, forms.Form):
    view = forms.ChoiceField(
        label="Can it be closed?",
        choices=View.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the three."},
    )
    note = forms.CharField(
        label="Why?",
        required=False,
        max_length=TEXT_MAX,
        help_text="Every member can read it. Leave out people's names.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class NetworkOpinionForm(OpinionForm):
    group = forms.ChoiceField(
        label="Which staff network?", error_messages={"required": "Choose the staff network."}
    )
    field_order = ("group", "view", "note")

    def __init__(self, *args: Any, networks: Iterable[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.networks = {str(group.pk): group for group in networks}
        field = self.fields["group"]
        assert isinstance(field, forms.ChoiceField)
        named = [(pk, group.name) for pk, group in self.networks.items()]
        field.choices = named if len(named) == 1 else [("", "Choose one"), *named]

    def clean_group(self) -> Group:
        return self.networks[self.cleaned_data["group"]]
