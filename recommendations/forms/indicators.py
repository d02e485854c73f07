"""What is typed about an indicator."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from organisations.models import Organisation
from recommendations.cells import MINIMUM
from recommendations.effect import plain
from recommendations.enums import Better, IndicatorKind
from recommendations.forms.picking import Pick, PickingForm
from recommendations.models import Indicator, Recommendation
from ui.dates import is_within_reach
from ui.forms import NameField

TEXT_MAX = 2000
MOST = Decimal("9999999999.99")
DATE_FIELD: dict[str, Any] = {"attrs": {"type": "date"}, "format": "%Y-%m-%d"}
DETAILS = (
    "kind", "name", "definition", "is_share", "unit", "better", "baseline", "baseline_on",
    "target", "target_on", "source",
)  # fmt: skip
COUNTS_PEOPLE = "This unit counts people. Choose “A number of people”."
FEW_AT_FIRST = "Enter 10 or more, or leave it blank. Fewer than 10 people are never shown."
SHARE, PEOPLE, NUMBER = "share", "people", "number"
OF_PEOPLE = frozenset({
    "candidates", "clients", "colleagues", "employees", "headcount", "members", "members of staff",
    "patients", "people", "person", "persons", "service users", "staff", "users", "workers",
})  # fmt: skip
"""As a unit each of these counts people, whatever else was chosen."""


def recommendations_to_pick(organisation: Organisation) -> Pick:
    return Pick(
        rows=organisation.recommendations.order_by("source__created_at", "position"),
        fields=("reference", "title"),
        label=_named,
    )


def _named(recommendation: Recommendation) -> str:
    return f"{recommendation.reference} {recommendation.title}".strip()


def _number(label: str, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        max_digits=12,
        decimal_places=2,
        help_text=help_text,
        error_messages={
            "invalid": "Enter a number, such as 25 or 4.5.",
            "max_decimal_places": "Use at most two decimals.",
            "max_digits": "This number is too large.",
            "max_whole_digits": "This number is too large.",
        },
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(**DATE_FIELD))


class IndicatorForm(PickingForm):
    kind = forms.ChoiceField(label="What does it tell of?", choices=IndicatorKind.choices)
    name = NameField(label="Name", max_length=160)
    definition = forms.CharField(
        label="Definition",
        max_length=TEXT_MAX,
        help_text="Who is counted, and how. When this changes, a new line begins: figures that "
        "were counted differently are not compared.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    measured_as = forms.ChoiceField(
        label="What does it measure?",
        choices=[
            (SHARE, "A share of people (n out of N)"),
            (PEOPLE, "A number of people"),
            (NUMBER, "Something else (days, pounds, a score)"),
        ],
        widget=forms.RadioSelect,
        help_text="Choose one of the first two for anything that counts people: fewer than 10 are "
        "never shown. Only a share can be recorded by category.",
    )
    unit = forms.CharField(
        label="Unit of the number",
        required=False,
        max_length=40,
        help_text="Such as days, or staff. A share has none.",
    )
    better = forms.ChoiceField(
        label="Which way is better?", choices=Better.choices, widget=forms.RadioSelect
    )
    baseline = _number(
        "Where it started",
        "For a share, a whole percentage of at least 10 people. Blank: the first figure.",
    )
    baseline_on = _day("As at")
    target = _number("Target", "For a share, a whole percentage.")
    target_on = _day("To be reached by")
    source = forms.CharField(
        label="Where the figures come from",
        max_length=200,
        help_text="Such as the yearly staff survey.",
    )

    def __init__(self, *args: Any, organisation: Organisation, today: date, **kwargs: Any) -> None:
        self.today = today
        pick = recommendations_to_pick(organisation)
        super().__init__(*args, pick=pick, label="Recommendations it belongs to", **kwargs)

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("baseline") is not None and not typed.get("baseline_on"):
            self._say("baseline_on", "Enter the day of the figure that it started from.")
        if typed.get("baseline_on") and typed.get("baseline") is None:
            self._say("baseline", "Enter the figure that it started from, or clear its date.")
        if typed.get("target_on") and typed.get("target") is None:
            self._say("target", "Enter the target, or clear its date.")
        if typed.get("measured_as") == SHARE:
            for name in ("baseline", "target"):
                self._check_percentage(name)
        elif typed.get("measured_as") == PEOPLE:
            self._check_people()
        elif " ".join(typed.get("unit", "").casefold().split()) in OF_PEOPLE:
            self._say("measured_as", COUNTS_PEOPLE)
        return typed

    def clean_baseline_on(self) -> date | None:
        day: date | None = self.cleaned_data["baseline_on"]
        if day and day > self.today:
            raise ValidationError("Enter a day that has come.")
        return self._within_reach(day)

    def clean_target_on(self) -> date | None:
        return self._within_reach(self.cleaned_data["target_on"])

    def _within_reach(self, day: date | None) -> date | None:
        if day and not is_within_reach(day, today=self.today):
            raise ValidationError("Choose a date within ten years of today.")
        return day

    def _check_percentage(self, name: str) -> None:
        number = self.cleaned_data.get(name)
        if number is not None and (number != int(number) or not 0 <= number <= 100):
            self._say(name, "Enter a whole number from 0 to 100, without a sign.")

    def _check_people(self) -> None:
        for name in ("baseline", "target"):
            number = self.cleaned_data.get(name)
            if number is not None and (number != int(number) or number < 0):
                self._say(name, "Enter a whole number of people.")
        baseline = self.cleaned_data.get("baseline")
        if baseline is not None and baseline < MINIMUM:
            self._say("baseline", FEW_AT_FIRST)

    def _say(self, name: str, problem: str) -> None:
        if name not in self.errors:
            self.add_error(name, problem)

    @property
    def details(self) -> dict[str, Any]:
        typed = self.cleaned_data
        unit = {SHARE: "", PEOPLE: typed["unit"] or "people", NUMBER: typed["unit"]}
        return {name: typed[name] for name in DETAILS if name in typed} | {
            "is_share": typed["measured_as"] == SHARE,
            "counts_people": typed["measured_as"] == PEOPLE,
            "unit": unit[typed["measured_as"]],
        }


def _measured_as(indicator: Indicator) -> str:
    if indicator.is_share:
        return SHARE
    return PEOPLE if indicator.counts_people else NUMBER


def initial_of(indicator: Indicator) -> dict[str, Any]:
    held = {name: getattr(indicator, name) for name in DETAILS}
    for name in ("baseline", "target"):
        held[name] = "" if held[name] is None else plain(held[name]).replace(",", "")
    picked = [str(pk) for pk in indicator.recommendations.values_list("pk", flat=True)]
    return held | {
        "measured_as": _measured_as(indicator),
        "picked": picked,
        "revision": indicator.revision,
    }
