from fractions import Fraction
from itertools import product

import pytest

from panels.chance import chance_of_exactly, chance_of_reaching, in_a_hundred
from panels.thresholds import MINORITISED, WOMEN, Threshold


def by_every_draw(n: int, threshold: Threshold) -> Fraction:
    """Each draw of yes and no, weighed by how likely it is."""
    share = Fraction(threshold.numerator, threshold.denominator)
    found = Fraction(0)
    for draw in product((True, False), repeat=n):
        if threshold.is_reached_by(sum(draw), n):
            found += share ** sum(draw) * (1 - share) ** (n - sum(draw))
    return found


@pytest.mark.parametrize("threshold", [WOMEN, MINORITISED, Threshold(2, 3), Threshold(1, 1)])
@pytest.mark.parametrize("n", range(1, 11))
def test_the_chance_is_that_of_every_draw(n: int, threshold: Threshold) -> None:
    assert chance_of_reaching(n, threshold) == by_every_draw(n, threshold)
    assert sum(chance_of_exactly(yes, n, threshold) for yes in range(n + 1)) == 1


@pytest.mark.parametrize(
    ("n", "chance"), [(4, Fraction(369, 625)), (6, Fraction(1077, 3125)), (1, Fraction(1, 5))]
)
def test_a_small_panel_misses_a_fifth_easily(n: int, chance: Fraction) -> None:
    assert chance_of_reaching(n, MINORITISED) == chance


@pytest.mark.parametrize(
    ("chance", "whole"),
    [(Fraction(1, 3), 33), (Fraction(1, 200), 1), (Fraction(0), 0), (Fraction(1), 100)],
)
def test_in_a_hundred_rounds_a_half_up(chance: Fraction, whole: int) -> None:
    assert in_a_hundred(chance) == whole
