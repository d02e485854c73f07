"""What chance alone would do to one panel: for the page on counting, and for nothing else.

As if seats were drawn by lot among very many people of whom exactly the threshold's share are a
yes. Exact fractions; rounded only to be read.
"""

from fractions import Fraction
from math import comb

from panels.thresholds import Threshold, needed


def chance_of_exactly(yes: int, n: int, threshold: Threshold) -> Fraction:
    share = Fraction(threshold.numerator, threshold.denominator)
    return comb(n, yes) * share**yes * (1 - share) ** (n - yes)


def chance_of_reaching(n: int, threshold: Threshold) -> Fraction:
    enough = range(needed(n, threshold), n + 1)
    return sum((chance_of_exactly(yes, n, threshold) for yes in enough), Fraction(0))


def in_a_hundred(chance: Fraction) -> int:
    """To the nearest whole one; a half goes up."""
    return int(100 * chance + Fraction(1, 2))
