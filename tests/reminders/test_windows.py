"""What holds of every ladder, whatever the days off: tried with many of them."""

from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from organisations.enums import Nation
from reminders.enums import Audience
from reminders.holidays import bank_holidays
from reminders.schedule import (
    LONGEST_BREAK,
    Ladder,
    is_working,
    rung_day,
    window_of,
    windows,
    working_day_after,
)

A_DAY = timedelta(days=1)
FURTHEST = 45
WIDE = timedelta(days=3 * FURTHEST + 30)
"""More than any ladder below reaches."""
BEGIN = date(2026, 1, 1)
A_YEAR = 365


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    """Whatever follows its day lasts longer than it may be moved."""
    offsets = draw(st.sets(st.integers(-FURTHEST, FURTHEST), min_size=1, max_size=5))
    last = max(offsets)
    shortest = 1 if min(offsets) < 0 and last <= 0 else LONGEST_BREAK.days
    lasts = draw(st.integers(shortest, FURTHEST))
    return Ladder(Audience.LEAD, tuple(sorted(offsets)), lasts)


@st.composite
def days_off(draw: st.DrawFn) -> frozenset[date]:
    """Those of a nation, or any others that leave a working day in every week."""
    if draw(st.booleans()):
        return bank_holidays(draw(st.sampled_from(Nation)), BEGIN.year)
    found = draw(st.sets(st.integers(-200, A_YEAR + 200), max_size=25))
    chosen = frozenset(BEGIN + timedelta(days=number) for number in found)
    assume(all(is_short_break(day, chosen) for day in chosen))
    return chosen


def is_short_break(day: date, holidays: frozenset[date]) -> bool:
    while not is_working(day - A_DAY, holidays):
        day -= A_DAY
    return working_day_after(day, holidays) - day <= LONGEST_BREAK - 2 * A_DAY


def span(first: date, end: date) -> Iterator[date]:
    for number in range((end - first).days):
        yield first + timedelta(days=number)


a_day = st.dates(BEGIN, BEGIN + timedelta(days=A_YEAR))


@given(ladder=ladders(), anchor=a_day, holidays=days_off())
@settings(max_examples=40, deadline=None)
def test_one_rung_on_each_working_day_until_it_ends(
    ladder: Ladder, anchor: date, holidays: frozenset[date]
) -> None:
    first = rung_day(ladder, anchor, ladder.offsets[0], holidays)
    end = anchor + ladder.reach
    assert first < end
    for today in span(first - 10 * A_DAY, end + 10 * A_DAY):
        found = [
            each
            for each in windows(ladder, today=today, holidays=holidays)
            if each.anchor == anchor
        ]
        is_due = first <= today < end and is_working(today, holidays)
        assert len(found) == is_due
        assert all(today < each.until <= end for each in found)


@given(ladder=ladders(), today=a_day, holidays=days_off())
@settings(deadline=None)
def test_no_day_that_may_have_a_rung_is_missed(
    ladder: Ladder, today: date, holidays: frozenset[date]
) -> None:
    found = [
        window_of(ladder, anchor, today=today, holidays=holidays)
        for anchor in span(today - WIDE, today + WIDE)
    ]
    expected = [each for each in found if each] if is_working(today, holidays) else []
    assert windows(ladder, today=today, holidays=holidays) == expected


@given(ladder=ladders(), anchor=a_day, holidays=days_off())
def test_rungs_fall_in_their_order_on_working_days_near_their_own(
    ladder: Ladder, anchor: date, holidays: frozenset[date]
) -> None:
    days = [rung_day(ladder, anchor, offset, holidays) for offset in ladder.offsets]
    assert days == sorted(days)
    for offset, day in zip(ladder.offsets, days, strict=True):
        assert is_working(day, holidays)
        moved = day - (anchor + timedelta(days=offset))
        assert -LONGEST_BREAK < moved < LONGEST_BREAK
        assert moved >= timedelta(0) or offset <= 0
        assert moved <= timedelta(0) or offset > 0 or ladder.offsets[0] == 0


@given(
    ladder=ladders(),
    anchors=st.sets(a_day, min_size=1, max_size=4),
    holidays=days_off(),
    outages=st.lists(st.tuples(st.integers(0, A_YEAR), st.integers(1, 40)), max_size=6),
)
@settings(max_examples=60, deadline=None)
def test_a_year_with_outages(
    ladder: Ladder, anchors: set[date], holidays: frozenset[date], outages: list[tuple[int, int]]
) -> None:
    """Planned on each day that is not down: each rung once at most, in order, and of all that an
    outage missed the newest alone. Nothing is lost but what was of no use any more."""
    down = {
        BEGIN + timedelta(days=first + number) for first, days in outages for number in range(days)
    }
    sent: dict[date, list[int]] = {anchor: [] for anchor in anchors}
    for today in span(BEGIN - WIDE, BEGIN + timedelta(days=A_YEAR) + WIDE):
        if today in down or not is_working(today, holidays):
            continue
        before = {anchor: len(rungs) for anchor, rungs in sent.items()}
        for anchor, rungs in sent.items():
            window = window_of(ladder, anchor, today=today, holidays=holidays)
            if window and window.offset not in rungs:
                rungs.append(window.offset)
        assert all(len(rungs) <= before[anchor] + 1 for anchor, rungs in sent.items())
    for anchor, rungs in sent.items():
        assert rungs == sorted(set(rungs))
        assert rungs == [
            offset
            for offset, first, end in bounds(ladder, anchor, holidays)
            if any(is_working(day, holidays) and day not in down for day in span(first, end))
        ]


def bounds(ladder: Ladder, anchor: date, holidays: frozenset[date]) -> list[tuple[int, date, date]]:
    """Of each rung the day from which, and the day until which it is the newest."""
    days = [rung_day(ladder, anchor, offset, holidays) for offset in ladder.offsets]
    return list(zip(ladder.offsets, days, [*days[1:], anchor + ladder.reach], strict=True))
