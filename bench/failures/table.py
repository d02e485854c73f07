"""What came of each scenario, as a table to read or as JSON to keep."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

AIM_SECONDS = 120
HEAD = (
    f"{'what breaks':<30}{'owed':>6}{'deliv.':>8}{'refused':>9}{'lost':>6}{'twice':>7}"
    f"{'resent':>8}{'alike':>7}{'seconds':>9}"
)


@dataclass(frozen=True)
class Row:
    """Of one scenario. `twice`: other emails to people who had theirs. `resent`: further copies of
    an email by its Message-ID, which are `alike` where they are the same bytes. `seconds`: from the
    last failure until all was over, None where it was not."""

    name: str
    owed: int
    delivered: int
    refused: int
    twice: int
    resent: int
    alike: bool
    seconds: float | None
    open_window: bool = False
    restarts: int = 0
    problem: str = ""

    @property
    def lost(self) -> int:
        return self.owed - self.delivered - self.refused

    @property
    def is_good(self) -> bool:
        return (
            not self.problem
            and self.lost == 0
            and self.twice == 0
            and self.alike
            and (self.resent == 0 or self.open_window)
            and self.seconds is not None
            and self.seconds <= AIM_SECONDS
        )

    @property
    def words(self) -> str:
        seconds = "-" if self.seconds is None else f"{self.seconds:.1f}"
        mark = "" if self.is_good else f"  over {self.problem}".rstrip()
        if self.restarts:
            mark += f"  workers that ended by themselves: {self.restarts}"
        return (
            f"{self.name:<30}{self.owed:>6}{self.delivered:>8}{self.refused:>9}{self.lost:>6}"
            f"{self.twice:>7}{self.resent:>8}{'yes' if self.alike else 'NO':>7}{seconds:>9}{mark}"
        )


def total(rows: Iterable[Row]) -> str:
    done = list(rows)
    slowest = max((row.seconds for row in done if row.seconds is not None), default=0.0)
    resent = [row.name for row in done if row.resent]
    return (
        f"{len(done)} scenarios: {sum(row.owed for row in done)} owed, "
        f"{sum(row.delivered for row in done)} delivered, "
        f"{sum(row.refused for row in done)} refused, {sum(row.lost for row in done)} lost, "
        f"{sum(row.twice for row in done)} twice, {sum(row.resent for row in done)} resent "
        f"({', '.join(resent) or 'nowhere'}); slowest {slowest:.0f} s of {AIM_SECONDS}."
    )


def write_json(path: Path, rows: Iterable[Row]) -> None:
    found = [asdict(row) | {"lost": row.lost, "is_good": row.is_good} for row in rows]
    path.write_text(json.dumps({"aim_seconds": AIM_SECONDS, "failures": found}, indent=2) + "\n")
