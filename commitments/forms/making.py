"""The words of a pledge: who makes it, and what it promises."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.signing import BadSignature, Signer

from commitments import signing
from commitments.enums import Choice
from commitments.forms.revision import RevisedForm
from commitments.models import Pledge, Promise
from commitments.queries import organisations_of
from commitments.who import Who
from organisations.models import Organisation, User
from ui.forms import NameField, PlainForm

SIGNER = Signer(salt="commitments.start")
OF_A_WORDING = [
    (Choice.ADOPTED.value, "As it is"),
    (Choice.ADAPTED.value, "In my own words"),
    (Choice.LEFT_OUT.value, "Leave it out"),
]
TOO_MANY = f"That is more than {signing.MOST_OWN_PROMISES}. Keep the ones that matter most."
TOO_LONG = f"One of them has more than {signing.LONGEST_PROMISE} characters."


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

    def __init__(self, *args: Any, user: User | None, **kwargs: Any) -> None:
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


class StartForm(WhoForm):
    """With the number that the draft will have: sent twice, it makes one draft."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = SIGNER.sign(str(uuid4()))

    def clean_key(self) -> UUID:
        """Signed, so that nobody can name somebody else's; one that is not ours makes a draft of
        its own."""
        try:
            return UUID(SIGNER.unsign(self.cleaned_data["key"]))
        except BadSignature:
            return uuid4()


@dataclass(frozen=True)
class PromiseRow:
    """One promise as the page draws it: its text and its fields."""

    promise: Promise
    fields: tuple[forms.BoundField, ...]


class PromisesForm(RevisedForm):
    """Takes the promises of a text with `wording_promise` read along."""

    def __init__(self, *args: Any, promises: Sequence[Promise], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.promises = [promise for promise in promises if promise.wording_promise]
        for promise in self.promises:
            self._add_fields(promise)

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

    def clean(self) -> None:
        for answer in self.answers():
            if answer.choice == Choice.ADAPTED and not answer.text.strip():
                self.add_error(f"text_{answer.key}", "Write it in your own words.")

    def answers(self) -> list[signing.Answer]:
        keys = [promise.wording_promise.key for promise in self.promises]  # type: ignore[union-attr]
        values = self.cleaned_data
        return [
            signing.Answer(key, Choice(values[f"choice_{key}"]), values[f"text_{key}"])
            for key in keys
            if f"choice_{key}" in values and f"text_{key}" in values
        ]


class OwnForm(RevisedForm):
    """`of_the_wording`: what was chosen of the other promises, for one at least must be kept."""

    own = forms.CharField(
        label="Promises of my own",
        required=False,
        help_text="One on each line.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    statement = forms.CharField(
        label="Why I make this pledge",
        required=False,
        max_length=signing.LONGEST_STATEMENT,
        help_text="A few lines are enough. You can use Markdown: **bold**, a list whose lines begin"
        " with -, and [links](https://…).",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, of_the_wording: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of_the_wording = of_the_wording

    def clean_own(self) -> str:
        own = signing.own_promises(self.cleaned_data["own"])
        if len(own) > signing.MOST_OWN_PROMISES:
            raise forms.ValidationError(TOO_MANY)
        if any(len(line) > signing.LONGEST_PROMISE for line in own):
            raise forms.ValidationError(TOO_LONG)
        problem = signing.problem_with([*self.of_the_wording, *(Choice.OWN for _ in own)])
        if problem:
            raise forms.ValidationError(problem)
        return "\n".join(own)

    def own_promises(self) -> list[str]:
        return signing.own_promises(self.cleaned_data["own"])
