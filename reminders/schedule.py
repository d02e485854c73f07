"""What is due on a day, worked out from how things stand and never from what was missed.

A reminder has a window, not a moment: it is due from its day on until the next one of its ladder
takes its place, or until it is of no use. So a week without a run is caught up by one email, and
a second run adds nothing, because the key says what the reminder means and not when it was
planned.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from reminders.enums import Audience, ReminderKind

LONDON = ZoneInfo("Europe/London")
MONDAY, SATURDAY = 0, 5
# No row of days off is longer: Christmas, two substitute days and the weekends around them.
LONGEST_BREAK = timedelta(days=7)


@dataclass(frozen=True)
class Ladder:
    """Who hears, how many calendar days from the day it is about, and how long it is of use.

    offsets: rising; a day before moves to the working day before it, any other to the one after.
    lasts: days from the last of them on, as it was before it moved: what is of use until the day
    it is about stays so, whatever weekend lies between.
    """

    audience: Audience
    offsets: tuple[int, ...]
    lasts: int

    @property
    def reach(self) -> timedelta:
        """From the day it is about until it is of no use."""
        return timedelta(days=self.offsets[-1] + self.lasts)


@dataclass(frozen=True)
class Rule:
    """One kind of reminder. `about`: the day it counts from. `ends`: what withdraws it.

    why_mandatory: empty where people may do without it.
    """

    kind: ReminderKind
    ladders: tuple[Ladder, ...]
    about: str
    ends: str
    why_mandatory: str = ""


@dataclass(frozen=True)
class Window:
    """For whatever is about `anchor`, this rung is due today, and of no use from `until` on."""

    anchor: date
    offset: int
    until: date


def london_date(now: datetime) -> date:
    return now.astimezone(LONDON).date()


def start_of(day: date) -> datetime:
    """Midnight in London, in summer and winter."""
    return datetime.combine(day, time.min, tzinfo=LONDON)


def is_time_to_plan(now: datetime, *, hour: int, last_planned: datetime | None) -> bool:
    """Once a day, from `hour` on in London; late is better than not at all."""
    if now.astimezone(LONDON).hour < hour:
        return False
    return last_planned is None or london_date(last_planned) < london_date(now)


def is_working(day: date, holidays: Set[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def working_day_before(day: date, holidays: Set[date]) -> date:
    """The day itself where it is a working day, else the last one before it."""
    while not is_working(day, holidays):
        day -= timedelta(days=1)
    return day


def working_day_after(day: date, holidays: Set[date]) -> date:
    """The day itself where it is a working day, else the first one after it."""
    while not is_working(day, holidays):
        day += timedelta(days=1)
    return day


def is_digest_day(today: date, holidays: Set[date]) -> bool:
    """Monday, or the first working day after it."""
    monday = today - timedelta(days=today.weekday() - MONDAY)
    return today == working_day_after(monday, holidays)


def next_digest_day(today: date, holidays: Set[date]) -> date:
    day = today + timedelta(days=1)
    while not is_digest_day(day, holidays):
        day += timedelta(days=1)
    return day


def rung_day(ladder: Ladder, anchor: date, offset: int, holidays: Set[date]) -> date:
    """Up to the day it is about a rung is brought forward, so that there is time to act.

    A ladder that only follows its day starts on the working day after it, never before.
    """
    follows = offset > 0 or ladder.offsets[0] == 0
    move = working_day_after if follows else working_day_before
    return move(anchor + timedelta(days=offset), holidays)


def window_of(ladder: Ladder, anchor: date, *, today: date, holidays: Set[date]) -> Window | None:
    """The newest rung that has been reached; the older ones are not caught up."""
    days = [rung_day(ladder, anchor, offset, holidays) for offset in ladder.offsets]
    reached = [day for day in days if day <= today]
    if not reached:
        return None
    later = days[len(reached) :]
    until = later[0] if later else anchor + ladder.reach
    offset = ladder.offsets[len(reached) - 1]
    return Window(anchor, offset, until) if today < until else None


def windows(ladder: Ladder, *, today: date, holidays: Set[date]) -> list[Window]:
    """For every day that something might be about, the rung that is due; none on a day off."""
    if not is_working(today, holidays):
        return []
    found = (
        window_of(ladder, anchor, today=today, holidays=holidays)
        for anchor in anchors(ladder, today=today)
    )
    return [window for window in found if window is not None]


def anchors(ladder: Ladder, *, today: date) -> Iterator[date]:
    """No other day can have a rung that is due today."""
    first = today - ladder.reach
    last = today - timedelta(days=ladder.offsets[0]) + LONGEST_BREAK
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
