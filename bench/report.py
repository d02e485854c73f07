"""What was measured, as a table to read or as JSON to keep."""

import json
import os
import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from django.utils import timezone

from bench.measure import Cost
from bench.pages import Page
from bench.work import Work

Costs = Mapping[tuple[str, bool], Cost]


@dataclass(frozen=True)
class Line:
    page: Page
    cost: Cost
    floor: Cost

    @property
    def ratio(self) -> float:
        return self.cost.median / self.floor.median

    @property
    def is_over(self) -> bool:
        return self.page.aim.most is not None and self.ratio > self.page.aim.most

    @property
    def words(self) -> str:
        most = self.page.aim.most
        aim = f"{most:4.1f}" if most else "    "
        mark = "  over" if self.is_over else ""
        floor = f"table of {self.page.rows}" if self.page.rows else "constant"
        return f"{row(self.page.name, self.cost)} {self.ratio:6.2f} {aim}  {floor:<12}{mark}"


def row(name: str, cost: Cost) -> str:
    return f"{name:<26}{cost.queries:>8}{cost.median:>10.2f}{cost.p95:>10.2f}{cost.size:>10}"


def lines(pages: Iterable[Page], costs: Costs) -> list[Line]:
    return [
        Line(page, costs[page.name, page.is_public], costs[page.floor, page.is_public])
        for page in pages
    ]


def work_words(work: Work) -> str:
    mark = "  over" if work.is_over else ""
    took = f"{work.name:<26}{work.queries:>8}{work.median:>10.0f}"
    beside = f"{work.ratio:6.2f} {work.aim:4.1f}  {work.floor}, {work.floor_median:.0f} ms"
    return f"{took}{'':>20} {beside}{mark}"


def as_text(pages: list[Page], costs: Costs) -> str:
    floors = dict.fromkeys((page.floor, page.is_public) for page in pages)
    heading = f"{'':<26}{'queries':>8}{'median ms':>10}{'p95 ms':>10}{'bytes':>10}"
    found = lines(pages, costs)
    over = sum(line.is_over for line in found)
    aimed = sum(line.page.aim.most is not None for line in found)
    return "\n".join(
        [
            f"{heading}  ratio  aim  floor",
            *(row(url, costs[url, is_public]) for url, is_public in floors),
            "",
            *(line.words for line in found),
            "",
            f"{aimed - over} of {aimed} pages with an aim are within it.",
        ]
    )


def circumstances() -> str:
    """When and where, and how busy it was there: times of two runs compare only by ratio."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"Measured on {timezone.localdate():%Y-%m-%d}: Python {platform.python_version()} on "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors{load}."
    )


def write_json(path: Path, pages: list[Page], costs: Costs, works: Iterable[Work] = ()) -> None:
    rows = [
        asdict(line.cost)
        | {
            "name": line.page.name,
            "floor": asdict(line.floor),
            "ratio": round(line.ratio, 3),
            "aim": line.page.aim.most,
            "is_over": line.is_over,
        }
        for line in lines(pages, costs)
    ]
    rows += [
        asdict(work) | {"ratio": round(work.ratio, 3), "is_over": work.is_over} for work in works
    ]
    path.write_text(json.dumps(rows, indent=2) + "\n")
