"""Which figures of a day are shown, case by case."""

from datetime import date

import pytest

from recommendations.cells import EVERYBODY, MINIMUM, Cell, Release, releases

FIRST, SECOND = date(2026, 1, 31), date(2026, 4, 30)


def shown(*tables: dict[str, tuple[int, int]], same_day: bool = False) -> list[list[str]]:
    """The names that are shown of each release."""
    days = [FIRST if same_day or not place else SECOND for place in range(len(tables))]
    recorded = [
        Release(day, {name: Cell(*cell) for name, cell in table.items()})
        for day, table in zip(days, tables, strict=True)
    ]
    views = releases(recorded)
    for release, view in zip(recorded, views, strict=True):
        assert view.keys() == release.cells.keys()
        assert all(cell in (None, release.cells[name]) for name, cell in view.items())
    return [sorted(name for name, cell in view.items() if cell) for view in views]


def test_ten_people_is_the_least() -> None:
    assert MINIMUM == 10


@pytest.mark.parametrize(
    ("cell", "is_shown"),
    [
        ((10, 20), True),
        ((9, 20), False),
        ((10, 19), False),
        ((0, 400), False),
        ((400, 400), False),
        ((10, 400), True),
    ],
)
def test_both_those_counted_and_the_rest_are_at_least_ten(
    cell: tuple[int, int], is_shown: bool
) -> None:
    assert shown({"a": cell}) == [["a"] if is_shown else []]
    assert shown({EVERYBODY: cell}) == [[EVERYBODY] if is_shown else []]


def test_where_all_are_large_all_are_shown() -> None:
    assert shown({EVERYBODY: (40, 100), "a": (20, 50), "b": (20, 50)}) == [["", "a", "b"]]


def test_one_small_category_hides_the_smallest_other_with_it() -> None:
    table = {EVERYBODY: (55, 130), "a": (5, 20), "b": (20, 50), "c": (30, 60)}
    assert shown(table) == [["", "c"]]


def test_as_many_are_hidden_as_it_takes() -> None:
    """One and eleven leave over fewer than ten of the rest."""
    table = {EVERYBODY: (82, 133), "a": (30, 32), "b": (21, 40), "c": (31, 61)}
    assert shown(table) == [["", "c"]]


def test_where_no_choice_is_safe_the_total_is_hidden() -> None:
    assert shown(
        {EVERYBODY: (40, 100), "a": (20, 50), "b": (20, 50)},
        {EVERYBODY: (33, 95), "a": (24, 60), "b": (9, 35)},
    ) == [["", "a", "b"], ["a"]]


def test_and_where_the_total_is_known_already_everything_is() -> None:
    assert shown(
        {EVERYBODY: (40, 100), "a": (20, 50), "b": (20, 50)},
        {EVERYBODY: (40, 100), "a": (31, 65), "b": (9, 35)},
    ) == [["", "a", "b"], []]


def test_what_was_hidden_beside_a_total_stays_hidden() -> None:
    """Otherwise the day on which it is large would give away the day on which another is not."""
    small = {EVERYBODY: (55, 130), "a": (5, 20), "b": (20, 50), "c": (30, 60)}
    large = {EVERYBODY: (65, 140), "a": (15, 30), "b": (20, 50), "c": (30, 60)}
    assert shown(small, large) == [["", "c"], ["", "c"]]


def test_a_small_total_hides_its_categories() -> None:
    assert shown({EVERYBODY: (9, 100), "a": (4, 50), "b": (5, 50)}) == [[]]


def test_categories_that_hold_more_than_everybody_are_not_shown() -> None:
    assert shown({EVERYBODY: (30, 60), "a": (20, 40), "b": (20, 40)}) == [[]]


def test_people_in_no_category_are_a_cell_too() -> None:
    """Sixty of a hundred in two categories leave forty; four left over would be a small cell."""
    table = {"a": (15, 30), "b": (15, 30)}
    assert shown(table | {EVERYBODY: (50, 100)}) == [["", "a", "b"]]
    assert shown(table | {EVERYBODY: (31, 64)}) == [["", "b"]]


def test_a_total_that_was_read_counts_when_it_is_left_out_later() -> None:
    first = {EVERYBODY: (40, 100)}
    corrected = {"a": (31, 65), "b": (9, 35)}
    assert shown(first, corrected, same_day=True) == [[""], []]


def test_a_category_that_was_read_counts_when_it_is_left_out_later() -> None:
    first = {"a": (31, 65), "b": (9, 35)}
    corrected = {EVERYBODY: (40, 100), "b": (9, 35)}
    assert shown(first, corrected, same_day=True) == [["a"], []]


def test_what_was_shown_does_not_change_with_what_is_recorded_later() -> None:
    tables = [
        {EVERYBODY: (40, 100), "a": (20, 50), "b": (20, 50)},
        {EVERYBODY: (33, 95), "a": (24, 60), "b": (9, 35)},
    ]
    assert shown(*tables)[:1] == shown(tables[0])
