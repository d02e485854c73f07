"""Forms about advice: asking, giving, answering, and the filters of the register."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from committees import refusals
from committees.enums import AdviceAnswer
from committees.forms.days import DayField
from committees.forms.plain import CommitteeForm
from committees.models import Group
from committees.queries.advice import ANSWERED, ASKED, UNANSWERED
from committees.queries.agenda import linkable_recommendations
from organisations.models import Organisation
from recommendations.models import Recommendation
from ui.dates import TOO_FAR, is_within_reach
from ui.forms import NameField

TEXT_MAX = 8000
STATES = [
    ("", "All advice"),
    (UNANSWERED, "Waiting for an answer"),
    (ASKED, "Asked for, not given yet"),
    (ANSWERED, "Answered"),
]


def _words(label: str, required: str, help_text: str, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=TEXT_MAX,
        help_text=help_text,
        error_messages={"required": required},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class _AboutAdvice(CommitteeForm, forms.Form):
    """Which group, what it is called and what it is about."""

    group = forms.ChoiceField(
        label="Which group?", error_messages={"required": "Choose the group."}
    )
    title = NameField(
        max_length=160,
        label="In a few words",
        error_messages={"required": "Say in a few words what it is about."},
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        groups: Iterable[Group],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(group.pk): group for group in groups}
        self.rows = {str(each.pk): each for each in linkable_recommendations(organisation)}
        self.fields["recommendations"] = forms.MultipleChoiceField(
            label="Which recommendations is it about?",
            required=False,
            choices=[(pk, str(row)) for pk, row in self.rows.items()],
            widget=forms.CheckboxSelectMultiple,
            help_text="None, one or several.",
        )
        if not self.rows:
            del self.fields["recommendations"]
        field = self.fields["group"]
        assert isinstance(field, forms.ChoiceField)
        named = [(pk, group.name) for pk, group in self.groups.items()]
        field.choices = named if len(named) == 1 else [("", "Choose one"), *named]

    def clean_group(self) -> Group:
        return self.groups[self.cleaned_data["group"]]

    def clean_recommendations(self) -> list[Recommendation]:
        return [self.rows[pk] for pk in self.cleaned_data["recommendations"]]

    @property
    def asked(self) -> dict[str, Any]:
        return {"recommendations": [], **self.cleaned_data}


class AskForm(_AboutAdvice):
    question = _words(
        "What do you want advice on?",
        "Say what you want advice on.",
        "A campaign, a statement, a bid. Say what is settled and what is still open.",
        7,
    )
    reply_by = DayField(
        label="Advice wanted by",
        required=False,
        help_text="Leave it empty when their next meeting is soon enough.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_reply_by(self) -> date | None:
        day: date | None = self.cleaned_data["reply_by"]
        if day is None:
            return None
        if day <= self.today:
            raise forms.ValidationError(refusals.REPLY_BY_PASSED)
        if not is_within_reach(day, today=self.today):
            raise forms.ValidationError(TOO_FAR)
        return day


class GiveForm(_AboutAdvice):
    text = _words(
        "Your advice",
        "Write your advice.",
        "It must be answered, with a reason, before your group's next meeting.",
        9,
    )


class ReplyForm(CommitteeForm, forms.Form):
    text = _words(
        "Your advice",
        "Write your advice.",
        "It must be answered, with a reason, before your group's next meeting.",
        9,
    )


class AnswerForm(CommitteeForm, forms.Form):
    answer = forms.ChoiceField(
        label="What do you do with it?",
        choices=AdviceAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the three."},
    )
    reason = _words(
        "Why?",
        "Say why, so that people know.",
        "What happens now, or why it does not. It cannot be changed afterwards.",
        5,
    )


class RegisterForm(CommitteeForm, forms.Form):
    """Read from the address; a value that means nothing is left aside, never an error page."""

    state = forms.ChoiceField(label="Which advice?", choices=STATES, required=False)
    group = forms.ChoiceField(label="Group", required=False)

    def __init__(self, *args: Any, groups: Iterable[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["group"]
        assert isinstance(field, forms.ChoiceField)
        named = [(str(group.pk), group.name) for group in groups]
        field.choices = [("", "Every group"), *named]

    @property
    def chosen_state(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("state", ""))

    @property
    def chosen_group(self) -> UUID | None:
        self.is_valid()
        chosen = self.cleaned_data.get("group")
        return UUID(chosen) if chosen else None
