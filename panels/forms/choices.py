"""What a coordinator says the organisation counts and aims for."""

from typing import Any

from django import forms

from panels.choices import HIGHEST, WOMEN_DEFINITIONS, Choices, aim, percent, problems
from panels.enums import Definition, Measure
from panels.thresholds import Thresholds
from ui.forms import PlainForm

OF_THE_FIELD = {Measure.WOMEN: "women", Measure.MINORITISED: "minoritised"}
WHOLE_NUMBER = "Enter a whole number, such as 50."
AT_MOST = f"Enter at most {HIGHEST}: that is everybody."


class PercentField(forms.IntegerField):
    """In whole percent. A text box, so that a slip stays on the page to be mended."""

    def __init__(self, *, label: str) -> None:
        super().__init__(
            label=label,
            min_value=1,
            max_value=HIGHEST,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={
                "invalid": WHOLE_NUMBER,
                "min_value": WHOLE_NUMBER,
                "max_value": AT_MOST,
                "required": WHOLE_NUMBER,
            },
        )

    def to_python(self, value: Any) -> int | None:
        """A number too long for Python to read is a number, and too large."""
        if isinstance(value, str) and value.strip().isdecimal() and len(value) > len(str(HIGHEST)):
            raise forms.ValidationError(AT_MOST)
        return super().to_python(value)


class ChoicesForm(PlainForm, forms.Form):
    """`cleaned_data["choices"]` is what was chosen."""

    women_definition = forms.ChoiceField(
        choices=[(one.value, one.label) for one in WOMEN_DEFINITIONS],
        widget=forms.RadioSelect,
        label="Whom do you count as women?",
    )
    women = PercentField(label="Your own aim for women, in %")
    minoritised = PercentField(label="Your own aim for people from minoritised communities, in %")

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "women_definition": choices.women_definition,
            "women": percent(choices.aims.women),
            "minoritised": percent(choices.aims.minoritised),
        }
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        typed = {m: aim(cleaned[name]) for m, name in OF_THE_FIELD.items() if name in cleaned}
        aims = Thresholds(**{OF_THE_FIELD[measure]: one for measure, one in typed.items()})
        for measure, problem in problems(aims).items():
            self.add_error(OF_THE_FIELD[measure], problem)
        if not self.errors:
            cleaned["choices"] = Choices(Definition(cleaned["women_definition"]), aims)
        return cleaned
