"""Forms for recording what the committee decides, and for the list of decisions."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from crispy_forms.layout import Layout
from django import forms

from committees import deciding
from committees.enums import DecisionKind
from committees.forms.days import DayField
from committees.forms.plain import CommitteeForm
from committees.models import Meeting
from committees.queries.eligible import Board
from recommendations.enums import Response, Ruling
from recommendations.extending import Standing, why_not_ask

TEXT_MAX = 4000
REASON_HELP = "Every member can read it, and it goes into the minutes. Leave out people's names."
UNLESS_APPROVED = f"Needed unless it is approved. {REASON_HELP}"
UNLESS_ACCEPTED = f"Needed for anything less than a yes. {REASON_HELP}"
RESPONSES = [choice for choice in Response.choices if choice[0] != Response.NONE_YET]


class _AtMeetingForm(CommitteeForm, forms.Form):
    """Which meeting, and why. Where somebody may decide at none, all of them can be named: what
    is refused then is refused with its reason."""

    shown: tuple[str, ...] = ("meeting", "reason")
    about_reason = REASON_HELP
    meeting = forms.ChoiceField(
        label="At which meeting?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose the meeting.",
            "invalid_choice": "Choose one of these meetings.",
        },
    )
    reason = forms.CharField(
        label="Why?",
        required=False,
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, board: Board, pack: str = "", **kwargs: Any) -> None:
        """pack: from whose page somebody comes; of no meeting on offer, it says nothing."""
        offered = board.free or board.standings
        if offered:
            first = next((each for each in offered if is_of(pack, each.meeting)), offered[0])
            kwargs.setdefault("initial", {"meeting": str(first.meeting.pk)})
        super().__init__(*args, **kwargs)
        self.meetings = {str(each.meeting.pk): each.meeting for each in offered}
        field = self.fields["meeting"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(pk, called(meeting)) for pk, meeting in self.meetings.items()]
        self.fields["reason"].help_text = self.about_reason
        # Each ruling has a button of its own.
        self.helper.layout = Layout(*self.shown)

    def clean_meeting(self) -> Meeting:
        return self.meetings[self.cleaned_data["meeting"]]

    def refuse_reason(self, problem: str) -> None:
        if problem and "reason" in self.cleaned_data:
            self.add_error("reason", problem)

    @property
    def asked(self) -> dict[str, Any]:
        """For the action. A pack that was frozen for the meeting is what it was decided on."""
        return {**self.cleaned_data, "pack": getattr(self.cleaned_data["meeting"], "pack", None)}


def is_of(pack: str, meeting: Meeting) -> bool:
    made = getattr(meeting, "pack", None)
    return made is not None and str(made.pk) == pack


def called(meeting: Meeting) -> str:
    return f"{meeting.date.day} {meeting.date:%B %Y}, {meeting.group.name}"


class RulingForm(_AtMeetingForm):
    about_reason = UNLESS_APPROVED
    ruling = forms.ChoiceField(
        label="What was decided?",
        choices=Ruling.choices,
        error_messages={"required": "Choose what was decided."},
    )

    def clean(self) -> dict[str, Any]:
        ruling = self.cleaned_data.get("ruling", "")
        self.refuse_reason(deciding.why_not_ruled(ruling, self.cleaned_data.get("reason", "")))
        return self.cleaned_data


class AnswerForm(_AtMeetingForm):
    about_reason = UNLESS_ACCEPTED
    response = forms.ChoiceField(
        label="What was decided?",
        choices=RESPONSES,
        error_messages={"required": "Choose what was decided."},
    )

    def clean(self) -> dict[str, Any]:
        response = self.cleaned_data.get("response", "")
        self.refuse_reason(deciding.why_not_answered(response, self.cleaned_data.get("reason", "")))
        return self.cleaned_data


class MoveForm(_AtMeetingForm):
    shown = ("new_date", "meeting", "reason")
    new_date = DayField(
        label="The new date",
        error_messages={"required": "Enter the new date.", "invalid": "Enter a real date."},
    )

    def __init__(self, *args: Any, standing: Standing, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing, self.today = standing, today
        reason = self.fields["reason"]
        reason.required = True
        reason.error_messages["required"] = deciding.REASON_OWED

    def clean_new_date(self) -> date:
        day: date = self.cleaned_data["new_date"]
        problem = why_not_ask(day, self.standing, today=self.today, is_own_motion=True)
        problem = problem or deciding.why_not_moved(self.standing.target, day, today=self.today)
        if problem:
            raise forms.ValidationError(problem)
        return day


class DecisionsForm(CommitteeForm, forms.Form):
    """Read from the address; a value that means nothing is left aside, never an error page."""

    kind = forms.ChoiceField(
        label="About", required=False, choices=[("", "Everything"), *DecisionKind.choices]
    )
    ruling = forms.ChoiceField(
        label="Decided", required=False, choices=[("", "Anything"), *Ruling.choices]
    )
    meeting = forms.ChoiceField(label="Meeting", required=False)

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "Every meeting"),
            *((str(each.pk), called(each)) for each in meetings),
        ]

    @property
    def chosen(self) -> dict[str, Any]:
        """What narrows the list."""
        self.is_valid()
        found = {name: self.cleaned_data.get(name, "") for name in self.fields}
        meeting = found["meeting"]
        return {**found, "meeting": UUID(meeting) if meeting else None}

    @property
    def is_chosen(self) -> bool:
        return any(self.chosen.values())
