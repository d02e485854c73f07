"""A plan as a file, and what was looked at of it, sent back with a seal."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from organisations.models import User
from panels.reading.limits import MAX_BYTES
from panels.reading.outcome import Unreadable
from recommendations.models import Source
from recommendations.plan_file import FileRow, read_plan_file
from ui.forms import PlainForm

SALT = "recommendations.import"
MOST_SEALED = 2_000_000
"""Below what one request may carry."""
A_DAY = 24 * 60 * 60
TOO_LARGE = f"The file is larger than {MAX_BYTES // 1024 // 1024} MB."


class PlanFileForm(PlainForm, forms.Form):
    file = forms.FileField(
        label="Your file",
        help_text="Excel (.xlsx) or CSV, with the columns of the download. Nothing is saved yet.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise ValidationError(TOO_LARGE)
        try:
            self.rows = read_plan_file(file.read())
        except Unreadable as problem:
            raise ValidationError(problem.message) from None
        return file


def sealed(rows: list[FileRow], digest: str, *, source: Source, by: User) -> str:
    """For this source and this person alone."""
    told = [[row.number, dict(row.cells)] for row in rows]
    return signing.dumps([str(source.pk), str(by.pk), digest, told], salt=SALT, compress=True)


class SealedForm(forms.Form):
    sealed = forms.CharField(max_length=MOST_SEALED)

    def __init__(self, *args: Any, source: Source, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source, self.by = source, by

    def clean_sealed(self) -> str:
        typed: str = self.cleaned_data["sealed"]
        try:
            source, by, self.digest, told = signing.loads(typed, salt=SALT, max_age=A_DAY)
        except (signing.BadSignature, ValueError):
            raise ValidationError("This is no longer open.") from None
        if (source, by) != (str(self.source.pk), str(self.by.pk)):
            raise ValidationError("This belongs to another plan.")
        self.rows = [FileRow(number, cells) for number, cells in told]
        return typed
