"""Somebody who reads a frozen release beside all that is said of each event, and calculates.

The attacker is told more than anybody is: which events are in the pool, and how many people each
has. From the words alone it works out every count that is still possible.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from panels.enums import Audience
from panels.pools import FEWER, MINIMUM_KNOWN, NEARLY_EVERYBODY, Candidate, Known, Pooled

Pairs = frozenset[tuple[int, int]]


def said_known(figures: Pooled) -> range:
    return range(max(MINIMUM_KNOWN, figures.known - 2), figures.known + 3)


def said_yes(figures: Pooled) -> range:
    if figures.yes == FEWER:
        return range(5)
    if figures.yes == NEARLY_EVERYBODY:
        return range(max(5, figures.known - 2), figures.known + 3)
    assert isinstance(figures.yes, int)
    return range(max(5, figures.yes - 2), figures.yes + 3)


@dataclass(frozen=True)
class Some:
    """Some events of a pool, as far as their own results tell."""

    told: tuple[Known, ...]

    @cached_property
    def yes(self) -> range:
        return range(
            sum(one.yes.low for one in self.told), sum(one.yes.high for one in self.told) + 1
        )

    @cached_property
    def most_known(self) -> int:
        return sum(one.known.high for one in self.told)

    def least_known(self, yes: int) -> int:
        """Whoever says yes is known; others are known where the event's own result says so."""
        room = sum(min(one.known.low, one.yes.high) for one in self.told)
        return sum(one.known.low for one in self.told) + max(0, yes - room)

    def possible(self) -> Pairs:
        return frozenset(
            (yes, known)
            for yes in self.yes
            for known in range(self.least_known(yes), self.most_known + 1)
        )


def possible_beside(some: Some, others: Some, figures: Pooled) -> Pairs:
    """Every (known yes, known) of these events that fits the release and everything else."""
    yes_said, known_said = said_yes(figures), said_known(figures)

    def fits(yes: int, known: int) -> bool:
        for rest in others.yes:
            if yes + rest not in yes_said:
                continue
            low = max(others.least_known(rest), known_said[0] - known)
            high = min(others.most_known, known_said[-1] - known)
            if low <= high:
                return True
        return False

    return frozenset(pair for pair in some.possible() if fits(*pair))


def found_out(
    pool: Sequence[Candidate], figures: Pooled, audience: Audience
) -> Iterable[tuple[tuple[str, ...], str]]:
    """Every group of events of fewer than 20 known people of whom one count is left, which was
    not so before the release."""
    for size in range(1, len(pool) + 1):
        for chosen in combinations(pool, size):
            if sum(one.count.known for one in chosen) >= MINIMUM_KNOWN:
                continue
            others = [one for one in pool if one not in chosen]
            some = Some(tuple(one.told(audience) for one in chosen))
            rest = Some(tuple(one.told(audience) for one in others))
            before, after = some.possible(), possible_beside(some, rest, figures)
            names = tuple(one.key for one in chosen)
            assert (sum(c.count.yes for c in chosen), sum(c.count.known for c in chosen)) in after
            for what, of in (
                ("yes", lambda pair: pair[0]),
                ("known", lambda pair: pair[1]),
                ("no", lambda pair: pair[1] - pair[0]),
            ):
                if len({of(p) for p in before}) > 1 and len({of(p) for p in after}) == 1:
                    yield names, what
