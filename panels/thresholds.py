"""The share a line-up is asked to reach, in exact integers: nothing here is ever rounded."""

from dataclasses import dataclass

from panels.enums import Measure


@dataclass(frozen=True)
class Threshold:
    """A share between nothing and everybody, as an exact fraction."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if not 0 < self.numerator <= self.denominator:
            raise ValueError("A threshold lies above 0 and reaches at most everybody.")

    def __str__(self) -> str:
        percent, remainder = divmod(100 * self.numerator, self.denominator)
        return f"{self.numerator} in {self.denominator}" if remainder else f"{percent}%"

    def is_reached_by(self, yes: int, n: int) -> bool:
        return self.denominator * yes >= self.numerator * n

    def is_lower_than(self, other: "Threshold") -> bool:
        return self.numerator * other.denominator < other.numerator * self.denominator


WOMEN = Threshold(1, 2)
MINORITISED = Threshold(1, 5)


@dataclass(frozen=True)
class Thresholds:
    women: Threshold = WOMEN
    minoritised: Threshold = MINORITISED

    def of(self, measure: Measure) -> Threshold:
        return self.women if measure == Measure.WOMEN else self.minoritised


def measures_set_lower(own: Thresholds, wording: Thresholds) -> tuple[Measure, ...]:
    """The measures where an organisation aims below the wording, which it may not."""
    return tuple(m for m in Measure if own.of(m).is_lower_than(wording.of(m)))


def needed(n: int, threshold: Threshold) -> int:
    """The fewest of `n` people that reach the threshold."""
    return -(-n * threshold.numerator // threshold.denominator)


@dataclass(frozen=True)
class SeatStep:
    """What a seat asks for: the `seat`th seat makes `needed` in all, `adds` more than before."""

    seat: int
    needed: int
    adds: int


def next_step(n: int, threshold: Threshold) -> SeatStep:
    after = needed(n + 1, threshold)
    return SeatStep(seat=n + 1, needed=after, adds=after - needed(n, threshold))


def next_rise(n: int, threshold: Threshold) -> SeatStep:
    """The next seat that adds one: after five people, for 1 in 5, the 6th."""
    step = next_step(n, threshold)
    while not step.adds:
        step = next_step(step.seat, threshold)
    return step
