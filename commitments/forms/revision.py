"""A form that knows which version of an entry it was opened on."""

from typing import Any

from django import forms

from ui.forms import PlainForm


class RevisedForm(PlainForm, forms.Form):
    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def over(self, revision: int) -> None:
        """What was typed stays; saving it once more puts it over that version."""
        typed: Any = self.data
        sent = typed.copy()
        sent[self.add_prefix("revision")] = revision
        self.data = sent


def revision_seen(data: Any) -> int:
    """What a page without a form of its own was opened on; 0, which no row has, without one."""
    form = RevisedForm(data)
    return form.cleaned_data["revision"] if form.is_valid() else 0
