"""Forms about groups and who sits on them."""

from datetime import date
from typing import Any

from django import forms

from committees import refusals
from committees.enums import GroupKind
from committees.forms.days import DayField
from committees.forms.plain import CommitteeForm
from committees.models import Group
from committees.queries.groups import people_without_a_seat
from organisations.models import Organisation, User
from ui.dates import TOO_FAR, is_within_reach
from ui.forms import NameField, VersionedForm

MOST_TOLERANCE = 60
NOT_ON_OFFER = "This person has a seat already, or has left. Choose somebody from the list."


class _AboutGroup(CommitteeForm, forms.ModelForm):
    """What is asked of a group, whether it is new or changed."""

    class Meta:
        model = Group
        fields: tuple[str, ...] = ("name", "meets_every_months", "contact_address")
        field_classes = {"name": NameField}
        labels = {
            "kind": "What kind of group is it?",
            "name": "Its name",
            "meets_every_months": "It meets every how many months?",
            "tolerance_days": "By how many days may a meeting slip?",
            "contact_address": "Contact email address",
            "has_equality_item": "Race equality is on the agenda of every meeting",
        }
        error_messages = {
            "kind": {"required": "Choose what kind of group it is."},
            "name": {"required": "Enter its name."},
            "meets_every_months": {"required": "Enter how often it meets, in months."},
            "tolerance_days": {"required": "Enter a number of days. It can be 0."},
        }
        help_texts = {
            "kind": (
                "A staff network keeps its dates and a contact address here, and never a list of "
                "its members."
            ),
            "meets_every_months": "1 for every month, 3 for every quarter. At most 12.",
            "tolerance_days": "After that the group shows as late. At most 60.",
            "contact_address": (
                "Everyone in your organisation sees it, so use a shared address and not a person's."
            ),
        }

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        _whole_number(self.fields["meets_every_months"], 1, 12)

    def clean_meets_every_months(self) -> int:
        months: int = self.cleaned_data["meets_every_months"]
        if not 1 <= months <= 12:
            raise forms.ValidationError("Enter a number from 1 to 12.")
        return months

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.organisation.groups.filter(name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(refusals.NAME_TAKEN)
        return name


class GroupForm(_AboutGroup):
    class Meta(_AboutGroup.Meta):
        fields = ("kind", "name", "meets_every_months", "contact_address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [("", "Choose one"), *GroupKind.choices]


class GroupEditForm(VersionedForm, _AboutGroup):
    """Of what kind a group is stays as it was: a network must never come to have members."""

    class Meta(_AboutGroup.Meta):
        fields = (
            "name",
            "meets_every_months",
            "tolerance_days",
            "contact_address",
            "has_equality_item",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _whole_number(self.fields["tolerance_days"], 0, MOST_TOLERANCE)
        if self.instance.is_staff_network:
            del self.fields["has_equality_item"]

    def clean_tolerance_days(self) -> int:
        days: int = self.cleaned_data["tolerance_days"]
        if not 0 <= days <= MOST_TOLERANCE:
            raise forms.ValidationError(f"Enter a number from 0 to {MOST_TOLERANCE}.")
        return days

    @property
    def asked(self) -> dict[str, Any]:
        asked = {"has_equality_item": False, **self.cleaned_data}
        return asked | {"over_revision": asked.pop("revision")}


def _whole_number(field: forms.Field, least: int, most: int) -> None:
    assert isinstance(field, forms.IntegerField)
    field.min_value, field.max_value = least, most
    # Those of the column speak of its own limits; the form says which ones are meant.
    field.validators = []
    field.widget.attrs |= {"min": least, "max": most, "inputmode": "numeric"}


class SeatForm(CommitteeForm, forms.Form):
    user = forms.ChoiceField(
        label="Who takes a seat?",
        error_messages={"required": "Choose somebody.", "invalid_choice": NOT_ON_OFFER},
    )
    is_chair = forms.BooleanField(label="They chair this group", required=False)
    from_date = DayField(
        label="From",
        help_text="Their first day on the group.",
        error_messages={"required": "Enter their first day."},
    )

    to_date = DayField(
        label="Until",
        required=False,
        help_text="Their last day, where it is known. It can be ended earlier.",
    )

    def __init__(self, *args: Any, group: Group, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.today = group, today
        self.fields["from_date"].initial = today
        self.people = {str(seat.user_id): seat.user for seat in people_without_a_seat(group)}
        field = self.fields["user"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "Choose somebody"),
            *((pk, user.shown_name) for pk, user in self.people.items()),
        ]

    def clean_user(self) -> User:
        return self.people[self.cleaned_data["user"]]

    def clean_from_date(self) -> date:
        day: date = self.cleaned_data["from_date"]
        if not is_within_reach(day, today=self.today):
            raise forms.ValidationError(TOO_FAR)
        return day

    def clean_to_date(self) -> date | None:
        day: date | None = self.cleaned_data["to_date"]
        if day is None:
            return None
        if not is_within_reach(day, today=self.today):
            raise forms.ValidationError(TOO_FAR)
        first = self.cleaned_data.get("from_date")
        if first is not None and day < first:
            raise forms.ValidationError(refusals.ENDS_FIRST)
        return day

    def clean(self) -> dict[str, Any]:
        if self.group.is_staff_network:
            raise forms.ValidationError(refusals.NO_MEMBERS)
        return self.cleaned_data
