"""The shelf: an entry, a file of many, a private note, the dates of a workshop."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator

from commitments import workshops
from commitments.enums import LearningKind
from commitments.forms.fields import day
from commitments.forms.ledger import add_problems
from commitments.forms.revision import RevisedForm
from commitments.learning_rows import (
    MOST_BYTES,
    Problem,
    Row,
    Suggestion,
    Unreadable,
    problems_of,
    rows_of,
    text_of,
)
from ui.file_or_text import FileOrTextForm
from ui.forms import NameField, PlainForm

KINDS = ", ".join(kind.value for kind in LearningKind)
NO_LINK = "Enter a web address that begins with https:// or http://."
EITHER = "Choose a file or paste the rows."
NOT_BOTH = "Choose a file or paste the rows, not both."
TOO_LARGE = "This is larger than 1 MB. Add it in parts."


class LearningForm(PlainForm, forms.Form):
    kind = forms.TypedChoiceField(
        label="What is it?",
        choices=LearningKind.choices,
        coerce=LearningKind,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": f"“%(value)s” is not one of: {KINDS}."},
    )
    title = NameField(label="Title", max_length=200)
    creator = NameField(
        label="By whom", required=False, max_length=160, help_text="The author, host or organiser."
    )
    link = forms.CharField(
        label="Link",
        required=False,
        max_length=400,
        validators=[URLValidator(schemes=["http", "https"], message=NO_LINK)],
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    why = NameField(
        label="Why it is worth somebody’s time",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_creator(self) -> str:
        return " ".join(self.cleaned_data["creator"].split())

    def suggestion(self) -> Suggestion:
        return Suggestion(**{name: self.cleaned_data[name] for name in LearningForm.base_fields})


class LearningEditForm(LearningForm, RevisedForm):
    """Knows which version of the entry it was opened on."""


class LearningFilterForm(PlainForm, forms.Form):
    q = forms.CharField(label="Title or name", required=False, max_length=100)
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "All kinds"), *LearningKind.choices]
    )


class NoteForm(PlainForm, forms.Form):
    text = forms.CharField(
        label="Your note",
        max_length=5000,
        help_text="Nobody else sees it, coordinators included.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DatesForm(PlainForm, forms.Form):
    held_on = day("When is it?", required=True)
    starts_at = forms.TimeField(
        label="Time",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Enter a time, for example 14:30."},
    )
    place = NameField(label="Place", required=False, max_length=160)
    every_weeks = forms.IntegerField(label="Every how many weeks?", required=False)
    times = forms.IntegerField(label="How often in all?", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> None:
        values = self.cleaned_data
        if {"held_on", "every_weeks", "times"} <= values.keys():
            problems = workshops.problems(
                values["held_on"],
                every_weeks=values["every_weeks"],
                times=values["times"],
                today=self.today,
            )
            add_problems(self, problems)


class ImportForm(FileOrTextForm):
    """A file or pasted rows. `rows` are those that can be read, `problems` those that cannot."""

    file = forms.FileField(
        label="A CSV file",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"empty": "This file is empty."},
    )
    text = forms.CharField(
        label="Or paste the rows here",
        required=False,
        strip=False,
        help_text="Straight from a spreadsheet, with the names of the columns above them.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    rows: list[tuple[int, Suggestion]]
    problems: list[Problem]

    most_bytes = most_characters = MOST_BYTES
    too_large = too_long = TOO_LARGE
    either, not_both, both_at = EITHER, NOT_BOTH, None

    def take(self, file: UploadedFile | None, text: str) -> None:
        try:
            self.read(rows_of(text_of(file.read()) if file else text))
        except Unreadable as problem:
            raise forms.ValidationError(str(problem)) from None

    def read(self, rows: list[Row]) -> None:
        self.rows, self.problems = [], []
        for row in rows:
            found = problems_of(row)
            form = LearningForm(row.values)
            if form.is_valid() and not found:
                self.rows.append((row.number, form.suggestion()))
            self.problems += found or problems_in(form.errors, row.number)


def problems_in(errors: Mapping[str, Any], number: int) -> list[Problem]:
    return [
        Problem(number, "" if column == "__all__" else column, str(message))
        for column, messages in errors.items()
        for message in messages
    ]
