"""Where else a pledge was published."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django import forms

from commitments.forms.fields import day
from commitments.models import Republication
from ui.dates import is_within_reach
from ui.forms import NameField, PlainForm

NOT_A_PAGE = "Enter the address of a page: it begins with https:// or http://."
NOT_YET = "Choose a day that has passed: today or earlier."
TOO_LONG_AGO = "Choose a day within the last ten years."


class RepublicationForm(PlainForm, forms.ModelForm):
    link = forms.URLField(
        label="Address of the page",
        max_length=400,
        assume_scheme="https",
        help_text="For example a post, or a page on your organisation’s site.",
        error_messages={"invalid": NOT_A_PAGE},
    )
    published_on = day("When was it published?", required=True)

    class Meta:
        model = Republication
        fields = ("link", "title", "published_on")
        field_classes = {"title": NameField}
        labels = {"title": "What it is called"}
        help_texts = {"title": "If you leave it empty, the name of the site is shown."}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["published_on"].initial = today

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if urlsplit(link).scheme not in {"http", "https"}:
            raise forms.ValidationError(NOT_A_PAGE)
        return link

    def clean_published_on(self) -> date:
        published: date = self.cleaned_data["published_on"]
        if published > self.today:
            raise forms.ValidationError(NOT_YET)
        if not is_within_reach(published, today=self.today):
            raise forms.ValidationError(TOO_LONG_AGO)
        return published
