"""Events and groups, and what was counted there: every result that the rules can give."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from demo.people import HOMES
from demo.scene import LineUps, Step
from panels.actions import create_gathering, enter_count
from panels.entry import Typed, TypedPart, line_up
from panels.enums import Basis, GatheringKind

PANEL, EVENT, CONFERENCE = GatheringKind.PANEL, GatheringKind.EVENT, GatheringKind.CONFERENCE
COMMITTEE, BOARD = GatheringKind.COMMITTEE, GatheringKind.BOARD
WORKING_GROUP = GatheringKind.WORKING_GROUP
TOLD, STATED, IN_PUBLIC = Basis.SELF_DECLARED, Basis.ORGANISER_STATED, Basis.PUBLICLY_STATED
Numbers = tuple[int | None, ...]


@dataclass(frozen=True)
class Counted:
    """Numbers in the order people, women, not women, minoritised, not. None was left blank."""

    whole: Numbers
    women: Basis = STATED
    told: bool = True
    main_stage: Numbers = ()
    beside: Numbers = ()

    def typed(self, kind: GatheringKind) -> Typed:
        return Typed(
            kind=kind,
            whole=TypedPart(*self.whole),
            main_stage=TypedPart(*self.main_stage),
            beside=TypedPart(*self.beside),
            women_basis=self.women,
            told=self.told,
        )


@dataclass(frozen=True)
class Occasion:
    """`ago` below 0 is still to come. `counts` in the order in which they were entered."""

    home: str
    kind: GatheringKind
    title: str
    ago: int
    organiser: str = ""
    counts: tuple[Counted, ...] = ()


def at_saltmarsh() -> list[Occasion]:
    rows: list[tuple[GatheringKind, str, int, str, tuple[Counted, ...]]] = [
        (PANEL, "Who waits longest? A panel on access", 512, "Northgate Policy Forum",
         (Counted((4, 1, 3, 0, 4)),)),
        (EVENT, "Staff day at the Quay", 470, "", (Counted((8, 4, 4, None, None), told=False),)),
        (BOARD, "Board of trustees", 452, "", (Counted((11, 5, 6, 2, 9), TOLD),)),
        (PANEL, "Crisis houses: what works", 431, "Lantern Row Network",
         (Counted((6, 2, 4, 1, 5), IN_PUBLIC),)),
        (CONFERENCE, "Rivers of Care: annual conference", 398, "",
         (Counted((41, 22, 17, 8, 33), TOLD, main_stage=(7, 4, 3, 2, 5)),)),
        (PANEL, "Talking money and mental health", 377, "Fairwater Debt Alliance",
         (Counted((3, 1, 2, 0, 3), TOLD, beside=(1, 1, 0, 1, 0)),)),
        (WORKING_GROUP, "Recruitment working group", 352, "", (Counted((7, 4, 3, 1, 4), TOLD),)),
        (PANEL, "Young minds, old systems", 331, "Larkspur Youth Trust",
         (Counted((5, 2, 1, None, None), told=False),)),
        (COMMITTEE, "Race equality accountability committee", 318, "",
         (Counted((5, 3, 2, 2, 3), TOLD),)),
        (EVENT, "Open evening at the Quay Centre", 296, "",
         (Counted((6, 4, 2, 2, 4), TOLD, main_stage=(2, 1, 1, 0, 2)),)),
        (PANEL, "Faith, culture and recovery", 270, "Copperbeech Interfaith Project",
         (Counted((5, 3, 2, 3, 2), TOLD),)),
        (PANEL, "In conversation with a carer", 251, "", (Counted((1, 1, 0, 1, 0), TOLD),)),
        (CONFERENCE, "Housing and Health North", 233, "Slatebrook Housing Group",
         (Counted((24, 13, 11, 6, 18), TOLD, main_stage=(5, 1, 4, 0, 5)),)),
        (PANEL, "Language on the ward", 188, "Ashdown Nurses' Circle",
         (Counted((4, 3, 1, None, None), IN_PUBLIC, told=False), Counted((4, 3, 1, 1, 3), TOLD))),
        (EVENT, "Black History Month: records and memory", 170, "",
         (Counted((7, 5, 2, 5, 2), TOLD),)),
        (PANEL, "Commissioning for fairness", 149, "Northgate Policy Forum",
         (Counted((6, 3, 3, 2, 4), TOLD),)),
        (CONFERENCE, "Rivers of Care: annual conference, second year", 33, "",
         (Counted((38, 21, 17, 9, 27), TOLD, main_stage=(6, 3, 3, 2, 4)),)),
        (PANEL, "The price of a late diagnosis", 96, "Fairwater Debt Alliance",
         (Counted((5, 2, 3, None, None), told=False),)),
        (WORKING_GROUP, "Data and equality working group", 74, "", (Counted((5, 2, 3, 1, 4)),)),
        (PANEL, "Peer support after discharge", 52, "Lantern Row Network",
         (Counted((4, 2, 2, 1, 3), TOLD, beside=(1, 0, 1, None, None)),)),
        (PANEL, "Night shift: who cares for the carers?", 61, "Lantern Row Network", ()),
        (PANEL, "What commissioners never ask", -16, "Northgate Policy Forum",
         (Counted((4, 1, 2, None, None), told=False),)),
        (EVENT, "Staff day by the water", -41, "", ()),
    ]  # fmt: skip
    return [Occasion("saltmarsh", *row) for row in sorted(rows, key=lambda row: -row[2])]


def at_kettlewell() -> list[Occasion]:
    rows: list[tuple[GatheringKind, str, int, str, tuple[Counted, ...]]] = [
        (BOARD, "Trustees", 440, "", (Counted((8, 3, 5, 1, 7), TOLD),)),
        (EVENT, "Valley voices", 361, "", (Counted((5, 3, 2, 1, 4), TOLD),)),
        (PANEL, "Work that does not make you ill", 280, "Bryn Glas Employers' Forum",
         (Counted((6, 2, 4, None, None), told=False),)),
        (PANEL, "Asylum and anxiety", 214, "Harbourlight Welcome",
         (Counted((4, 2, 2, 2, 2), TOLD),)),
        (CONFERENCE, "Rural Minds", 130, "Upland Health Network",
         (Counted((16, 8, 8, None, None), told=False, main_stage=(4, 1, 3, None, None)),)),
        (EVENT, "Twenty years of the project", -30, "", ()),
    ]  # fmt: skip
    return [Occasion("kettlewell", *row) for row in rows]


def at_third_bridge() -> list[Occasion]:
    return [
        Occasion("bridge", PANEL, "Listening as a craft", 150, "Kirkgate Volunteers",
                 (Counted((3, 2, 1, 1, 2), TOLD),)),
        Occasion("bridge", EVENT, "Volunteers' supper", 48, "",
                 (Counted((4, 1, 3, None, None), told=False),)),
    ]  # fmt: skip


def occasions() -> list[Occasion]:
    return [*at_saltmarsh(), *at_kettlewell(), *at_third_bridge()]


ORGANISERS = {
    "saltmarsh": "organiser",
    "kettlewell": "kettlewell-organiser",
    "bridge": "bridge-director",
}


def count_line_ups(told: LineUps) -> Iterator[Step]:
    """Each is added two weeks before its day, and counted two days after it."""
    for occasion in occasions():
        added = min(max(occasion.ago, 0) + 14, HOMES[occasion.home].began - 20)
        yield told.days.at(added, 9), partial(add, occasion, told)
        for version, counted in enumerate(occasion.counts):
            day = max(occasion.ago - 2, 0) + 1 - version
            entered = partial(count, occasion, counted, version, told)
            yield told.days.at(day, 9 + version, 30), entered


def add(occasion: Occasion, told: LineUps, at: datetime) -> None:
    organisation = told.cast.homes[occasion.home]
    told.gatherings[occasion.title] = create_gathering(
        organisation=organisation,
        kind=occasion.kind,
        title=occasion.title,
        held_on=told.days.on(occasion.ago),
        organiser=occasion.organiser or organisation.name,
        by=told.cast[ORGANISERS[occasion.home]],
        now=at,
    )


def count(
    occasion: Occasion, counted: Counted, typed_over: int, told: LineUps, at: datetime
) -> None:
    enter_count(
        gathering=told.at(occasion.title),
        line_up=line_up(counted.typed(occasion.kind)),
        typed_over=typed_over,
        by=told.cast[ORGANISERS[occasion.home]],
        now=at,
    )
