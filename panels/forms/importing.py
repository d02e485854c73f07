"""Choosing a file, saying what its columns hold, and confirming what was read."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from panels.enums import ColumnUse
from panels.importing import StageChoice
from panels.reading import MappedTable, Reading, Table, Unreadable, map_table, problem_with, read
from panels.reading.limits import MAX_BYTES
from panels.reading.suggesting import MANY
from ui.file_or_text import FileOrTextForm
from ui.forms import PlainForm

MOST_PASTED = 500_000
TOO_LARGE = "This file is larger than 5 MB. Take out what a line-up does not need, or split it."
TOO_LONG = "This is longer than 500,000 characters. Save it as a file and choose that."
EITHER = "Choose a file, or paste the line-up."
NOT_BOTH = "Choose a file or paste a line-up, not both. To paste, choose no file."
ACCEPTED = ".json,.xml,.csv,.tsv,.txt,.xlsx"
TITLES = {ColumnUse.SESSION, ColumnUse.SESSIONS}


class ImportStartForm(FileOrTextForm):
    """`reading` is what was read of the one or the other."""

    file = forms.FileField(
        label="A file",
        required=False,
        help_text="JSON, XML, CSV or Excel (.xlsx), up to 5 MB.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": "This file is empty.", "max_length": "Its name is too long."},
    )
    text = forms.CharField(
        label="Or paste the line-up",
        required=False,
        strip=False,
        help_text="One person on each line, with the role after a comma if you like. A blank line"
        " begins the next session; a line that ends with a colon is its title.",
        widget=forms.Textarea(attrs={"rows": 7, "spellcheck": "false"}),
    )
    reading: Reading
    most_bytes, most_characters = MAX_BYTES, MOST_PASTED
    too_large, too_long = TOO_LARGE, TOO_LONG
    either, not_both = EITHER, NOT_BOTH

    def take(self, file: UploadedFile | None, text: str) -> None:
        try:
            self.reading = read(file.read(), file.name or "") if file else read(text.encode(), "")
        except Unreadable as problem:
            raise forms.ValidationError(problem.message) from None


class ImportMapForm(PlainForm, forms.Form):
    """One choice for each column; `mapping` and what comes of it once it is valid."""

    mapping: dict[str, ColumnUse]
    mapped: MappedTable

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        self.by_column = {f"column-{at}": name for at, name in enumerate(table.columns)}
        for at, (field, name) in enumerate(self.by_column.items()):
            self.fields[field] = forms.ChoiceField(
                label=name,
                required=False,
                choices=[("", "Not used"), *ColumnUse.choices],
                initial=table.suggested.get(name, ""),
                help_text=_begins(row[at] for row in table.rows),
            )

    def clean(self) -> None:
        if self.errors:
            return
        self.mapping = {
            name: ColumnUse(self.cleaned_data[field])
            for field, name in self.by_column.items()
            if self.cleaned_data[field]
        }
        problem = problem_with(self.table, self.mapping)
        if problem:
            for field in self._to_be_mended():
                self.add_error(field, problem)
            return
        try:
            self.mapped = map_table(self.table, self.mapping)
        except Unreadable as refusal:
            self.add_error(next(iter(self.fields)), refusal.message)

    def _to_be_mended(self) -> Iterator[str]:
        """The second of two columns that cannot both be so; else the first of all."""
        seen: set[ColumnUse] = set()
        found = []
        for field, name in self.by_column.items():
            use = self.mapping.get(name)
            if use is None:
                continue
            if (use in seen and use not in MANY) or (use in TITLES and TITLES & seen - {use}):
                found.append(field)
            seen.add(use)
        yield from found[:1] or list(self.fields)[:1]


def _begins(values: Iterable[str]) -> SafeString:
    """The first three different values, each kept from turning the text around it."""
    first = list(islice(dict.fromkeys(value for value in values if value), 3))
    short = ((value if len(value) <= 60 else f"{value[:59]}…",) for value in first)
    return format_html("{}", format_html_join(" · ", "<bdi>{}</bdi>", short))


class ImportConfirmForm(PlainForm, forms.Form):
    """What was hinted at, to be ticked: nothing is on the main stage because a file hints it."""

    main_stage = forms.MultipleChoiceField(
        label="Which of these are on the main stage?",
        required=False,
        help_text="Their names or rooms suggest it. What you do not tick counts as elsewhere.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, choices: Iterable[StageChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stage_choices = {choice.key: choice for choice in choices}
        field = self.fields["main_stage"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.key, one.label) for one in self.stage_choices.values()]
        hints = {one.key: one.detail for one in self.stage_choices.values()}
        field.choice_hints = hints  # type: ignore[attr-defined]
        if not self.stage_choices:
            del self.fields["main_stage"]

    def sources(self) -> frozenset[str]:
        """Keys of the sessions that were ticked."""
        ticked = self.cleaned_data.get("main_stage", [])
        return frozenset().union(*(self.stage_choices[key].sources for key in ticked))
