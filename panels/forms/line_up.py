"""What people type about one session: what it is, and who has a seat in it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet
from django.utils import timezone

from panels.enums import SeatRole, Stage
from panels.models import Session
from panels.seating import (
    MOST_SEATS,
    SeatEntry,
    name_key,
    renamed,
    seated_twice,
    with_two_addresses,
)
from ui.dates import what_is_wrong_with_event
from ui.forms import NameField, PlainForm

BLANK_ROWS = 4
LONGEST = 24 * 60
TAKEN_AWAY = "DELETE"
SAME = "same"


class SessionForm(PlainForm, forms.Form):
    """`is_all_there_is`: a panel or standing group has one session, which is its line-up.

    `only_day`: of an event of one day, on which everything is that says no other.
    """

    title = NameField(max_length=300, label="Title")
    stage = forms.ChoiceField(
        choices=Stage.choices, widget=forms.RadioSelect, label="Where is it?", initial=Stage.OTHER
    )
    room = NameField(max_length=120, required=False, label="Room")
    day = forms.DateField(
        required=False,
        label="Day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    starts = forms.TimeField(
        required=False,
        label="Starts at",
        error_messages={"invalid": "Enter a time such as 14:30."},
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    minutes = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LONGEST,
        label="Minutes",
        error_messages={
            "invalid": "Enter a whole number, such as 45.",
            "min_value": "Enter 1 or more.",
            "max_value": f"Enter at most {LONGEST}: a day.",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        today: date,
        session: Session | None,
        is_all_there_is: bool,
        only_day: date | None,
        **kwargs: Any,
    ) -> None:
        self.today = today
        kwargs.setdefault("initial", initial_of(session, only_day))
        super().__init__(*args, **kwargs)
        if is_all_there_is:
            for name in ("title", "stage", "room", "day", "starts", "minutes"):
                del self.fields[name]

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        problem = what_is_wrong_with_event(day, today=self.today) if day else ""
        if problem:
            raise ValidationError(problem)
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("starts") and not cleaned.get("day") and "day" not in self.errors:
            self.add_error("day", "Enter the day that it starts on.")
        return cleaned

    def over(self, revision: int) -> None:
        """What was typed stays; saving it once more puts it over that version."""
        typed: Any = self.data
        sent = typed.copy()
        sent["revision"] = revision
        self.data = sent

    @property
    def details(self) -> dict[str, Any]:
        """Title, stage, room, start and length; nothing where the session is all there is."""
        typed = self.cleaned_data
        if "title" not in typed:
            return {}
        return {
            "title": typed["title"],
            "stage": Stage(typed["stage"]),
            "room": typed["room"],
            "starts_at": _moment(typed["day"], typed["starts"]),
            "has_time": bool(typed["starts"]) or not typed["day"],
            "minutes": typed["minutes"],
        }


def _moment(day: date | None, starts: time | None) -> datetime | None:
    """Of a day without a time its midnight."""
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day, starts or time()))


def initial_of(session: Session | None, only_day: date | None) -> dict[str, Any]:
    if session is None:
        return {"day": only_day, "stage": Stage.OTHER, "revision": 0}
    starts = timezone.localtime(session.starts_at) if session.starts_at else None
    return {
        "title": session.title,
        "stage": session.stage,
        "room": session.room,
        "day": starts.date() if starts else only_day,
        "starts": starts.time() if starts and session.has_time else None,
        "minutes": session.minutes,
        "revision": session.revision,
    }


class SeatForm(PlainForm, forms.Form):
    role = forms.ChoiceField(
        choices=[("", "Choose a role"), *SeatRole.choices], required=False, label="Role"
    )
    name = NameField(max_length=160, required=False, label="Name")
    email = forms.EmailField(
        max_length=254,
        required=False,
        label="Email",
        error_messages={"invalid": "Enter an address such as name@example.org."},
    )

    was = forms.CharField(max_length=160, required=False, widget=forms.HiddenInput)
    who = forms.ChoiceField(
        choices=[
            (SAME, "The same person: correct the name everywhere"),
            ("other", "Somebody else"),
        ],
        required=False,
        widget=forms.RadioSelect,
        label="Who is it?",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs |= {"list": "people-here", "autocomplete": "off"}
        self.fields["email"].widget.attrs |= {"autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("role") and "role" not in self.errors and not self.is_taken_away:
            if cleaned.get("name") or "name" in self.errors:
                self.add_error("role", "Choose a role, or clear the name.")
            elif cleaned.get("email"):
                self.add_error("name", "Enter whose address this is.")
        elif cleaned.get("email") and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", "Enter whose address this is.")
        return cleaned

    def ask_who(self, sessions: int) -> None:
        """Of a new name in the place of somebody who sits in so many other sessions too."""
        was, name = self.cleaned_data["was"], self.cleaned_data["name"]
        others = "1 other session" if sessions == 1 else f"{sessions} other sessions"
        self["who"].label = f"{was} is in {others} too. Who is {name}?"
        self.fields["who"].required = True
        if not self.cleaned_data.get("who"):
            self.add_error("who", f"Say whether {name} is the same person as {was}.")

    @property
    def is_taken_away(self) -> bool:
        return bool(getattr(self, "cleaned_data", {}).get(TAKEN_AWAY))

    @property
    def entry(self) -> SeatEntry | None:
        """The seat of this row; None where it is blank."""
        typed = self.cleaned_data
        if not typed.get("role"):
            return None
        return SeatEntry(SeatRole(typed["role"]), typed["name"], typed["email"])


class _SeatForms(BaseFormSet):
    """A row for each seat that is there, then blank ones."""

    asks = False

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        number = "" if index is None else f" {index + 1}"
        for name in ("role", "name", "email"):
            form.fields[name].called = f"Seat{number}, {name}"  # type: ignore[attr-defined]
        if TAKEN_AWAY in form.fields:
            form.fields[TAKEN_AWAY].label = f"Take seat{number} away"

    def clean(self) -> None:
        if any(form.errors for form in self._kept):
            return
        rows, seats = self._rows, self.entries()
        for number in seated_twice(seats):
            seat = seats[number]
            said = f"{seat.name} is there twice as {seat.role.label.lower()}."
            rows[number].add_error("name", said)
        for number in with_two_addresses(seats):
            said = f"{seats[number].name} has another address above. Keep one."
            rows[number].add_error("email", said)

    @property
    def _kept(self) -> list[Any]:
        return [form for form in self.forms if not form.is_taken_away]

    @property
    def _rows(self) -> list[Any]:
        """Without those that were left blank."""
        return [form for form in self._kept if form.entry]

    @property
    def renamed(self) -> dict[str, str]:
        return renamed((row.cleaned_data["was"], row.entry.name) for row in self._rows)

    def ask_who(self, elsewhere: Mapping[str, int]) -> bool:
        """Whether an answer is missing. `elsewhere`: sessions by the key of the name before."""
        named = [row for row in self._rows if row.entry.name]
        first = {name_key(row.cleaned_data["was"]): row for row in reversed(named)}
        for was, sessions in elsewhere.items():
            first[was].ask_who(sessions)
        self.asks = any(first[was].errors for was in elsewhere)
        return self.asks

    def entries(self) -> list[SeatEntry]:
        """With the name before of whoever was said to be the same person."""
        said = [row.cleaned_data for row in self._rows]
        same = {name_key(row["was"]) for row in said if row["who"] == SAME} & self.renamed.keys()
        return [
            replace(row.entry, was=was)
            if name_key(was := row.cleaned_data["was"]) in same
            else row.entry
            for row in self._rows
        ]

    def is_valid(self) -> bool:
        """A message that came from comparing rows counts too."""
        return bool(super().is_valid()) and not any(form.errors for form in self._kept)


SeatForms = forms.formset_factory(
    SeatForm,
    formset=_SeatForms,
    extra=BLANK_ROWS,
    can_delete=True,
    can_delete_extra=False,
    max_num=MOST_SEATS,
    absolute_max=MOST_SEATS,
    validate_max=True,
)


def initial_seats(seats: list[SeatEntry]) -> list[dict[str, str]]:
    return [
        {"role": seat.role.value, "name": seat.name, "email": seat.email, "was": seat.name}
        for seat in seats
    ]


def typed_seats(data: Any) -> list[dict[str, str]]:
    """The rows as they were typed, right or wrong, for a page with more of them."""
    return list(_typed_rows(data))


def _typed_rows(data: Any) -> Iterator[dict[str, str]]:
    for number in range(MOST_SEATS):
        row = {name: data.get(f"form-{number}-{name}", "") for name in ("role", "name", "email")}
        if any(row.values()) and not data.get(f"form-{number}-{TAKEN_AWAY}"):
            yield row | {"was": data.get(f"form-{number}-was", "")}


def typed_details(data: Any) -> dict[str, str]:
    names = ("title", "stage", "room", "day", "starts", "minutes", "revision")
    return {name: data.get(name, "") for name in names}
