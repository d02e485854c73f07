"""Work that is no page, each beside what it is held to."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

MOST_RUNS = 5


@dataclass(frozen=True)
class Work:
    """Milliseconds. `floor`: what it is compared with, in words."""

    name: str
    queries: int
    median: float
    floor: str
    floor_median: float
    aim: float

    @property
    def ratio(self) -> float:
        return self.median / self.floor_median

    @property
    def is_over(self) -> bool:
        return self.ratio > self.aim


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def in_turns(
    ours: Callable[[], object], floor: Callable[[], object], *, runs: int
) -> tuple[float, float]:
    """The median of each. In turns, so that a busy moment of this machine falls on both alike."""
    times = [(timed(ours), timed(floor)) for _ in range(min(runs, MOST_RUNS))]
    return median(one for one, _ in times), median(other for _, other in times)
