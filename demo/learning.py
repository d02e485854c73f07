"""The shelf of the largest organisation: its own invented workshops, and nothing that exists."""

from dataclasses import dataclass
from datetime import time

from commitments.actions.learning import add_dates, add_item, keep_note
from commitments.enums import LearningKind
from commitments.learning_rows import Suggestion
from commitments.models import LearningItem
from demo.days import Days
from demo.people import Cast
from organisations.models import Organisation

WORKSHOP, PROGRAMME = LearningKind.WORKSHOP, LearningKind.PROGRAMME
OURS = "Saltmarsh Minds (invented)"
NOTE = "Bring the invitation to the Tarn College day. Ask Meera how she words the second question."


@dataclass(frozen=True)
class Dates:
    """`first` in days ago, then every so many weeks."""

    first: int
    starts_at: time
    place: str
    every_weeks: int | None = None
    times: int | None = None


@dataclass(frozen=True)
class Shelved:
    kind: LearningKind
    title: str
    why: str
    by: str
    ago: int
    dates: Dates | None = None


SHELF = (
    Shelved(
        WORKSHOP,
        "Before you say yes: what to ask an organiser",
        "An hour in pairs. You leave with the letter that you will send.",
        "kamala-sivanathan",
        140,
        Dates(101, time(12, 30), "Quay Centre, room 2, and by video", every_weeks=4, times=8),
    ),
    Shelved(
        WORKSHOP,
        "Chairing so that everybody is heard",
        "For everyone who opens, chairs or closes a meeting here. Two hours, three exercises.",
        "kamala-sivanathan",
        130,
        Dates(60, time(14, 0), "Head office, ground floor", every_weeks=13, times=4),
    ),
    Shelved(
        WORKSHOP,
        "Reading a line-up together",
        "We take a programme of ours and ask what it shows, and what it cannot show.",
        "staff",
        20,
        Dates(-19, time(10, 0), "By video"),
    ),
    Shelved(
        PROGRAMME,
        "First time on the platform",
        "A year with a mentor for colleagues who are seldom asked to speak. Six places.",
        "organiser",
        75,
    ),
)


def fill_shelf(cast: Cast, days: Days) -> None:
    organisation = cast.homes["saltmarsh"]
    items = [put_on(organisation, shelved, cast, days) for shelved in SHELF]
    keep_note(item=items[0], text=NOTE, by=cast["staff"], now=days.at(12, 13))


def put_on(organisation: Organisation, shelved: Shelved, cast: Cast, days: Days) -> LearningItem:
    by, now = cast[shelved.by], days.at(shelved.ago, 15)
    suggestion = Suggestion(shelved.kind, shelved.title, OURS, why=shelved.why)
    item = add_item(organisation=organisation, suggestion=suggestion, by=by, now=now)
    if dates := shelved.dates:
        add_dates(
            item=item,
            held_on=days.on(dates.first),
            starts_at=dates.starts_at,
            place=dates.place,
            every_weeks=dates.every_weeks,
            times=dates.times,
            by=organisation.memberships.get(user=by),
            now=now,
        )
    return item
