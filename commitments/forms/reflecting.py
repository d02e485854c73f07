"""A reflection after an event."""

from typing import Any

from django import forms

from commitments.forms.revision import RevisedForm
from commitments.models import Reflection
from commitments.reflecting import LONGEST_PART, PARTS

QUESTIONS = {
    "what_happened": "What happened?",
    "what_we_asked": "What did we ask?",
    "why": "Why did it turn out so?",
    "will_try": "What will we try next time?",
}
NOTHING_YET = "Nothing is written yet. One of the four is enough."


class ReflectionForm(RevisedForm):
    """Revision 0 where nothing was written yet."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, written: Reflection | None, **kwargs: Any) -> None:
        kwargs["initial"] = {"revision": 0}
        if written:
            kwargs["initial"] = {name: getattr(written, name) for name in ("revision", *PARTS)}
        super().__init__(*args, **kwargs)
        for name in PARTS:
            self.fields[name] = forms.CharField(
                label=QUESTIONS[name],
                max_length=LONGEST_PART,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    def clean(self) -> None:
        if not self.errors and not any(self.words().values()):
            raise forms.ValidationError(NOTHING_YET)

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in PARTS}
