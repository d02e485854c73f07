"""A source, and a plan that is pasted as one."""

import hashlib
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString

from recommendations.enums import SourceKind
from recommendations.models import Source
from recommendations.pasted_plan import MOST_LETTERS, MOST_LINES, Member, PlanLine, read_plan
from ui.dates import TOO_FAR, is_within_reach
from ui.forms import NameField, PlainForm

DETAILS = ("kind", "title", "author", "published", "began_on")
NOTHING_PASTED = "Paste at least one line."


class SourceForm(PlainForm, forms.Form):
    """Sends back what it showed at first too, so that only what somebody changed is written."""

    title = NameField(label="Title", max_length=200)
    kind = forms.ChoiceField(label="What is it?", choices=SourceKind.choices)
    author = NameField(label="Who wrote it", max_length=200, required=False)
    published = NameField(
        label="When it was published",
        max_length=60,
        required=False,
        help_text="As it says itself, such as September 2021.",
    )
    began_on = forms.DateField(
        label="When it began",
        required=False,
        help_text="No date of it can be earlier. Leave it blank where there is no such day.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    page = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name in DETAILS:
            if name in self.fields:
                self.fields[name].show_hidden_initial = True

    def clean_began_on(self) -> date | None:
        day: date | None = self.cleaned_data["began_on"]
        if day and not is_within_reach(day, today=self.today):
            raise ValidationError(TOO_FAR)
        return day

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in DETAILS if name in self.cleaned_data}

    @property
    def changed(self) -> dict[str, Any]:
        return {name: value for name, value in self.details.items() if name in self.changed_data}

    def shown_at_first(self) -> list[SafeString]:
        return [
            field.as_hidden(only_initial=True) for field in self if field.field.show_hidden_initial
        ]


def initial_of(source: Source) -> dict[str, Any]:
    return {name: getattr(source, name) for name in DETAILS}


class PasteForm(SourceForm):
    """Read twice: once to look at it, and once more, unchanged, to save it."""

    author = None  # type: ignore[assignment]
    published = None  # type: ignore[assignment]
    text = forms.CharField(
        label="Your plan",
        max_length=MOST_LETTERS,
        help_text="One action on each line: a title, and if you know them a lead and a date. "
        "Put semicolons between, or paste three columns of a spreadsheet. For example: "
        "Publish our pay gap; ada@example.org; 31 March 2027",
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "true"}),
        strip=False,
    )
    looked_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, members: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        self.lines: list[PlanLine] = []

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if "text" not in typed:
            return typed
        began_on = typed.get("began_on")
        self.lines = read_plan(typed["text"], self.members, today=self.today, began_on=began_on)
        if not self.lines:
            self.add_error("text", NOTHING_PASTED)
        if len(self.lines) > MOST_LINES:
            self.add_error(
                "text", f"Paste {MOST_LINES} lines or fewer. These are {len(self.lines)}."
            )
        for line in self.lines:
            for problem in line.problems:
                self.add_error("text", f"Line {line.number}: {problem}")
        return typed

    @property
    def digest(self) -> str:
        """Of all that was looked at: another date or text is looked at again."""
        typed = self.cleaned_data
        said = repr([typed.get(name) for name in (*DETAILS, "text")])
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def was_looked_at(self) -> bool:
        return self.is_valid() and self.cleaned_data["looked_at"] == self.digest

    def show_digest(self) -> None:
        """What is on the page now is what was looked at."""
        sent: Any = self.data.copy()  # type: ignore[attr-defined]
        sent["looked_at"] = self.digest
        self.data = sent
