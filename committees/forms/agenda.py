"""Forms about the agenda of a meeting."""

from typing import Any

from django import forms

from committees.forms.plain import CommitteeForm
from committees.models import AgendaItem
from committees.ordering import Way
from committees.queries.agenda import linkable_actions, linkable_recommendations
from organisations.models import Organisation
from recommendations.models import Action, Recommendation
from ui.forms import NameField, VersionedForm

NOTHING = [("", "Nothing")]


class AgendaItemForm(CommitteeForm, forms.Form):
    """`item`: the one that is changed; a standing one keeps its title."""

    title = NameField(
        max_length=200,
        label="What is it about?",
        error_messages={"required": "Say what it is about."},
    )
    recommendation = forms.ChoiceField(label="Which recommendation?", required=False)
    action = forms.ChoiceField(
        label="Does it count towards something that happens regularly?",
        required=False,
        help_text="Once the meeting is recorded as held and this as covered, it counts.",
    )

    def __init__(
        self, *args: Any, organisation: Organisation, item: AgendaItem | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", _as_it_is(item) if item else {})
        super().__init__(*args, **kwargs)
        self.recommendations = {
            str(each.pk): each for each in linkable_recommendations(organisation)
        }
        self.regular = {str(each.pk): each for each in linkable_actions(organisation)}
        self._offer("recommendation", [(pk, str(row)) for pk, row in self.recommendations.items()])
        self._offer("action", [(pk, _called(action)) for pk, action in self.regular.items()])
        if item is not None and item.is_standing:
            del self.fields["title"]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*NOTHING, *choices]
        if not choices:
            del self.fields[name]

    def clean_recommendation(self) -> Recommendation | None:
        return self.recommendations.get(self.cleaned_data["recommendation"])

    def clean_action(self) -> Action | None:
        return self.regular.get(self.cleaned_data["action"])

    @property
    def asked(self) -> dict[str, Any]:
        return {"title": "", "recommendation": None, "action": None, **self.cleaned_data}


class AgendaItemEditForm(VersionedForm, AgendaItemForm):
    @property
    def asked(self) -> dict[str, Any]:
        asked = super().asked
        return asked | {"over_revision": asked.pop("revision")}


class WayForm(forms.Form):
    """Which of the two buttons was pressed."""

    way = forms.ChoiceField(choices=[(way.value, way.value) for way in Way])


def _as_it_is(item: AgendaItem) -> dict[str, Any]:
    return {
        "title": item.title,
        "recommendation": str(item.recommendation_id or ""),
        "action": str(item.action_id or ""),
        "revision": item.revision,
    }


def _called(action: Action) -> str:
    return f"{action.recommendation.reference} {action.title}"
