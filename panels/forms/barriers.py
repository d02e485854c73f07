"""The page of barriers: every line of the checklist, free places, and lived experience.

Each block knows the version it was drawn from and what stood in it then, so that a page left
open for an hour writes only what was changed on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import forms
from django.http import QueryDict

from panels.barriers_typed import (
    TypedAnswer,
    TypedBarriers,
    TypedBursaries,
    TypedLived,
    what_is_wrong_with_bursaries,
    what_is_wrong_with_lived,
)
from panels.checklist import Line, by_theme
from panels.enums import BarrierState, ForWhom, Part, YesNo
from panels.models import BarrierAnswer
from panels.queries.barriers import (
    BURSARIES,
    LIVED,
    NOTHING_CHOSEN,
    BarriersOnRecord,
    version_of,
)
from ui.forms import NameField, PlainForm

STATES = [("", NOTHING_CHOSEN), *BarrierState.choices]
MOST_PLACES = 1_000_000
RETIRED = "No longer on the checklist"
OF_BURSARIES = ("offered", "taken_up", "amount", "how_heard")
INVITED = {
    Part.WHOLE: "Was anybody invited?",
    Part.MAIN_STAGE: "Was anybody invited on the main stage?",
}
PAID = {Part.WHOLE: "Were they paid?", Part.MAIN_STAGE: "Were those on the main stage paid?"}
MOVED_ON = (
    "Somebody else saved this while you typed: {theirs}. Yours is still here: save again to put"
    " it in place of theirs."
)


@dataclass(frozen=True)
class Row:
    """One line as it is drawn: its fields, and who answered last."""

    line: Line
    state: forms.BoundField
    note: forms.BoundField
    answered_by: forms.BoundField
    seen: forms.BoundField
    answer: BarrierAnswer | None

    @property
    def is_open(self) -> bool:
        """Its note and who said so are shown, not folded away."""
        boxes = (self.note, self.answered_by)
        return any(box.value() or box.errors for box in boxes)


class SpokenField(forms.CharField):
    """`called`: its name in a list of errors, where the label alone says too little."""

    def __init__(self, *, called: str, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.called = called


class BarriersForm(PlainForm, forms.Form):
    """`only`: the key of one block that is saved by itself, as soon as it is changed."""

    def __init__(
        self,
        *args: Any,
        on_record: BarriersOnRecord,
        parts: tuple[Part, ...],
        only: str = "",
        **kwargs: Any,
    ) -> None:
        self.on_record, self.parts = on_record, parts
        keys = [line.key for line in (*on_record.lines, *on_record.retired)]
        known = {*keys, BURSARIES, LIVED}
        self.blocks = [only] if only in known else [*keys, BURSARIES, LIVED]
        initial = {name: value for key in known for name, value in self._standing(key).items()}
        super().__init__(*args, initial=initial, **kwargs)
        for line in (*on_record.lines, *on_record.retired):
            if line.key in self.blocks:
                self._add_line(line)
        if BURSARIES in self.blocks:
            self._add_bursaries()
        if LIVED in self.blocks:
            self._add_lived()
        for key in self.blocks:
            # Without an id: htmx would give what it puts in its place a style, which is refused.
            hidden = forms.HiddenInput(attrs={"id": False})
            seen = forms.CharField(required=False, max_length=120, widget=hidden)
            seen.initial = self.token(key)
            self.fields[f"seen_{key}"] = seen

    def _add_line(self, line: Line) -> None:
        self.fields[f"state_{line.key}"] = forms.ChoiceField(
            choices=STATES, required=False, label=line.text
        )
        self.fields[f"note_{line.key}"] = SpokenField(
            max_length=500, label="Note", called=f"Note on “{line.text}”"
        )
        self.fields[f"by_{line.key}"] = SpokenField(
            max_length=120, label="Who said so", called=f"Who said so on “{line.text}”"
        )

    def _add_bursaries(self) -> None:
        number = {"min_value": 0, "max_value": MOST_PLACES, "required": False}
        self.fields["offered"] = forms.IntegerField(label="Places offered", **number)  # type: ignore[arg-type]
        self.fields["taken_up"] = forms.IntegerField(label="Places taken up", **number)  # type: ignore[arg-type]
        self.fields["amount"] = forms.DecimalField(
            min_value=0, max_digits=9, decimal_places=2, required=False, label="Spent, in pounds"
        )
        self.fields["how_heard"] = forms.CharField(
            max_length=500,
            required=False,
            label="How people heard of them",
            help_text="In general, never who.",
        )

    def _add_lived(self) -> None:
        for part in self.parts:
            self.fields[f"invited_{part}"] = forms.ChoiceField(
                choices=YesNo.choices, label=INVITED[part]
            )
            self.fields[f"paid_{part}"] = forms.ChoiceField(choices=YesNo.choices, label=PAID[part])

    # What stands there, and what is typed

    def _standing(self, key: str) -> dict[str, Any]:
        """The values a block begins with, by the names of its fields."""
        if key == BURSARIES:
            held = self.on_record.bursaries
            return {name: getattr(held, name, None) for name in OF_BURSARIES} | {
                "how_heard": held.how_heard if held else ""
            }
        if key == LIVED:
            rows = {part: self.on_record.lived.get(part) for part in self.parts}
            return {
                f"{name}_{part}": getattr(row, name) if row else YesNo.NOT_KNOWN.value
                for part, row in rows.items()
                for name in ("invited", "paid")
            }
        answer = self.on_record.answers.get(key)
        return {
            f"state_{key}": answer.state if answer else "",
            f"note_{key}": answer.note if answer else "",
            f"by_{key}": answer.answered_by if answer else "",
        }

    def token(self, key: str) -> str:
        return f"{version_of(self.on_record, key)}~{_fingerprint(self._standing(key))}"

    def _is_touched(self, key: str) -> bool:
        """Whether it differs from what stood there when the page was drawn."""
        seen = str(self.cleaned_data.get(f"seen_{key}", ""))
        typed = {name: self.cleaned_data.get(name) for name in self._standing(key)}
        return bool(seen) and seen.rpartition("~")[2] != _fingerprint(typed)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if BURSARIES in self.blocks:
            wrong = what_is_wrong_with_bursaries(cleaned.get("offered"), cleaned.get("taken_up"))
            if wrong:
                self.add_error("taken_up", wrong)
        if LIVED in self.blocks:
            for part, problem in what_is_wrong_with_lived(self._lived()).items():
                on = "paid" if problem.startswith("Nobody") else "invited"
                self.add_error(f"{on}_{part}", problem)
        return cleaned

    def _lived(self) -> dict[Part, tuple[YesNo, YesNo]]:
        data = self.cleaned_data
        return {
            part: (YesNo(data[f"invited_{part}"]), YesNo(data[f"paid_{part}"]))
            for part in self.parts
            if data.get(f"invited_{part}") and data.get(f"paid_{part}")
        }

    def typed(self) -> TypedBarriers:
        data = self.cleaned_data
        touched = [key for key in self.blocks if self._is_touched(key)]
        return TypedBarriers(
            answers={
                key: TypedAnswer(data[f"state_{key}"], data[f"note_{key}"], data[f"by_{key}"])
                for key in touched
                if key not in (BURSARIES, LIVED)
            },
            bursaries=TypedBursaries(*(data[name] for name in OF_BURSARIES))
            if BURSARIES in touched
            else None,
            lived=TypedLived(self._lived()) if LIVED in touched else None,
            over={key: data[f"seen_{key}"].rpartition("~")[0] for key in touched},
        )

    # Drawing

    def _row(self, line: Line) -> Row:
        return Row(
            line=line,
            state=self[f"state_{line.key}"],
            note=self[f"note_{line.key}"],
            answered_by=self[f"by_{line.key}"],
            seen=self[f"seen_{line.key}"],
            answer=self.on_record.answers.get(line.key),
        )

    @property
    def themes(self) -> Iterator[tuple[str, list[Row]]]:
        for theme, lines in by_theme(self.on_record.lines):
            yield theme, [self._row(line) for line in lines]
        if self.on_record.retired:
            yield RETIRED, [self._row(line) for line in self.on_record.retired]

    @property
    def lived_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"invited_{part}"], self[f"paid_{part}"]) for part in self.parts]

    def typed_again(self, on_record: BarriersOnRecord, moved_on: frozenset[str]) -> "BarriersForm":
        """The same as typed, over what stands there now; says so beside what moved on."""
        assert isinstance(self.data, QueryDict)
        fresh, data = BarriersForm(on_record=on_record, parts=self.parts), self.data.copy()
        for key in self.blocks:
            data[f"seen_{key}"] = fresh.token(key)
        only = self.blocks[0] if len(self.blocks) == 1 else ""
        form = BarriersForm(data, on_record=on_record, parts=self.parts, only=only)
        for key in sorted(moved_on):
            form.add_error(_first_field(key), MOVED_ON.format(theirs=fresh.in_words(key)))
        return form

    def in_words(self, key: str) -> str:
        """What stands there now."""
        if key in (BURSARIES, LIVED):
            said = [
                f"{self.fields[name].label} {dict(YesNo.choices).get(value, value)}"
                for name, value in self._standing(key).items()
                if value not in (None, "")
            ]
        else:
            state, note, by = self._standing(key).values()
            said = [f"“{words}”" for words in (dict(STATES)[state], note, by) if words]
        return ", ".join(said)


def _first_field(key: str) -> str:
    first = {BURSARIES: "offered", LIVED: f"invited_{Part.WHOLE}"}
    return first.get(key, f"state_{key}")


def _fingerprint(values: dict[str, Any]) -> str:
    said = sorted((name, "" if value is None else str(value)) for name, value in values.items())
    return sha256(repr(said).encode()).hexdigest()[:16]


class LineForm(PlainForm, forms.Form):
    """One line of the organisation's checklist."""

    text = NameField(max_length=160, label="The line")
    for_whom = forms.ChoiceField(choices=ForWhom.choices, label="Who it is for")


class StepForm(forms.Form):
    """A button beside a line: what to do, and with which."""

    DO = ("up", "down", "retire", "put_back", "ours")
    step = forms.ChoiceField(choices=[(name, name) for name in DO])
    line = forms.SlugField(max_length=40, required=False)
