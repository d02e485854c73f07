"""Asking for a later date, saying no to an action, and answering that."""

from datetime import date
from typing import Any

from django import forms

from organisations.models import User
from organisations.queries import members_of
from recommendations.enums import ObjectionKind
from recommendations.extending import Standing, why_not_ask
from recommendations.forms.saying import TEXT_MAX
from recommendations.models import Objection
from recommendations.not_yet import REASON_MAX
from recommendations.objecting import ANSWER_OWED, REASON_OWED
from ui.forms import PlainForm

KEEP, NOBODY = "keep", "nobody"


class ExtensionForm(PlainForm, forms.Form):
    new_date = forms.DateField(
        label="Which date do you ask for?",
        error_messages={"required": "Enter a date."},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label="Why is more time needed?",
        max_length=TEXT_MAX,
        error_messages={"required": REASON_OWED},
        help_text="The committee decides on it. Every member can read it.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, standing: Standing, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing, self.today = standing, today

    def clean_new_date(self) -> date:
        wanted: date = self.cleaned_data["new_date"]
        problem = why_not_ask(wanted, self.standing, today=self.today)
        if problem:
            raise forms.ValidationError(problem)
        return wanted


class NotYetForm(PlainForm, forms.Form):
    reason = forms.CharField(
        label="Not yet, because",
        max_length=REASON_MAX,
        error_messages={"required": REASON_OWED},
        help_text=(
            "A sentence or two. Every member can read it, so leave out people's names and anything "
            "from a case."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ObjectionForm(PlainForm, forms.Form):
    kind = forms.ChoiceField(
        label="What stands in the way?",
        choices=ObjectionKind.choices,
        error_messages={"required": "Choose one of the two."},
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Why?",
        max_length=TEXT_MAX,
        error_messages={"required": REASON_OWED},
        help_text=(
            "It goes to the executive sponsor, and nobody reminds you until it is answered. "
            "Every member can read it."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AnswerForm(PlainForm, forms.Form):
    """What becomes of an objection: the same lead, somebody else, or nobody for now."""

    what = forms.ChoiceField(
        label="Who leads it from now on?", error_messages={"required": "Choose one."}
    )
    answer = forms.CharField(
        label="What do you answer?",
        max_length=TEXT_MAX,
        error_messages={"required": ANSWER_OWED},
        help_text="Say what changes: time, money, or who does it. Every member can read it.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, objection: Objection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = objection.action.recommendation.organisation
        members = [each.user for each in members_of(organisation) if each.user.is_active]
        self.people = {str(one.pk): one for one in members if one.pk != objection.lead_id}
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = [
            ("", "Choose"),
            (KEEP, f"{objection.lead.shown_name} is asked again"),
            (NOBODY, "Nobody for now"),
            *((pk, person.shown_name) for pk, person in self.people.items()),
        ]

    @property
    def is_reassigned(self) -> bool:
        return bool(self.cleaned_data["what"] != KEEP)

    @property
    def lead(self) -> User | None:
        return self.people.get(self.cleaned_data["what"])
