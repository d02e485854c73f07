"""Which year of a record is shown, and which entries."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from commitments.forms.fields import day
from commitments.queries.own_record import OwnEntry
from ui.dates import in_full
from ui.forms import PlainForm

NOT_YET = "Choose a day that has come."
OPEN, ENDED = "open", "ended"
SHOW = [("", "All"), (OPEN, "Still open"), (ENDED, "Ended")]


class YearForm(PlainForm, forms.Form):
    to = day("Last day of the 12 months")

    def __init__(self, *args: Any, since: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since, self.today = since, today

    def clean_to(self) -> date | None:
        last: date | None = self.cleaned_data["to"]
        if last and last > self.today:
            raise forms.ValidationError(NOT_YET)
        if last and last < self.since:
            raise forms.ValidationError(
                f"The record begins on {in_full(self.since)}. Choose a day from then on."
            )
        return last

    @property
    def last(self) -> date:
        """The day asked for; today where none was, or none that makes sense."""
        chosen: date | None = self.cleaned_data.get("to") if self.is_valid() else None
        return chosen or self.today


class LedgerForm(PlainForm, forms.Form):
    """Which entries the list shows. What it does not know shows all of them."""

    show = forms.ChoiceField(label="Show", required=False, choices=SHOW)
    year = forms.TypedChoiceField(label="Received in", required=False, coerce=int)

    def __init__(self, *args: Any, entries: Sequence[OwnEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries
        years = sorted({entry.received_on.year for entry in entries}, reverse=True)
        choices = [("", "Any year"), *((year, str(year)) for year in years)]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> list[OwnEntry]:
        self.full_clean()
        show, year = self.cleaned_data.get("show"), self.cleaned_data.get("year")
        return [
            entry
            for entry in self.entries
            if (not show or entry.is_open == (show == OPEN))
            and (not year or entry.received_on.year == year)
        ]
