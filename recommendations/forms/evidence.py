"""A piece of evidence, a further version of it, and which version somebody looked at."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator

from recommendations.evidence_files import ACCEPTED, KINDS, MAX_BYTES, Given, ReadFile, read_file
from recommendations.evidence_refusals import EMPTY, TOO_LARGE, Unfit
from recommendations.forms.proving import TEXT_MAX, DatedForm, a_day
from ui.forms import NameField

NOT_BOTH = "Give a file or a link, not both. The other can be a piece of its own."
SOMETHING = "Give a file or a link, or write here what shows it."
NO_LINK = "Enter a web address that begins with https:// or http://."
NO_LOGIN = "This address holds a name or a password. Take it out."


class VersionForm(DatedForm):
    """`given` is what was given, once the form is valid. A file goes before its name is looked
    at: what it is stands in it."""

    day = "dated"

    file = forms.FileField(
        label="A file",
        required=False,
        help_text=f"{KINDS}, up to 5 MB. Its name is not kept, and a picture loses the place where"
        " it was taken. A document keeps its author’s name: take it out first if need be.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": EMPTY, "max_length": "Its name is too long."},
    )
    url = forms.CharField(
        label="Or a link",
        required=False,
        max_length=500,
        validators=[URLValidator(schemes=["http", "https"], message=NO_LINK)],
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=TEXT_MAX,
        help_text="What it shows, in a few plain sentences. A note alone is evidence too. Nobody’s"
        " name, and nothing from a case.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    dated = a_day("Its date", "The day it is from.")
    asks_public = forms.BooleanField(
        label="Ask that everybody may read it",
        required=False,
        help_text="Somebody else decides. Until then, members of your organisation alone read it.",
    )
    read: ReadFile | None = None

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            return None
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        try:
            self.read = read_file(file.read())
        except Unfit as problem:
            raise forms.ValidationError(problem.message) from None
        return file

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if "@" in urlsplit(url).netloc:
            raise forms.ValidationError(NO_LOGIN)
        return url

    def clean(self) -> dict[str, Any]:
        super().clean()
        file, url = self.cleaned_data.get("file"), self.cleaned_data.get("url")
        if file and url:
            self.add_error("url", NOT_BOTH)
        elif not (file or url or self.cleaned_data.get("note") or self.errors):
            self.add_error("note", SOMETHING)
        return self.cleaned_data

    @property
    def lost_its_file(self) -> bool:
        """A browser sends no file a second time by itself."""
        return self.is_bound and bool(self.files) and not self.is_valid()

    @property
    def given(self) -> Given:
        said = self.cleaned_data
        return Given(dated=said["dated"], note=said["note"], url=said["url"], file=self.read)


class EvidenceForm(VersionForm):
    title = NameField(
        label="What is it?",
        max_length=200,
        error_messages={"required": "Say in a few words what it is."},
        help_text="For instance: Recruitment policy, as the board agreed it.",
    )
    field_order = ["title", "file", "url", "note", "dated", "asks_public"]


class SeenForm(forms.Form):
    """The version that stood on the page when somebody decided about it."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    @property
    def seen(self) -> int:
        return self.cleaned_data["version"] if self.is_valid() else 0
