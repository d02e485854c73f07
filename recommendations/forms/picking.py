"""Choosing among many rows: what is chosen already, and what a search finds, without scripts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from ui.forms import VersionedForm

AT_ONCE = 30
"""Rows offered beside those that are chosen."""
FIND = "find"
"""The button that searches and saves nothing."""


@dataclass(frozen=True)
class Pick:
    """What can be chosen: `fields` are searched, `label` is what stands beside each box."""

    rows: QuerySet[Any]
    fields: tuple[str, ...]
    label: Callable[[Any], str]

    def choices(self, chosen: Iterable[UUID], search: str) -> list[tuple[str, str]]:
        """Two queries at most."""
        held = list(self.rows.filter(pk__in=list(chosen)))
        found = Q()
        for word in search.split():
            found &= self._any_field(word)
        others = self.rows.filter(found).exclude(pk__in=[row.pk for row in held])[:AT_ONCE]
        return [(str(row.pk), self.label(row)) for row in [*held, *others]]

    def _any_field(self, word: str) -> Q:
        asked = Q()
        for field in self.fields:
            asked |= Q(**{f"{field}__icontains": word})
        return asked


class PickingForm(VersionedForm):
    """A form with a field `picked`. Its choices are the chosen and those that `search` finds."""

    search = forms.CharField(
        label="Find by reference or word",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    picked = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    page = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, pick: Pick, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in ("search", "picked")])
        picked = self.fields["picked"]
        assert isinstance(picked, forms.ChoiceField)
        picked.label = label
        self.fields["search"].label = f"{label}: find by reference or word"
        choices = pick.choices(self._chosen(), self._searched())
        picked.choices = choices
        self.now_offered = [key for key, _ in choices]

    @classmethod
    def so_far(cls, data: QueryDict) -> dict[str, Any]:
        """What was typed, to be shown again after a search and not yet judged."""
        lists = {name: data.getlist(name) for name in ("picked", "offered")}
        return data.dict() | lists

    def _sent(self, name: str) -> list[Any]:
        """A list, whether it was sent, searched with, or stands from before."""
        data: Any = self.data
        held = data.getlist(name) if self.is_bound else self.initial.get(name, [])
        return [held] if isinstance(held, str) else list(held)

    def _searched(self) -> str:
        found = self._sent("search")
        return str(found[0])[:80] if found else ""

    def _chosen(self) -> list[UUID]:
        return [key for each in self._sent("picked") if (key := as_uuid(each))]

    @property
    def offered(self) -> frozenset[UUID]:
        """Everything that stood on the page since it was opened, ticked or not."""
        return frozenset(key for each in self._sent("offered") if (key := as_uuid(each)))

    @property
    def chosen(self) -> frozenset[UUID]:
        return frozenset(key for each in self.cleaned_data["picked"] if (key := as_uuid(each)))

    @property
    def offers(self) -> list[str]:
        """For the page to send back: also what an earlier search offered."""
        return sorted({*self.now_offered, *map(str, self.offered)})


def as_uuid(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
