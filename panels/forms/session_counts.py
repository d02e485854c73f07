"""What people type about the women in one session."""

from typing import Any

from django import forms

from panels.audit import Count
from panels.consistency import check_session, check_session_in_whole
from panels.enums import Basis
from panels.forms.counting import WOMEN_BASES, PeopleField
from panels.models import SessionCount
from ui.forms import PlainForm

NO_BASIS = "Say where these numbers come from. If nobody said, leave them blank."


class SessionCountForm(PlainForm, forms.Form):
    """`whole`: women of the whole line-up, where the person typing may see that count."""

    women = PeopleField(label="Women")
    not_women = PeopleField(label="Not women")
    basis = forms.ChoiceField(
        choices=WOMEN_BASES, required=False, label="Where this count comes from"
    )
    typed_over = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, title: str, seats: int, whole: Count | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.title, self.seats, self.whole = title, seats, whole

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        women, others = cleaned["women"] or 0, cleaned["not_women"] or 0
        problem = check_session(self.title, women, others, self.seats)
        if not problem and self.whole:
            told = Count(women, others, self.seats - women - others)
            problem = check_session_in_whole(self.title, told, self.whole)
        if problem:
            self.add_error("women" if women else "not_women", problem)
        says_something = bool(women or others)
        if says_something and not cleaned["basis"]:
            self.add_error("basis", NO_BASIS)
            return cleaned
        basis = Basis(cleaned["basis"]) if says_something else Basis.NOT_KNOWN
        return cleaned | {"women": women, "not_women": others, "basis": basis}


def initial_count(newest: SessionCount | None, *, typed_it: bool) -> dict[str, Any]:
    """Its numbers only for whoever typed them."""
    if newest is None:
        return {"typed_over": 0}
    first: dict[str, Any] = {"typed_over": newest.version}
    if typed_it and newest.basis != Basis.NOT_KNOWN:
        first |= {"women": newest.yes, "not_women": newest.no, "basis": newest.basis}
    return first
