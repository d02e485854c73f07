"""Forms about pledges: they read and check, and never save."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from commitments import ledger, signing
from commitments.enums import Cadence, Choice, InvitationState, Kept
from commitments.models import Invitation, Pledge, Promise
from commitments.queries import organisations_of
from commitments.rhythm import Period, first_opening_words, period_holding, why_not_look_back
from commitments.who import Who
from organisations.models import Organisation, User
from ui.forms import NameField, PlainForm

LONGEST_STATEMENT = 5000
OF_A_WORDING = [
    (Choice.ADOPTED.value, "As it is"),
    (Choice.ADAPTED.value, "In my own words"),
    (Choice.LEFT_OUT.value, "Leave it out"),
]
TOO_MANY = f"That is more than {signing.MOST_OWN_PROMISES}. Keep the ones that matter most."
TOO_LONG = f"One of them has more than {signing.LONGEST_PROMISE} characters."


def day(label: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class WhoForm(PlainForm, forms.ModelForm):
    """Who makes the pledge: an organisation of one's own, or a name typed."""

    class Meta:
        model = Pledge
        fields = ("leader_name", "role_title", "organisation", "organisation_name")
        field_classes = dict.fromkeys(("leader_name", "role_title", "organisation_name"), NameField)
        labels = {
            "leader_name": "Your name",
            "role_title": "Your role",
            "organisation": "Your organisation",
            "organisation_name": "Name of your organisation",
        }
        help_texts = {
            "leader_name": "As it will stand on your pledge.",
            "role_title": "For example: chief executive.",
            "organisation": "Its coordinator can then confirm your name and role.",
        }
        widgets = {"leader_name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: forms.ModelChoiceField[Organisation] = self.fields["organisation"]  # type: ignore[assignment]
        own.queryset = organisations_of(user)
        own.empty_label = "Another one, or none"
        if self.instance.organisation_id:
            self.initial["organisation_name"] = ""
        if not own.queryset:
            del self.fields["organisation"]
        else:
            self.fields["organisation_name"].label = "Another organisation"

    def who(self) -> Who:
        values = self.cleaned_data
        return Who(
            name=values["leader_name"],
            role_title=values["role_title"],
            organisation=values.get("organisation"),
            organisation_name=values["organisation_name"],
        )


@dataclass(frozen=True)
class PromiseRow:
    """One promise as the page draws it: its text and its fields."""

    promise: Promise
    fields: tuple[forms.BoundField, ...]


class PromisesForm(PlainForm, forms.Form):
    own = forms.CharField(
        label="Promises of my own",
        required=False,
        help_text="One on each line.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    statement = forms.CharField(
        label="Why I make this pledge",
        required=False,
        max_length=LONGEST_STATEMENT,
        help_text="A few lines are enough. You can use Markdown.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(
        self, *args: Any, promises: Sequence[Promise], statement: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.promises = [promise for promise in promises if promise.wording_promise]
        for promise in self.promises:
            self._add_fields(promise)
        own = [promise.text for promise in promises if promise.choice == Choice.OWN]
        self.initial = {"own": "\n".join(own), "statement": statement}

    def _add_fields(self, promise: Promise) -> None:
        key = promise.wording_promise.key  # type: ignore[union-attr]
        self.fields[f"choice_{key}"] = forms.ChoiceField(
            label="This promise",
            choices=OF_A_WORDING,
            initial=promise.choice,
            widget=forms.RadioSelect,
        )
        self.fields[f"text_{key}"] = forms.CharField(
            label="My words",
            required=False,
            max_length=signing.LONGEST_PROMISE,
            initial=promise.text,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def rows(self) -> Iterator[PromiseRow]:
        for promise in self.promises:
            key = promise.wording_promise.key  # type: ignore[union-attr]
            yield PromiseRow(promise, (self[f"choice_{key}"], self[f"text_{key}"]))

    def clean_own(self) -> str:
        own = signing.own_promises(self.cleaned_data["own"])
        if len(own) > signing.MOST_OWN_PROMISES:
            raise forms.ValidationError(TOO_MANY)
        if any(len(line) > signing.LONGEST_PROMISE for line in own):
            raise forms.ValidationError(TOO_LONG)
        return "\n".join(own)

    def clean(self) -> None:
        for answer in self.answers():
            if answer.choice == Choice.ADAPTED and not answer.text.strip():
                self.add_error(f"text_{answer.key}", "Write it in your own words.")
        if self.errors:
            return
        choices = [answer.choice for answer in self.answers()]
        problem = signing.problem_with([*choices, *(Choice.OWN for _ in self.own_promises())])
        if problem:
            raise forms.ValidationError(problem)

    def answers(self) -> list[signing.Answer]:
        keys = [promise.wording_promise.key for promise in self.promises]  # type: ignore[union-attr]
        values = self.cleaned_data
        return [
            signing.Answer(key, Choice(values[f"choice_{key}"]), values[f"text_{key}"])
            for key in keys
            if f"choice_{key}" in values and f"text_{key}" in values
        ]

    def own_promises(self) -> list[str]:
        return signing.own_promises(self.cleaned_data["own"])


class RhythmForm(PlainForm, forms.Form):
    check_in_every = forms.TypedChoiceField(
        label="How often will you look back?",
        choices=Cadence.choices,
        coerce=Cadence,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints = {cadence.value: first_opening_words(today, cadence) for cadence in Cadence}
        self.fields["check_in_every"].choice_hints = hints  # type: ignore[attr-defined]


class SearchForm(PlainForm, forms.Form):
    q = forms.CharField(label="Name or organisation", required=False, max_length=100)


class InvitationForm(PlainForm, forms.ModelForm):
    held_on = day("When is it?")
    received_on = day("When did the invitation arrive?", required=True)
    asked_on = day(
        "When did you ask who is on the line-up?", help_text="Leave it empty if you have not yet."
    )

    class Meta:
        model = Invitation
        fields = ("title", "organiser", "held_on", "received_on", "asked_on")
        field_classes = {"title": NameField, "organiser": NameField}
        labels = {"title": "What were you invited to?", "organiser": "Who invited you?"}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["received_on"].initial = today

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if "received_on" in values and "asked_on" in values:
            move = ledger.Move(
                state=InvitationState.RECEIVED,
                received_on=values["received_on"],
                held_on=values.get("held_on"),
                asked_on=values["asked_on"],
                lineup_changed=False,
            )
            add_problems(self, ledger.problems_with_new(move, today=self.today))
        return values


class InvitationMoveForm(PlainForm, forms.Form):
    state = forms.TypedChoiceField(
        label="Where does it stand?",
        choices=InvitationState.choices,
        coerce=InvitationState,
        widget=forms.RadioSelect,
    )
    asked_on = day("When did you ask who is on the line-up?")
    lineup_changed = forms.BooleanField(label="The line-up changed after I asked", required=False)

    def __init__(self, *args: Any, invitation: Invitation, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation, self.today = invitation, today
        for name in self.fields:
            self.fields[name].initial = getattr(invitation, name)

    def clean(self) -> None:
        values = self.cleaned_data
        if "state" not in values or "asked_on" not in values:
            return
        move = ledger.Move(
            state=values["state"],
            received_on=self.invitation.received_on,
            held_on=self.invitation.held_on,
            asked_on=values["asked_on"],
            lineup_changed=values["lineup_changed"],
        )
        add_problems(self, ledger.problems_with(move, today=self.today))


def add_problems(form: forms.BaseForm, problems: Mapping[str, str]) -> None:
    for field, message in problems.items():
        form.add_error(field, message)


class CheckInForm(PlainForm, forms.Form):
    """Two fields for each promise, by its position, and the period they were asked about."""

    period = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, promises: Sequence[Promise], period: Period, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.promises, self.due = promises, period
        self.fields["period"].initial = period.first
        for promise in promises:
            self.fields[f"kept_{promise.position}"] = forms.TypedChoiceField(
                label="How did it go?",
                choices=Kept.choices,
                coerce=Kept,
                initial=Kept.NOTHING,
                widget=forms.RadioSelect,
            )
            self.fields[f"reflection_{promise.position}"] = forms.CharField(
                label="In a line: what happened, what will you try?",
                required=False,
                max_length=500,
            )

    def rows(self) -> Iterator[PromiseRow]:
        for promise in self.promises:
            names = (f"kept_{promise.position}", f"reflection_{promise.position}")
            yield PromiseRow(promise, tuple(self[name] for name in names))

    @property
    def words(self) -> str:
        """The time that was asked about, also when another one is open by now."""
        about = self.cleaned_data.get("period") if self.is_bound else None
        if about is None or about >= self.due.first:
            return self.due.words
        return period_holding(about, self.due.cadence).words

    def clean(self) -> None:
        """A form opened on the last evening of a month must not count for the next one."""
        problem = why_not_look_back(self.cleaned_data.get("period"), due=self.due)
        if problem:
            raise forms.ValidationError(problem)

    def answers(self) -> dict[int, tuple[Kept, str]]:
        values = self.cleaned_data
        return {
            promise.position: (
                values[f"kept_{promise.position}"],
                values[f"reflection_{promise.position}"],
            )
            for promise in self.promises
        }
