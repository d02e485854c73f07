"""Who leads what, and by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.safestring import SafeString

from organisations.models import User
from organisations.queries import members_of
from recommendations.assignment import Assignment, Keep, why_not_propose
from recommendations.models import Action, Recommendation
from recommendations.planning import why_before
from ui.dates import in_full
from ui.forms import PlainForm

NOBODY = [("", "Nobody yet")]


@dataclass(frozen=True)
class ActionFields:
    """One action with the fields that are asked about it."""

    action: Action
    fields: list[forms.BoundField]


class AcceptForm(forms.Form):
    """The date that stood on the page when its lead said yes."""

    target_date = forms.DateField(required=False, widget=forms.HiddenInput)

    @property
    def shown_date(self) -> date | None:
        return self.cleaned_data.get("target_date") if self.is_valid() else None


class OwnersForm(PlainForm, forms.Form):
    """The sponsor, then a lead and a date for each action. An accepted date is not offered.

    The page also sends what it showed at first, so that only what somebody changed is written: two
    people at once do not undo each other.
    """

    sponsor = forms.ChoiceField(
        label="Executive sponsor",
        required=False,
        show_hidden_initial=True,
        help_text="Answers for it at executive level.",
    )

    def __init__(
        self, *args: Any, recommendation: Recommendation, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.began_on = recommendation.source.began_on
        self.actions: list[Action] = list(recommendation.actions.all())
        self.people = _people(recommendation, self.actions)
        choices = [*NOBODY, *((pk, person.shown_name) for pk, person in self.people.items())]
        sponsor = self.fields["sponsor"]
        assert isinstance(sponsor, forms.ChoiceField)
        sponsor.choices = choices
        sponsor.initial = str(recommendation.accountable_owner_id or "")
        for action in self.actions:
            self._add_fields(action, choices)

    def _add_fields(self, action: Action, choices: list[tuple[str, str]]) -> None:
        number = action.position
        self.fields[f"lead_{number}"] = forms.ChoiceField(
            label="Lead",
            help_text=self._about_date(action),
            choices=choices,
            required=False,
            initial=str(action.responsible_owner_id or ""),
            show_hidden_initial=True,
        )
        if action.accepted_at is None:
            self.fields[f"date_{number}"] = forms.DateField(
                label="Proposed date",
                required=False,
                initial=action.target_date,
                show_hidden_initial=True,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )

    @staticmethod
    def _about_date(action: Action) -> str:
        if action.accepted_at is None or action.target_date is None:
            return "The date is a draft until the lead accepts it."
        return f"The date of {in_full(action.target_date)} was accepted. It stands."

    @property
    def parts(self) -> list[ActionFields]:
        """For the page, which writes the titles: crispy would run them as templates."""
        return [
            ActionFields(action, [self[name] for name in _names(action) if name in self.fields])
            for action in self.actions
        ]

    def shown_at_first(self) -> list[SafeString]:
        return [field.as_hidden(only_initial=True) for field in self]

    def clean(self) -> dict[str, Any]:
        for action in self.actions:
            wanted = self._date(action)
            if isinstance(wanted, Keep):
                continue
            problem = why_not_propose(
                wanted,
                present=action.target_date,
                is_accepted=action.accepted_at is not None,
                today=self.today,
            )
            if wanted != action.target_date:
                problem = problem or why_before(wanted, self.began_on)
            if problem:
                self.add_error(f"date_{action.position}", problem)
        return self.cleaned_data

    @property
    def chosen_sponsor(self) -> User | Keep | None:
        return self._person("sponsor")

    @property
    def assignments(self) -> list[Assignment]:
        return [
            Assignment(action=action.pk, lead=self._lead(action), target_date=self._date(action))
            for action in self.actions
        ]

    def _person(self, name: str) -> User | Keep | None:
        if name not in self.changed_data:
            return Keep.AS_IT_IS
        return self.people.get(self.cleaned_data[name])

    def _lead(self, action: Action) -> UUID | Keep | None:
        person = self._person(f"lead_{action.position}")
        return person.pk if isinstance(person, User) else person

    def _date(self, action: Action) -> date | Keep | None:
        """An accepted date is not asked for, and so is not changed."""
        name = f"date_{action.position}"
        return self.cleaned_data.get(name) if name in self.changed_data else Keep.AS_IT_IS


def _names(action: Action) -> tuple[str, str]:
    return f"lead_{action.position}", f"date_{action.position}"


def _people(recommendation: Recommendation, actions: Iterable[Action]) -> dict[str, User]:
    """Current members, and whoever already holds a part of it though they have left."""
    holders = [recommendation.accountable_owner, *(a.responsible_owner for a in actions)]
    members = [each.user for each in members_of(recommendation.organisation)]
    return {str(person.pk): person for person in [*members, *holders] if person}
