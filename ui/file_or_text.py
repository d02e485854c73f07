"""A form that takes a file or pasted text, and not both."""

from typing import ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile

from ui.forms import PlainForm


class FileOrTextForm(PlainForm, forms.Form):
    """Its fields are `file` and `text`, which each form of this kind labels for itself."""

    most_bytes: ClassVar[int]
    most_characters: ClassVar[int]
    too_large: ClassVar[str]
    too_long: ClassVar[str]
    either: ClassVar[str]
    not_both: ClassVar[str]
    both_at: ClassVar[str | None] = "file"
    """The field that says so where neither or both were given; None is the whole form."""

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > self.most_bytes:
            raise forms.ValidationError(self.too_large)
        return file

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text) > self.most_characters:
            raise forms.ValidationError(self.too_long)
        return text if text.strip() else ""

    def clean(self) -> None:
        if self.errors:
            return
        file, text = self.cleaned_data["file"], self.cleaned_data["text"]
        if bool(file) == bool(text):
            self.add_error(self.both_at, self.not_both if file else self.either)
            return
        try:
            self.take(file, text)
        except forms.ValidationError as problem:
            self.add_error("file" if file else "text", problem)

    def take(self, file: UploadedFile | None, text: str) -> None:
        """Reads the one that was given; a ValidationError goes to its field."""
        raise NotImplementedError
