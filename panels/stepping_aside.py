"""The figures without one person: the reader, who says about themselves what they are counted as.

For one view. Only of a count whose exact numbers this reader may see anyway, so that nothing is
told that they could not work out by themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from panels import result_words as words
from panels.audit import Count, LineUp, audit_line_up, seat_marks, shortfall, stepped_aside, verdict
from panels.enums import Answer, Audience, Definition, Measure, Verdict
from panels.suppression import visible_measure
from panels.thresholds import Threshold, Thresholds, needed

NOBODY = "Nobody in this count is counted like that."


@dataclass(frozen=True)
class Open:
    """One measure whose exact count the reader may see."""

    measure: Measure
    definition: Definition
    count: Count
    threshold: Threshold

    @property
    def choices(self) -> tuple[tuple[Answer, str], ...]:
        called = words.OF_THEM[self.definition][0]
        return (
            (Answer.YES, f"As {called}"),
            (Answer.NO, f"Not as {called}"),
            (Answer.UNKNOWN, "As not known"),
        )


@dataclass(frozen=True)
class WithoutYou:
    """One measure with the reader and without them."""

    title: str
    label: str
    figure: str
    found: Verdict
    figure_without: str
    found_without: Verdict
    known_without: str
    asks: str
    marks: tuple[str, ...]
    words: dict[str, str]
    sentence: str


def open_counts(line_up: LineUp, *, typed_it: bool) -> tuple[Open, ...]:
    """The measures that this reader may look at without themselves; often none."""
    audit = audit_line_up(line_up, Thresholds())
    found = []
    for one in (audit.women, audit.minoritised):
        seen = visible_measure(one, audience=Audience.MEMBER, typed_it=typed_it).whole
        if one.whole and seen and seen.counted.exact and seen.counted.exact.n:
            tally = one.whole.tally
            found.append(
                Open(one.measure, tally.definition, seen.counted.exact, one.whole.threshold)
            )
    return tuple(found)


def fits(count: Count, answer: Answer) -> bool:
    """Whether anybody in the count gave that answer."""
    return bool(getattr(count, answer.value))


def without_you(
    counts: tuple[Open, ...], answers: Mapping[Measure, Answer]
) -> tuple[WithoutYou, ...]:
    """Only of the measures that were answered. Raises ValueError for an answer nobody gave."""
    return tuple(_without(one, answers[one.measure]) for one in counts if one.measure in answers)


def _without(one: Open, answer: Answer) -> WithoutYou:
    left = stepped_aside(one.count, answer)
    short = shortfall(left, one.threshold)
    return WithoutYou(
        title=words.TITLES[one.definition],
        label=f"{words.TITLES[one.definition]}: without you",
        figure=f"{one.count.yes} of {one.count.n}",
        found=verdict(one.count, one.threshold),
        figure_without=f"{left.yes} of {left.n}",
        found_without=verdict(left, one.threshold),
        known_without=f"Known for {left.known} of {left.n}",
        asks=f"At least {one.threshold}: {needed(left.n, one.threshold)} of {left.n} seats",
        marks=tuple(mark.value for mark in seat_marks(left, short)),
        words=words.SEAT_WORDS[one.definition]
        | {"unknown": "not known", "short": f"more to reach {one.threshold}"},
        sentence=words.of_the_seats_there_are(one.definition, left, one.threshold),
    )
