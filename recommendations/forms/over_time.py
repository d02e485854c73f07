"""Which periods the dashboard over time shows, as its address names them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms

from recommendations.over_time import (
    AHEAD,
    MONTHS,
    PERIODS,
    Period,
    moved_by,
    period_of,
    periods_until,
)

FIRST_YEAR = 2000


@dataclass(frozen=True)
class Window:
    """Twelve periods. `furthest`: the last that can be seen, some of it still to come."""

    by: str
    last: Period
    furthest: Period
    today: date

    @property
    def periods(self) -> list[Period]:
        return periods_until(self.last, MONTHS[self.by])

    @property
    def is_moved(self) -> bool:
        return self.last != self.furthest

    @property
    def address(self) -> str:
        return self._address(self.last)

    @property
    def older(self) -> str:
        return self._address(moved_by(self.last, -PERIODS, MONTHS[self.by]))

    @property
    def newer(self) -> str:
        if not self.is_moved:
            return ""
        later = moved_by(self.last, PERIODS, MONTHS[self.by])
        return self._address(min(later, self.furthest, key=lambda period: period.last))

    def _address(self, last: Period) -> str:
        return f"?{urlencode({'by': self.by, 'to': last.last.isoformat()})}"


class OverTimeForm(forms.Form):
    by = forms.ChoiceField(choices=[(name, name) for name in MONTHS], required=False)
    to = forms.DateField(required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_to(self) -> date | None:
        day: date | None = self.cleaned_data["to"]
        if day and day.year < FIRST_YEAR:
            raise forms.ValidationError("Too long ago.")
        return day

    def window(self) -> Window:
        by = self.cleaned_data["by"] or "quarter"
        months = MONTHS[by]
        furthest = moved_by(period_of(self.today, months), AHEAD, months)
        asked = min(self.cleaned_data["to"] or furthest.last, furthest.last)
        return Window(by, period_of(asked, months), furthest, self.today)
