"""What is typed into the registers: assessments and partners."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from organisations.models import Organisation
from recommendations.assessing import why_not_review
from recommendations.enums import Paid, Stage
from recommendations.forms.indicators import recommendations_to_pick
from recommendations.forms.picking import Pick, PickingForm
from recommendations.measured import why_not_date
from recommendations.models import Action, Assessment, Partner
from recommendations.queries.registers import actions_of
from ui.forms import NameField, VersionedForm

TEXT_MAX = 4000
TEXTS = ("subject", "stage", "consulted", "findings")
OF_A_PARTNER = (
    "name", "on", "purpose", "is_joint_bid", "paid", "words", "words_may_be_shown",
)  # fmt: skip
LEAVE_OUT = "Leave out names and anything from a case."


def _named(action: Action) -> str:
    return f"{action.recommendation.reference} {action.title}".strip()


class AssessmentForm(PickingForm):
    subject = NameField(
        label="Subject", max_length=200, help_text="The policy, service or change it is about."
    )
    stage = forms.ChoiceField(
        label="How far is it?",
        choices=[choice for choice in Stage.choices if choice[0] != Stage.SIGNED_OFF],
        widget=forms.RadioSelect,
    )
    consulted = forms.CharField(
        label="Who was asked",
        required=False,
        max_length=TEXT_MAX,
        help_text=f"Groups and how they were asked. {LEAVE_OUT}",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    findings = forms.CharField(
        label="What was found",
        required=False,
        max_length=TEXT_MAX,
        help_text=f"Who is affected, and how. {LEAVE_OUT}",
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        pick = Pick(
            rows=actions_of(organisation),
            fields=("title", "recommendation__reference", "recommendation__title"),
            label=_named,
        )
        super().__init__(*args, pick=pick, label="Actions that follow from it", **kwargs)

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in TEXTS}


def initial_of_assessment(assessment: Assessment) -> dict[str, Any]:
    held = {name: getattr(assessment, name) for name in TEXTS}
    if held["stage"] == Stage.SIGNED_OFF:
        held["stage"] = Stage.FINDINGS
    picked = [str(pk) for pk in assessment.mitigations.values_list("pk", flat=True)]
    return held | {"picked": picked, "revision": assessment.revision}


class SignForm(VersionedForm):
    next_review = forms.DateField(
        label="Next review",
        help_text="When somebody looks at it again, within three years.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_next_review(self) -> date:
        day: date = self.cleaned_data["next_review"]
        if why := why_not_review(day, today=self.today):
            raise ValidationError(why)
        return day


class PartnerForm(PickingForm):
    name = NameField(label="Organisation", max_length=160)
    on = forms.DateField(
        label="Date", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    purpose = forms.CharField(
        label="What for", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_joint_bid = forms.BooleanField(label="It was a joint bid", required=False)
    paid = forms.ChoiceField(
        label="Were they paid?",
        choices=Paid.choices,
        initial=Paid.NOT_KNOWN,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="What they said of it",
        required=False,
        max_length=TEXT_MAX,
        help_text=f"In their own words. {LEAVE_OUT}",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    words_may_be_shown = forms.BooleanField(
        label="They agreed that other members may read this",
        required=False,
        help_text="Without it, only coordinators can.",
    )
    picked = forms.ChoiceField(required=False, widget=forms.RadioSelect)  # type: ignore[assignment]

    def __init__(self, *args: Any, organisation: Organisation, today: date, **kwargs: Any) -> None:
        self.today = today
        pick = recommendations_to_pick(organisation)
        super().__init__(*args, pick=pick, label="Recommendation it belongs to", **kwargs)
        picked = self.fields["picked"]
        assert isinstance(picked, forms.ChoiceField)
        picked.choices = [("", "None"), *list(picked.choices)]  # type: ignore[arg-type]

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if why := why_not_date(day, today=self.today):
            raise ValidationError(why)
        return day

    @property
    def recommendation(self) -> UUID | None:
        return UUID(self.cleaned_data["picked"]) if self.cleaned_data["picked"] else None

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in OF_A_PARTNER}


def initial_of_partner(partner: Partner) -> dict[str, Any]:
    linked = str(partner.recommendation_id or "")
    held = {name: getattr(partner, name) for name in OF_A_PARTNER}
    return held | {"picked": linked, "revision": partner.revision}
