"""Who takes over what somebody holds: each piece, or all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from organisations.models import Organisation, User
from organisations.queries import members_of
from recommendations.forms.saying import TEXT_MAX
from recommendations.handing_over import NOBODY_CHOSEN, NOTE_OWED, Passing
from recommendations.queries.handing_over import Held
from ui.forms import PlainForm


@dataclass(frozen=True)
class Part:
    """One piece with the fields that are asked about it."""

    held: Held
    fields: list[forms.BoundField]


class HandOverForm(PlainForm, forms.Form):
    """What is chosen for one piece goes before what is chosen for all."""

    to_all = forms.ChoiceField(label="Who takes over?", required=False)
    note_all = forms.CharField(
        label="A note for whoever takes over",
        required=False,
        max_length=TEXT_MAX,
        help_text=(
            "How far it is, and what comes next. Every member can read it, so leave out people's "
            "names and anything from a case."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        person: User,
        held: Iterable[Held],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.held = list(held)
        members = [each.user for each in members_of(organisation) if each.user.is_active]
        self.people = {str(one.pk): one for one in members if one.pk != person.pk}
        self.choices = [(pk, someone.shown_name) for pk, someone in self.people.items()]
        self._offer("to_all", "Nobody for all of them")
        for each in self.held:
            self._add_fields(each)

    def _offer(self, name: str, nobody: str) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", nobody), *self.choices]

    def _add_fields(self, held: Held) -> None:
        to, note = _names(held)
        self.fields[to] = forms.ChoiceField(label="Who takes over?", required=False)
        self._offer(to, "As chosen for all")
        self.fields[note] = forms.CharField(
            label="Note",
            required=False,
            max_length=TEXT_MAX,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def parts(self) -> list[Part]:
        """For the page, which writes the titles: crispy would run them as templates."""
        return [Part(each, [self[name] for name in _names(each)]) for each in self.held]

    def clean(self) -> dict[str, Any]:
        if self.errors:
            return self.cleaned_data
        if not self.chosen:
            self.add_error("to_all", NOBODY_CHOSEN)
        for each in self.chosen:
            if not self._note(each).strip():
                self.add_error(_names(each)[1], NOTE_OWED)
        return self.cleaned_data

    @property
    def chosen(self) -> list[Held]:
        return [each for each in self.held if self._to(each)]

    def _to(self, held: Held) -> str:
        said: dict[str, str] = self.cleaned_data
        return said.get(_names(held)[0]) or said.get("to_all", "")

    def _note(self, held: Held) -> str:
        said: dict[str, str] = self.cleaned_data
        return said.get(_names(held)[1]) or said.get("note_all", "")

    @property
    def passings(self) -> list[Passing]:
        return [
            Passing(
                recommendation=each.recommendation.pk,
                action=each.action.pk if each.action else None,
                to=self.people[self._to(each)].pk,
                note=self._note(each),
            )
            for each in self.chosen
        ]


def _names(held: Held) -> tuple[str, str]:
    return f"to_{held.key}", f"note_{held.key}"
