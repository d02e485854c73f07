"""What reading a file ends in: a programme, a table whose columns are to be mapped, or a no."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from panels.enums import ColumnUse, ImportFormat
from panels.programme import Programme


class Unreadable(Exception):
    """Why a file was refused, in words for whoever chose it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Table:
    """Columns with names of their own, and rows exactly as wide.

    `suggested`: what each column probably holds, by its name. A column that asks for somebody's
    gender or ethnicity is not here at all. `row_numbers`: where each row lies in the file,
    so that a message names the row that a person sees.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    suggested: Mapping[str, ColumnUse] = field(default_factory=dict)
    row_numbers: tuple[int, ...] = ()

    def row_number(self, index: int) -> int:
        """As the file counts its rows; without it, after one row of headings."""
        return self.row_numbers[index] if self.row_numbers else index + 2


@dataclass(frozen=True)
class Reading:
    """Either `programme` or `table`. `thrown_away`: what was not kept, one short phrase each."""

    format: ImportFormat
    programme: Programme | None = None
    table: Table | None = None
    thrown_away: tuple[str, ...] = ()
