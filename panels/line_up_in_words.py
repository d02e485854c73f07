"""A line-up and its sessions in words. Rules only."""

from collections.abc import Sequence
from datetime import datetime

from panels.enums import Stage
from panels.seating import SeatEntry
from ui.dates import in_full


def seats_in_words(seats: Sequence[SeatEntry]) -> str:
    """ "Chair: Ada Obi; Presenter: nobody yet"."""
    return "; ".join(f"{seat.role.label}: {_who(seat)}" for seat in seats) or "No seats"


def _who(seat: SeatEntry) -> str:
    name = seat.name or "nobody yet"
    return f"{name} ({seat.email})" if seat.email else name


def session_in_words(
    *,
    title: str,
    stage: str,
    room: str,
    starts_at: datetime | None,
    has_time: bool,
    minutes: int | None,
    seats: Sequence[SeatEntry],
) -> list[tuple[str, str]]:
    """Label and text of everything somebody saved, for whoever was writing meanwhile.

    `starts_at` is in the person's own time.
    """
    rows = [
        ("Title", title),
        ("Where is it?", str(Stage(stage).label)),
        ("Room", room),
        ("Starts", start_in_words(starts_at, has_time=has_time)),
        ("Minutes", str(minutes or "")),
        ("Seats", seats_in_words(seats)),
    ]
    return [row for row in rows if row[1]]


def start_in_words(starts_at: datetime | None, *, has_time: bool) -> str:
    if starts_at is None:
        return ""
    day = in_full(starts_at.date())
    return f"{day}, {starts_at:%H:%M}" if has_time else f"{day}, no time yet"


def is_on_both(whole: int, main_stage: int, rest: int) -> int:
    """How many people have a seat on the main stage and elsewhere too."""
    return main_stage + rest - whole
