"""Days of the story, counted back from today so that it never grows old."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

SATURDAY = 5


@dataclass(frozen=True)
class Days:
    """`ago` below 0 is a day still to come."""

    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def exactly(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def on(self, ago: int) -> date:
        """That day or, at a weekend, the Friday before it; of two days the order is kept."""
        day = self.exactly(ago)
        return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))

    def at(self, ago: int, hour: int = 10, minute: int = 0) -> datetime:
        """An hour of that day, never later than now."""
        return min(self.hour_of(self.on(ago), hour, minute), self.now)

    def hour_of(self, day: date, hour: int = 10, minute: int = 0) -> datetime:
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))
