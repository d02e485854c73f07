"""What people type about who is on a line-up: numbers of people, never names."""

from dataclasses import asdict
from dataclasses import fields as fields_of
from typing import Any

from django import forms

from panels import audit, entry
from panels.enums import Basis, Definition, GatheringKind, Measure
from panels.results import listed
from ui.forms import PlainForm

MOST_PEOPLE = 10_000
LONGEST_NUMBER = 100
WOMEN_BASES = [
    ("", "Choose"),
    *((basis.value, basis.label) for basis in Basis if basis in audit.EVIDENCE[Measure.WOMEN]),
]
NUMBERS = {
    "women": "Women",
    "not_women": "Not women",
    "minoritised": "From a minoritised community",
    "not_minoritised": "Not from one",
}
WITH_NON_BINARY = {"women": "Women and non-binary people", "not_women": "Neither"}
NO_BASIS = {
    Measure.WOMEN: (
        "women_basis",
        "Say where these numbers come from. If nobody said, leave them blank.",
    ),
    Measure.MINORITISED: (
        "told",
        "Tick this if it is so. If it is not, leave these numbers blank: they stay not known.",
    ),
}
OF_WOMEN = ("women", "not_women")
WITHIN = {"whole": "", "main_stage": "Main stage", "beside": "Chair and moderators"}
PREFIXES = {"whole": "", "main_stage": "main_", "beside": "beside_"}


class PeopleField(forms.IntegerField):
    """A number of people. A text box, so that a slip stays on the page to be mended."""

    def __init__(
        self, *, label: str, within: str = "", required: bool = False, least: int = 0
    ) -> None:
        """`within` names the part of the page in messages, where the label alone would not."""
        self.called = f"{within}, {label.lower()}" if within else label
        asks = f"Enter {label[0].lower()}{label[1:-1]}: " if label.endswith("?") else "Enter "
        super().__init__(
            label=label,
            required=required,
            min_value=least,
            max_value=MOST_PEOPLE,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={
                "invalid": f"{asks}a whole number, such as 4.",
                "min_value": f"{asks}%(limit_value)s or more.",
                "max_value": f"{asks}at most {MOST_PEOPLE:,}.",
                "required": f"{asks.rstrip(': ')}.",
            },
        )

    def to_python(self, value: Any) -> int | None:
        """A number too long for Python to read is a number, and too large."""
        if isinstance(value, str) and len(value) > LONGEST_NUMBER and value.strip().isdecimal():
            raise forms.ValidationError(self.error_messages["max_value"])
        return super().to_python(value)


class LineUpForm(PlainForm, forms.Form):
    """Numbers of people in, a line-up for the rules out: `cleaned_data["line_up"]`."""

    keeps_basis = False
    folds_main_stage = False
    told = forms.BooleanField(
        required=False, label="Each person told us, and knows that it is counted"
    )

    def __init__(
        self,
        *args: Any,
        kind: GatheringKind,
        women_definition: Definition = Definition.WOMEN,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.women_definition = women_definition
        labels = NUMBERS | WITH_NON_BINARY if self.is_with_non_binary else NUMBERS
        for part in self.parts:
            prefix, within = PREFIXES[part], WITHIN[part]
            self.fields[prefix + "people"] = PeopleField(label="People", within=within)
            for name, label in labels.items():
                self.fields[prefix + name] = PeopleField(label=label, within=within)
        self.fields["people"] = PeopleField(label=self.question, required=True, least=1)
        self.order_fields(["people", "women", "not_women", "women_basis", "told"])

    @property
    def is_with_non_binary(self) -> bool:
        return self.women_definition == Definition.WOMEN_AND_NON_BINARY

    @property
    def is_standing(self) -> bool:
        return self.kind in audit.STANDING_GROUPS

    @property
    def question(self) -> str:
        return "How many have a vote?" if self.is_standing else "How many people speak?"

    @property
    def parts(self) -> tuple[str, ...]:
        stage = ("main_stage",) if self.kind in entry.STAGED else ()
        return ("whole", *stage) if self.is_standing else ("whole", *stage, "beside")

    @property
    def minoritised_definition(self) -> str:
        return str(Definition.MINORITISED_SELF_DEFINED.label)

    @property
    def counted_roles(self) -> str:
        return listed(audit.counted_roles(self.kind))

    @property
    def beside_roles(self) -> str:
        return listed(audit.beside_roles(self.kind))

    @property
    def has_main_stage(self) -> bool:
        return "main_stage" in self.parts

    @property
    def has_beside(self) -> bool:
        return "beside" in self.parts

    @property
    def beside_is_open(self) -> bool:
        return self._is_open(PREFIXES["beside"])

    @property
    def main_stage_is_open(self) -> bool:
        return self._is_open(PREFIXES["main_stage"])

    def _is_open(self, prefix: str) -> bool:
        """Unfolded when it holds something typed, or a mistake."""
        boxes = [self[name] for name in self.fields if name.startswith(prefix)]
        return any(box.value() or box.errors for box in boxes)

    @property
    def is_untold(self) -> bool:
        """Numbers were typed that cannot be used."""
        return Measure.MINORITISED in entry.without_basis(self.typed())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            typed = self.typed()
            for problem in entry.problems(typed):
                self.add_error(PREFIXES[problem.part] + problem.field, problem.message)
            cleaned["line_up"] = None if self.errors else entry.line_up(typed)
        return cleaned

    def typed(self) -> entry.Typed:
        return entry.Typed(
            kind=self.kind,
            women_basis=self._women_basis(),
            told=self.cleaned_data["told"],
            women_definition=self.women_definition,
            **{part: self._typed_part(PREFIXES[part]) for part in self.parts},
        )

    def _women_basis(self) -> Basis:
        """On the public check whoever types it says it."""
        return Basis.ORGANISER_STATED

    def _typed_part(self, prefix: str) -> entry.TypedPart:
        names = [field.name for field in fields_of(entry.TypedPart)]
        return entry.TypedPart(**{name: self.cleaned_data[prefix + name] for name in names})


class CountForm(LineUpForm):
    """A count that is kept, with where it comes from; nothing guessed gets in."""

    keeps_basis = True
    women_basis = forms.ChoiceField(
        choices=WOMEN_BASES, required=False, label="Where this count comes from"
    )
    typed_over = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            for measure in entry.without_basis(self.typed()):
                self.add_error(*NO_BASIS[measure])
        return cleaned

    def _women_basis(self) -> Basis:
        return Basis(self.cleaned_data["women_basis"] or Basis.NOT_KNOWN)


def initial_numbers(line_up: audit.LineUp, women_definition: Definition) -> dict[str, Any]:
    """A form's first values from a count, for whoever typed it.

    Numbers of women are left out where others are counted now: they are not those numbers.
    """
    typed = entry.typed_again(line_up)
    left_out = set() if typed.women_definition == women_definition else set(OF_WOMEN)
    numbers = {
        PREFIXES[name] + field: value
        for name, part in typed.parts.items()
        for field, value in asdict(part).items()
        if field not in left_out
    }
    basis = "" if left_out or typed.women_basis == Basis.NOT_KNOWN else typed.women_basis
    return {**numbers, "women_basis": basis, "told": typed.told}
