"""Coverage is counted where a test looks closely, and left out where one walks the whole product.

Python 3.11 calls the tracer at every instruction, which doubles the time of whatever is traced.
These tests walk lines that narrower ones prove, or the same few lines with very many numbers.
Without them the figure can only be lower, so the gate is no easier to pass.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from coverage import Coverage

HERE = Path(__file__).parent
UNTRACED = [
    HERE / "access",
    HERE / "bench",
    HERE / "demo",
    HERE / "journeys",
    HERE / "test_no_raw_tally.py",
    HERE / "commitments" / "test_every_door.py",
    HERE / "panels" / "importing" / "test_hostile.py",
    HERE / "panels" / "test_line_up_totals.py",
    HERE / "panels" / "test_pools.py",
    HERE / "panels" / "test_reading_hostile.py",
    HERE / "panels" / "test_rules_by_brute_force.py",
    HERE / "ui" / "test_titles.py",
]


def is_untraced(item: pytest.Item) -> bool:
    return any(place == item.path or place in item.path.parents for place in UNTRACED)


@contextmanager
def untraced() -> Iterator[None]:
    tracing = Coverage.current()
    if tracing is None:
        yield
        return
    tracing.stop()
    try:
        yield
    finally:
        tracing.start()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """The fixtures of such a test are as dear as itself."""
    if not is_untraced(item):
        return (yield)
    with untraced():
        return (yield)
