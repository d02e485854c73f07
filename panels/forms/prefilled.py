"""First values of a count from the line-up that was planned."""

from panels.audit import STANDING_GROUPS
from panels.entry import STAGED
from panels.enums import GatheringKind
from panels.queries.line_up import LineUpTotals


def people_of_line_up(totals: LineUpTotals, kind: GatheringKind) -> dict[str, int]:
    """How many people each part is of; a part that nobody planned stays blank."""
    numbers = {"people": totals.whole.people}
    if kind in STAGED:
        numbers["main_people"] = totals.main_stage.people
    if kind not in STANDING_GROUPS:
        numbers["beside_people"] = totals.beside
    return {name: number for name, number in numbers.items() if number}
