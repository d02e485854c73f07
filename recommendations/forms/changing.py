"""Choosing several recommendations, and the one change that is made to all of them."""

from typing import Any
from uuid import UUID

from django import forms

from organisations.models import Organisation, User
from organisations.queries import members_of
from recommendations.forms.picking import as_uuid
from recommendations.models import Theme
from recommendations.queries.sources import themes_of
from ui.forms import PlainForm

NOBODY = [("", "Nobody yet")]
LEAD, SPONSOR, PHASE, THEME = "lead", "sponsor", "phase", "theme"
WHATS = [
    (LEAD, "The lead of every action"),
    (SPONSOR, "The executive sponsor"),
    (PHASE, "The phase"),
    (THEME, "The theme"),
]
PHASES = [("", "No phase"), *((str(n), f"Phase {n}") for n in range(1, 10))]


class ChangeForm(PlainForm, forms.Form):
    """The rows stand beside it on the page, each with its box."""

    what = forms.ChoiceField(label="What changes?", choices=WHATS, widget=forms.RadioSelect)
    person = forms.ChoiceField(
        label="Lead or sponsor",
        required=False,
        help_text="Somebody new has not accepted anything yet. Dates that stand stay.",
    )
    phase = forms.ChoiceField(label="Phase", required=False, choices=PHASES)
    theme = forms.ChoiceField(label="Theme", required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(m.user.pk): m.user for m in members_of(organisation)}
        self.themes = {str(each.pk): each for each in themes_of(organisation)}
        people = [(pk, user.shown_name) for pk, user in self.people.items()]
        self._offer("person", [*NOBODY, *people])
        named = [(pk, f"{each.title} ({each.source.title})") for pk, each in self.themes.items()]
        self._offer("theme", [("", "No theme"), *named])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def picked(self) -> list[UUID]:
        """What was ticked, as it was sent; rows of others are not found by the action."""
        sent: Any = self.data
        ticked = sent.getlist("picked") if self.is_bound else []
        return [key for each in ticked if (key := as_uuid(each))]

    @property
    def wanted(self) -> User | Theme | int | None:
        typed = self.cleaned_data
        if typed["what"] in (LEAD, SPONSOR):
            return self.people.get(typed["person"])
        if typed["what"] == THEME:
            return self.themes.get(typed["theme"])
        return int(typed["phase"]) if typed["phase"] else None
