"""What a number of seats asks for, while nobody is named yet. It never says fewer seats."""

from dataclasses import dataclass

from panels.audit import MINIMUM_COUNTED
from panels.enums import Definition, Measure, SeatMark
from panels.result_words import OF_THEM, SEAT_WORDS, TITLES, an_ordinal, ordinal
from panels.results import USUAL_DEFINITIONS
from panels.thresholds import Threshold, Thresholds, needed, next_rise, next_step

LEAST_SEATS = MINIMUM_COUNTED
USUAL_SEATS = 5
MOST_SEATS = 1_000
SLIDER_SEATS = 40
"""Where the slider ends; more can be typed."""
AHEAD = 6
"""How many further seats the table looks at."""


@dataclass(frozen=True)
class Need:
    """One measure at one number of seats: `adds` more than one seat fewer would ask."""

    needed: int
    adds: int


@dataclass(frozen=True)
class Row:
    """One number of seats. `is_first`: the number that was asked about, which adds nothing."""

    seats: int
    women: Need
    minoritised: Need
    is_first: bool = False


@dataclass(frozen=True)
class Drawn:
    """One threshold over the seats there are: some for whom it asks, the rest for anybody."""

    title: str
    threshold: str
    marks: tuple[str, ...]
    words: dict[str, str]
    centre: str
    asks: str
    next_seat: str
    aim: str = ""


@dataclass(frozen=True)
class Plan:
    seats: int
    drawn: tuple[Drawn, ...]
    rows: tuple[Row, ...]


def plan(seats: int, thresholds: Thresholds, aims: Thresholds | None = None) -> Plan:
    """`aims`: an organisation's own, said beside the thresholds. Raises ValueError below the
    fewest seats that can have a result."""
    if seats < LEAST_SEATS:
        raise ValueError(f"A plan begins at {LEAST_SEATS} seats.")
    first = Row(
        seats,
        women=Need(needed(seats, thresholds.women), 0),
        minoritised=Need(needed(seats, thresholds.minoritised), 0),
        is_first=True,
    )
    further = (_row(number, thresholds) for number in range(seats, seats + AHEAD))
    own = aims or thresholds
    drawn = tuple(_drawn(seats, m, thresholds.of(m), own.of(m)) for m in Measure)
    return Plan(seats, drawn, (first, *further))


def usual_seats(people: int) -> int:
    """Where a plan begins for a line-up that holds so many already: never with fewer."""
    return min(max(people, LEAST_SEATS), MOST_SEATS) if people else USUAL_SEATS


def _row(after: int, thresholds: Thresholds) -> Row:
    return Row(
        after + 1,
        women=_need(after, thresholds.women),
        minoritised=_need(after, thresholds.minoritised),
    )


def _need(after: int, threshold: Threshold) -> Need:
    step = next_step(after, threshold)
    return Need(step.needed, step.adds)


def _drawn(seats: int, measure: Measure, threshold: Threshold, own: Threshold) -> Drawn:
    definition, least = USUAL_DEFINITIONS[measure], needed(seats, threshold)
    return Drawn(
        title=TITLES[definition],
        threshold=str(threshold),
        marks=(SeatMark.YES.value,) * least + (SeatMark.PLAIN.value,) * (seats - least),
        words={"yes": f"{SEAT_WORDS[definition]['yes']}, at least", "plain": "for anybody"},
        centre=f"{least} of {seats}",
        asks=_asks(definition, least, seats),
        next_seat=_next_seat(seats, threshold),
        aim=_own_aim(seats, own) if threshold.is_lower_than(own) else "",
    )


def _asks(definition: Definition, least: int, seats: int) -> str:
    return f"Of {seats} seats, at least {least} {OF_THEM[definition][least > 1]}."


def _own_aim(seats: int, own: Threshold) -> str:
    return f"Your own aim, at least {own}: {needed(seats, own)} of {seats}."


def _next_seat(seats: int, threshold: Threshold) -> str:
    step, rise = next_step(seats, threshold), next_rise(seats, threshold)
    if step.adds:
        return f"The {ordinal(step.seat)} seat adds one: {step.needed} of {step.seat}."
    return (
        f"With {an_ordinal(step.seat)} seat it is still {step.needed}; "
        f"the {ordinal(rise.seat)} seat adds one."
    )
