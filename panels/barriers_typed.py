"""What somebody says about barriers: all of it, or one line."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from panels.enums import Part, YesNo


@dataclass(frozen=True)
class TypedAnswer:
    """One line. `state` is blank where none is chosen yet; a note may stand without one."""

    state: str
    note: str
    answered_by: str

    @property
    def is_empty(self) -> bool:
        return not (self.state or self.note or self.answered_by)


@dataclass(frozen=True)
class TypedBursaries:
    """Totals alone; `amount` in pounds."""

    offered: int | None
    taken_up: int | None
    amount: Decimal | None
    how_heard: str


@dataclass(frozen=True)
class TypedLived:
    """Invited and paid, for the whole and for the main stage; never of one person."""

    parts: Mapping[Part, tuple[YesNo, YesNo]]


@dataclass(frozen=True)
class TypedBarriers:
    """Only what was changed by whoever typed it. `over`: the version each was typed over."""

    answers: Mapping[str, TypedAnswer]
    bursaries: TypedBursaries | None
    lived: TypedLived | None
    over: Mapping[str, str]


def what_is_wrong_with_bursaries(offered: int | None, taken_up: int | None) -> str:
    """A part never exceeds its whole; empty when right, or when one of the two is not known."""
    if offered is None or taken_up is None or taken_up <= offered:
        return ""
    return f"{taken_up:,} taken up is more than {offered:,} offered. Put one of the two right."


def what_is_wrong_with_lived(parts: Mapping[Part, tuple[YesNo, YesNo]]) -> dict[Part, str]:
    """Each problem beside the part it is about; empty when right."""
    wrong = {
        part: "Nobody was invited, so nobody was paid. Put one of the two right."
        for part, (invited, paid) in parts.items()
        if invited == YesNo.NO and paid == YesNo.YES
    }
    whole, stage = parts.get(Part.WHOLE), parts.get(Part.MAIN_STAGE)
    if whole and stage and whole[0] == YesNo.NO and stage[0] == YesNo.YES:
        wrong[Part.MAIN_STAGE] = (
            "Somebody was invited to the main stage, so somebody was invited. "
            "Put one of the two right."
        )
    return wrong
