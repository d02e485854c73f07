import pytest

from panels.audit import Count
from panels.consistency import PartProblem, check_parts
from panels.enums import Part

WHOLE = Count(yes=3, no=5, unknown=2)


@pytest.mark.parametrize(
    ("main_stage", "rest"),
    [
        (None, None),
        (Count(1, 2, 1), None),
        (WHOLE, None),
        (Count(1, 2, 1), Count(2, 3, 1)),
        (WHOLE, WHOLE),
        (Count(0, 0, 4), Count(2, 2, 2)),
    ],
)
def test_parts_that_fit_their_whole(main_stage: Count | None, rest: Count | None) -> None:
    assert check_parts(WHOLE, main_stage, rest) == ()


def test_each_part_that_exceeds_its_whole_is_named_with_it() -> None:
    assert check_parts(WHOLE, Count(4, 5, 0), Count(1, 6, 4)) == (
        PartProblem(
            Part.MAIN_STAGE,
            "yes",
            "Main stage has 4 counted as yes, but the whole line-up has 3.",
        ),
        PartProblem(
            Part.REST,
            "no",
            "Everywhere else has 6 counted as no, but the whole line-up has 5.",
        ),
        PartProblem(Part.REST, "n", "Everywhere else has 11 in all, but the whole line-up has 10."),
    )


def test_two_parts_cannot_leave_somebody_out() -> None:
    assert check_parts(WHOLE, Count(1, 2, 1), Count(2, 2, 1)) == (
        PartProblem(
            Part.WHOLE,
            "n",
            "Whole line-up has 10 in all, but the main stage and everywhere else together have 9.",
        ),
    )


def test_one_part_alone_may_leave_the_rest_uncounted() -> None:
    assert check_parts(WHOLE, None, Count(1, 0, 0)) == ()
