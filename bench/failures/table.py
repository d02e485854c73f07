"""What came of each scenario, as a table to read or as JSON to keep."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

AIM_SECONDS = 120
HEAD = (
    f"{'what breaks':<30}{'owed':>6}{'deliv.':>8}{'refused':>9}{'given up':>10}{'arrived':>9}"
    f"{'lost':>6}{'twice':>7}{'resent':>8}{'alike':>7}{'seconds':>9}"
)


@dataclass(frozen=True)
class Row:
    """Of one scenario. `given_up`: sign-in codes that were in doubt and so failed; `arrived`: those
    of them that the mail server had all the same. `twice`: other emails to people who had theirs,
    and further copies of a code. `resent`: further copies of any other email by its Message-ID,
    which are `alike` where they are the same bytes. `seconds`: from the last failure until all was
    over, None where it was not."""

    name: str
    owed: int
    delivered: int
    refused: int
    twice: int
    resent: int
    alike: bool
    seconds: float | None
    given_up: int = 0
    arrived: int = 0
    open_window: bool = False
    restarts: int = 0
    problem: str = ""

    @property
    def lost(self) -> int:
        return self.owed - self.delivered - self.refused - (self.given_up - self.arrived)

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
            f"{self.name:<30}{self.owed:>6}{self.delivered:>8}{self.refused:>9}"
            f"{self.given_up:>10}{self.arrived:>9}{self.lost:>6}{self.twice:>7}"
            f"{self.resent:>8}{'yes' if self.alike else 'NO':>7}{seconds:>9}{mark}"
        )


def total(rows: Iterable[Row]) -> str:
    done = list(rows)
    slowest = max((row.seconds for row in done if row.seconds is not None), default=0.0)
    resent = [row.name for row in done if row.resent]
    return (
        f"{len(done)} scenarios: {sum(row.owed for row in done)} owed, "
        f"{sum(row.delivered for row in done)} delivered, "
        f"{sum(row.refused for row in done)} refused, "
        f"{sum(row.given_up for row in done)} codes given up in doubt "
        f"({sum(row.arrived for row in done)} of them had arrived), "
        f"{sum(row.lost for row in done)} lost, "
        f"{sum(row.twice for row in done)} twice, {sum(row.resent for row in done)} resent "
        f"({', '.join(resent) or 'nowhere'}); slowest {slowest:.0f} s of {AIM_SECONDS}."
    )


def write_json(path: Path, rows: Iterable[Row]) -> None:
    found = [asdict(row) | {"lost": row.lost, "is_good": row.is_good} for row in rows]
    path.write_text(json.dumps({"aim_seconds": AIM_SECONDS, "failures": found}, indent=2) + "\n")
