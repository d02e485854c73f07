"""What is written of a recommendation, and of what it depends on."""

from typing import Any

from django import forms

from recommendations.enums import Horizon, Level
from recommendations.forms.indicators import recommendations_to_pick
from recommendations.forms.picking import Pick, PickingForm
from recommendations.models import Recommendation, Source, Theme
from ui.forms import NameField, VersionedForm

DETAILS = ("reference", "title", "text", "theme", "is_finding", "level", "horizon", "phase")
MOST_OF_A_TEXT = 10_000
NOT_SAID = ("", "Not said")
ONE_THEME = "Choose a theme or name a new one, not both."


class RevisedForm(VersionedForm):
    """Knows also the page that it was opened as."""

    page = forms.UUIDField(widget=forms.HiddenInput)


class RecommendationForm(RevisedForm):
    reference = NameField(
        label="Reference", max_length=20, help_text="Such as 1.7. Each stands once in a source."
    )
    title = NameField(label="Title", max_length=160, help_text="In your own plain words.")
    text = forms.CharField(
        label="Original text",
        required=False,
        max_length=MOST_OF_A_TEXT,
        help_text="As the source says it. Left blank, it is the title.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    theme = forms.ChoiceField(label="Theme", required=False)
    new_theme = NameField(
        label="Or a new theme",
        required=False,
        max_length=160,
        help_text="It is added to the source.",
    )
    is_finding = forms.BooleanField(
        label="It is a finding",
        required=False,
        help_text="Findings are answered too, and counted apart from recommendations.",
    )
    level = forms.ChoiceField(label="Level", required=False, choices=[NOT_SAID, *Level.choices])
    horizon = forms.ChoiceField(
        label="How soon is it wanted?", required=False, choices=[NOT_SAID, *Horizon.choices]
    )
    phase = forms.IntegerField(
        label="Phase",
        required=False,
        min_value=1,
        max_value=9,
        help_text="From 1 to 9, where your plan has phases.",
        error_messages={
            "invalid": "Enter a whole number from 1 to 9.",
            "min_value": "Enter a whole number from 1 to 9.",
            "max_value": "Enter a whole number from 1 to 9.",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, source: Source, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes: dict[str, Theme] = {
            str(theme.pk): theme for theme in source.themes.order_by("position")
        }
        theme = self.fields["theme"]
        assert isinstance(theme, forms.ChoiceField)
        theme.choices = [("", "No theme"), *((pk, each.title) for pk, each in self.themes.items())]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("theme") and typed.get("new_theme"):
            self.add_error("new_theme", ONE_THEME)
        return typed

    @property
    def details(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {name: typed[name] for name in DETAILS} | {
            "theme": self.themes.get(typed["theme"]),
            "text": typed["text"] or typed["title"],
        }


def initial_of(one: Recommendation) -> dict[str, Any]:
    held = {name: getattr(one, name) for name in DETAILS}
    return held | {"theme": str(one.theme_id or ""), "revision": one.revision}


class DependenciesForm(PickingForm):
    """All of the organisation's, but the recommendation itself."""

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        pick = recommendations_to_pick(recommendation.organisation)
        others = Pick(pick.rows.exclude(pk=recommendation.pk), pick.fields, pick.label)
        super().__init__(*args, pick=others, label="It cannot be done before", **kwargs)
        self.fields["picked"].required = False
