"""What an organisation may choose for itself: whom it counts as women, and to aim higher.

It never aims lower than the wording does, and what it aims for is never told outside.
"""

from dataclasses import dataclass
from fractions import Fraction

from panels.enums import Definition, Measure
from panels.thresholds import Threshold, Thresholds, measures_set_lower

WOMEN_DEFINITIONS = (Definition.WOMEN, Definition.WOMEN_AND_NON_BINARY)
HIGHEST = 100
WORDING = Thresholds()


@dataclass(frozen=True)
class Choices:
    """As they are where nobody has chosen: the wording's own."""

    women_definition: Definition = Definition.WOMEN
    aims: Thresholds = WORDING

    @property
    def own_aims(self) -> Thresholds | None:
        """None where they are the wording's own, so that nothing is said twice."""
        is_same = not any(WORDING.of(m).is_lower_than(self.aims.of(m)) for m in Measure)
        return None if is_same else self.aims


def aim(percent: int) -> Threshold:
    """So many in a hundred, in lowest terms: 50 is 1 in 2, as the wording has it."""
    share = Fraction(percent, HIGHEST)
    return Threshold(share.numerator, share.denominator)


def percent(threshold: Threshold) -> int | None:
    """In whole percent, where it is a whole number of them."""
    share, rest = divmod(threshold.numerator * HIGHEST, threshold.denominator)
    return None if rest else share


def problems(aims: Thresholds) -> dict[Measure, str]:
    """What is wrong with an aim, for whoever typed it."""
    return {
        measure: f"Enter {percent(WORDING.of(measure))} or more: the pledge asks for"
        f" {WORDING.of(measure)}, and an aim of your own is never lower."
        for measure in measures_set_lower(aims, WORDING)
    }
