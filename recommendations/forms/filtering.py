"""The filters of the dashboard, and the day that it shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from recommendations.enums import Flag, Horizon, Level, State
from recommendations.filters import ACTIVITY_ONLY, Chosen
from recommendations.queries import Row
from ui.dates import in_full
from ui.forms import PlainForm

NEWLY = timedelta(days=30)
STATES = [*State.choices, (ACTIVITY_ONLY, "Closed: activity only")]
AT_ONCE = ("flag", "state", "theme", "owner")
"""These stand in sight; the others are folded away."""
NOT_A_DAY = "This is not a day that can be shown. Below is how it stands today."
FIRST_DAY = date(2000, 1, 1)
STILL_TO_COME = "This day is still to come. Below is how it stands today."


@dataclass(frozen=True)
class Select:
    """One filter; each option is its value, its label and whether it is chosen."""

    id: str
    name: str
    label: str
    options: list[tuple[str, str, bool]]

    @property
    def is_chosen(self) -> bool:
        return any(value and chosen for value, _, chosen in self.options)


class FilterForm(PlainForm, forms.Form):
    """Read from the address; a value that means nothing is left aside, never an error page.

    `day`: the one that the rows tell of; None is today.
    """

    flag = forms.ChoiceField(label="Needs attention", required=False)
    state = forms.ChoiceField(label="State", required=False)
    theme = forms.ChoiceField(label="Theme", required=False)
    owner = forms.ChoiceField(label="Lead or sponsor", required=False)
    source = forms.ChoiceField(label="Source", required=False)
    level = forms.ChoiceField(label="Level", required=False)
    horizon = forms.ChoiceField(label="How soon", required=False)
    phase = forms.ChoiceField(label="Phase", required=False)
    since = forms.DateField(required=False)

    def __init__(
        self, *args: Any, rows: Iterable[Row], day: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.day = day or timezone.localdate()
        self.offered: dict[str, list[tuple[str, str]]] = {}
        rows = list(rows)
        people = {person for row in rows for person in row.people}
        by_name = sorted(people, key=lambda person: person.shown_name.casefold())
        self._offer("flag", "Everything", Flag.choices)
        self._offer("state", "Every state", STATES)
        self._offer("theme", "Every theme", [(t, t) for t in dict.fromkeys(r.theme for r in rows)])
        self._offer("owner", "Everybody", [(str(p.pk), p.shown_name) for p in by_name])
        self._offer_what_differs(rows)

    def _offer_what_differs(self, rows: list[Row]) -> None:
        """Where there is something to choose from."""
        of = [row.recommendation for row in rows]
        sources = dict.fromkeys((str(each.source_id), each.source.title) for each in of)
        self._offer("source", "Every source", sources if len(sources) > 1 else ())
        levels = {row.sorting.level for row in rows}
        self._offer("level", "Every level", [c for c in Level.choices if c[0] in levels])
        horizons = {row.sorting.horizon for row in rows}
        self._offer("horizon", "All", [c for c in Horizon.choices if c[0] in horizons])
        phases = sorted({row.sorting.phase for row in rows} - {""})
        self._offer("phase", "Every phase", [(each, f"Phase {each}") for each in phases])

    def _offer(self, name: str, everything: str, choices: Iterable[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        self.offered[name] = [("", everything), *((str(v), str(label)) for v, label in choices)]
        field.choices = self.offered[name]

    @property
    def selects(self) -> list[Select]:
        """Plain values for the page: a widget renders each option from a template of its own."""
        return [self._select(name) for name in AT_ONCE]

    @property
    def more_selects(self) -> list[Select]:
        return [
            self._select(name)
            for name, choices in self.offered.items()
            if name not in AT_ONCE and len(choices) > 1
        ]

    def _select(self, name: str) -> Select:
        chosen = self.cleaned_data.get(name, "")
        return Select(
            id=f"id_{name}",
            name=name,
            label=str(self.fields[name].label),
            options=[(value, label, value == chosen) for value, label in self.offered[name]],
        )

    @property
    def is_more_chosen(self) -> bool:
        return any(select.is_chosen for select in self.more_selects)

    def chosen(self) -> Chosen:
        self.is_valid()
        since: date | None = self.cleaned_data.get("since")
        return Chosen.of(self.cleaned_data, since=since or self.day - NEWLY)


class AsAtForm(PlainForm, forms.Form):
    """A day on which the dashboard is to be seen. A day to come is refused in words."""

    as_at = forms.DateField(
        label="See it as it stood on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": NOT_A_DAY},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["as_at"].widget.attrs["max"] = today.isoformat()

    def clean_as_at(self) -> date | None:
        day: date | None = self.cleaned_data["as_at"]
        if day and day > self.today:
            raise forms.ValidationError(STILL_TO_COME)
        if day and day < FIRST_DAY:
            raise forms.ValidationError(NOT_A_DAY)
        return day

    def past_day(self) -> date | None:
        """None for today, and for what means no day."""
        day: date | None = self.cleaned_data.get("as_at") if self.is_valid() else None
        return day if day and day < self.today else None

    @property
    def problem(self) -> str:
        return " ".join(str(each) for each in self.errors.get("as_at", []))

    @property
    def typed(self) -> str:
        """As it goes back into the field, which takes days alone."""
        day = self.past_day()
        return day.isoformat() if day else ""

    @property
    def in_words(self) -> str:
        day = self.past_day()
        return in_full(day) if day else ""
