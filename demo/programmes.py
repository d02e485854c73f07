"""Who sits where: sessions and seats of the conferences, and of two line-ups that are asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial

from django.utils import timezone

from demo.scene import LineUps, Step
from panels.actions.line_up import apply_programme
from panels.actions.locking import drop_names
from panels.actions.repeating import repeat_gathering
from panels.actions.session_counts import StatedWomen, count_session
from panels.enums import Basis, Definition, SeatRole, Stage
from panels.models import Gathering
from panels.programme import Programme, ProgrammeSeat, ProgrammeSession

MAIN, OTHER = Stage.MAIN, Stage.OTHER
PANELLIST, KEYNOTE, OPENING = SeatRole.PANELLIST, SeatRole.KEYNOTE, SeatRole.OPENING_CLOSING
PRESENTER, MODERATOR = SeatRole.PRESENTER, SeatRole.MODERATOR
Seats = tuple[tuple[SeatRole, int], ...]

FIRST_YEAR = "Rivers of Care: annual conference"
SECOND_YEAR = "Rivers of Care: annual conference, second year"
THIRD_YEAR = "Rivers of Care: annual conference, third year"
STAFF_DAY, NIGHT_SHIFT = "Staff day by the water", "Night shift: who cares for the carers?"
ORGANISER = "organiser"

FIRST_NAMES = (
    "Amabel Bastian Ceridwen Dashiell Eirwen Folami Gethin Hadiza Iolo Jacintha Kofo Linnet "
    "Mabyn Nerys Oriol Perpetua Quillon Rosamund Senara Tamsin Ulric Verity Wilmot Yewande"
)
LAST_NAMES = (
    "Ashgrove Birchall-Ojo Coppice Dunmere Elverson Fallowfield Garthwaite Hollin Inglemoor "
    "Jessamy Kestrel Larkhill Merrow Northcote Okpara-Lane Penhallow Quarrie Redfern Sallow "
    "Thornbury Underhay Vellacott Wetherby Yarrow"
)


@dataclass(frozen=True)
class Held:
    """One session. `women` and not, as stated for it afterwards."""

    title: str
    room: str
    starts: time
    minutes: int
    seats: Seats
    stage: Stage = OTHER
    women: tuple[int, int] | None = None


ELSEWHERE = (
    ("Crisis houses that people choose", "Quay room", time(11, 15)),
    ("Debt advice on the ward", "Sail loft", time(11, 15)),
    ("Who is sectioned, and who is not", "Rope walk", time(11, 15)),
    ("Faith leaders as first listeners", "Boat house", time(11, 15)),
    ("Young people design a service", "Quay room", time(14)),
    ("Carers at the table", "Sail loft", time(14)),
    ("Peer work is work", "Rope walk", time(14)),
    ("Data that people recognise themselves in", "Boat house", time(14)),
)


def a_conference(
    opening: Held, closing: Held, elsewhere: Sequence[int], hosts: int = 4
) -> tuple[Held, ...]:
    """`elsewhere`: how many present in each session beside the main stage; some have a host."""
    rest = [
        Held(title, room, starts, 60, ((PRESENTER, people), (MODERATOR, int(at < hosts))))
        for at, ((title, room, starts), people) in enumerate(zip(ELSEWHERE, elsewhere, strict=True))
    ]
    return (opening, *rest, closing)


PROGRAMMES: dict[str, tuple[int, tuple[Held, ...]]] = {
    FIRST_YEAR: (405, a_conference(
        Held("Opening: where the river begins", "Great hall", time(9, 30), 75,
             ((OPENING, 1), (KEYNOTE, 1), (PANELLIST, 2)), MAIN),
        Held("Closing conversation", "Great hall", time(16), 60, ((PANELLIST, 3),), MAIN),
        (4, 4, 5, 4, 4, 5, 4, 4),
    )),
    SECOND_YEAR: (40, a_conference(
        Held("Opening: what the river carries", "Great hall", time(9, 30), 75,
             ((OPENING, 1), (KEYNOTE, 1), (PANELLIST, 1)), MAIN, (2, 1)),
        Held("Closing conversation: what we take home", "Great hall", time(16), 60,
             ((PANELLIST, 3),), MAIN, (1, 2)),
        (4, 4, 4, 4, 4, 4, 4, 4),
    )),
    NIGHT_SHIFT: (74, (
        Held(NIGHT_SHIFT, "Lantern Row hall", time(18, 30), 90, ((PANELLIST, 7), (MODERATOR, 1))),
    )),
    STAFF_DAY: (12, (
        Held("Welcome", "Boat house", time(10), 30, ((OPENING, 2),), MAIN),
        Held("Two wards, one corridor", "Boat house", time(10, 45), 60, ((PRESENTER, 3),)),
        Held("Where the money goes", "Sail loft", time(13, 30), 60, ((PRESENTER, 4),)),
    )),
}  # fmt: skip
# The last person of these has no address, so that there is a code to print.
ASKED = {NIGHT_SHIFT: 7, STAFF_DAY: 8}
# Those of events thirty days before, as the daily run does.
NAMES_DROPPED = (367, 29)


def plan_programmes(told: LineUps) -> Iterator[Step]:
    days = told.days
    for title, (ago, _) in PROGRAMMES.items():
        yield days.at(ago, 10), partial(plan, title, told)
    yield days.at(30, 11), partial(state_women, SECOND_YEAR, told)
    yield days.at(20, 12), partial(repeat, told)
    for ago in NAMES_DROPPED:
        yield days.at(ago, 17), forget_names


def plan(title: str, told: LineUps, at: datetime) -> None:
    gathering = told.at(title)
    programme = programme_of(title, gathering)
    apply_programme(gathering=gathering, programme=programme, by=told.cast[ORGANISER], now=at)


def programme_of(title: str, gathering: Gathering) -> Programme:
    """Everybody sits once, and hosts nothing else."""
    people = iter(everybody(ASKED.get(title, 0)))
    return Programme(
        tuple(
            ProgrammeSession(
                source_key=f"row:{number}",
                title=held.title,
                room=held.room,
                starts_at=datetime.combine(gathering.held_on, held.starts),
                minutes=held.minutes,
                stage=held.stage,
                seats=tuple(
                    seat(*next(people), role) for role, seats in held.seats for _ in range(seats)
                ),
            )
            for number, held in enumerate(PROGRAMMES[title][1], start=1)
        )
    )


def everybody(with_address: int) -> Iterator[tuple[str, str]]:
    """Invented names, no two alike, and the addresses of the first so many."""
    given, family = FIRST_NAMES.split(), LAST_NAMES.split()
    for number in range(len(given) * len(family)):
        lap, first = divmod(number, len(given))
        name = f"{given[first]} {family[(first * 5 + lap * 7) % len(family)]}"
        address = name.lower().replace(" ", ".") + "@no-organisation.example"
        yield name, address if number < with_address else ""


def seat(name: str, address: str, role: SeatRole) -> ProgrammeSeat:
    return ProgrammeSeat(person_key=name, name=name, role=role, email=address)


def state_women(title: str, told: LineUps, at: datetime) -> None:
    """In each session of which the organiser knows it."""
    known = {held.title: held.women for held in PROGRAMMES[title][1] if held.women}
    for session in told.at(title).sessions.filter(title__in=known):
        women, not_women = known[session.title]
        stated = StatedWomen(women, not_women, Basis.ORGANISER_STATED, Definition.WOMEN)
        count_session(session=session, stated=stated, typed_over=0, by=told.cast[ORGANISER], now=at)


def repeat(told: LineUps, at: datetime) -> None:
    """Next year's, with nobody in it yet."""
    told.gatherings[THIRD_YEAR] = repeat_gathering(
        gathering=told.at(SECOND_YEAR),
        title=THIRD_YEAR,
        held_on=told.days.on(-330),
        by=told.cast[ORGANISER],
        now=at,
    )


def forget_names(at: datetime) -> None:
    drop_names(now=at, today=timezone.localdate(at))
