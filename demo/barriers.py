"""What keeps people away, and what is done about it; the three questions, answered and again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import partial

from demo.programmes import ORGANISER, SECOND_YEAR, STAFF_DAY
from demo.scene import LineUps, Step
from panels.actions.barriers import save_barriers
from panels.actions.three_questions import answer_three
from panels.barriers_typed import TypedAnswer, TypedBarriers, TypedBursaries, TypedLived
from panels.enums import Barrier, BarrierState, Part, YesNo
from panels.queries.barriers import barriers_on_record, version_of

IN_PLACE, PLANNED, ASKED = BarrierState.IN_PLACE, BarrierState.PLANNED, BarrierState.ASKED
NO, NOT_APPLICABLE = BarrierState.NO, BarrierState.NOT_APPLICABLE
BOARD = "Board of trustees"


@dataclass(frozen=True)
class Said:
    """`lines`: what is done, a note, who said so."""

    title: str
    ago: int
    lines: Mapping[Barrier, tuple[BarrierState, str, str]]
    bursaries: TypedBursaries | None = None
    lived: Mapping[Part, tuple[YesNo, YesNo]] = field(default_factory=dict)


BARRIERS = (
    Said(SECOND_YEAR, 38, {
        Barrier.TRAVEL: (IN_PLACE, "Booked by us, so nobody pays first.", "The events team"),
        Barrier.FEES: (IN_PLACE, "The same for everybody who is not paid to be there.", ""),
        Barrier.BURSARIES: (IN_PLACE, "", ""),
        Barrier.CARE: (PLANNED, "A crèche on the day; carers’ costs on a form.", "The venue"),
        Barrier.STEP_FREE: (IN_PLACE, "The ramp to the stage was tried by somebody who uses it.",
                            "The venue"),
        Barrier.HEARING_LOOP: (ASKED, "", "The venue"),
        Barrier.BSL: (NO, "Asked too late. Next year before the date is set.", ""),
        Barrier.CAPTIONS: (IN_PLACE, "Great hall only.", ""),
        Barrier.TIMING: (IN_PLACE, "After the school run, and no feast or fast.", ""),
        Barrier.FOOD: (IN_PLACE, "", "The caterer"),
        Barrier.ACCESS_CONTACT: (IN_PLACE, "", ""),
    }, TypedBursaries(20, 14, Decimal("1120.00"), "Three community centres and a radio station"), {
        Part.WHOLE: (YesNo.YES, YesNo.YES), Part.MAIN_STAGE: (YesNo.NO, YesNo.NOT_KNOWN),
    }),
    Said(STAFF_DAY, 8, {
        Barrier.STEP_FREE: (IN_PLACE, "", "The boat house"),
        Barrier.HEARING_LOOP: (ASKED, "Asked twice.", "The boat house"),
        Barrier.REMOTE: (PLANNED, "For those who work nights.", ""),
        Barrier.TIMING: (PLANNED, "", ""),
        Barrier.FOOD: (IN_PLACE, "", ""),
        Barrier.BURSARIES: (NOT_APPLICABLE, "Nobody pays.", ""),
    }),
)  # fmt: skip

# Title, days ago, the three answers, and in how many days after that to look again.
ANSWERS = (
    (SECOND_YEAR, 43, "People who have been on a ward in the last two years.",
     "Two of them on the main stage, and not only to tell their story.",
     "Ask the network of peer workers whom they would send, and pay them as we pay the others.",
     20),
    (SECOND_YEAR, 22, "People who have been on a ward in the last two years, still. One said yes.",
     "Somebody who would chair the closing conversation.",
     "Ask in January, before the programme is set. Offer a rehearsal and a fee for it.", 120),
    (BOARD, 200, "Anybody under forty, and anybody who rents.",
     "Two trustees from the estates that we work in.",
     "Meet at six, pay for childcare, and say in the advertisement that we will.", 90),
)  # fmt: skip


def take_down_barriers(told: LineUps) -> Iterator[Step]:
    for said in BARRIERS:
        yield told.days.at(said.ago, 14), partial(save, said, told)
    for title, ago, *words, weeks in ANSWERS:
        yield told.days.at(ago, 15), partial(reply, title, tuple(words), weeks, told, ago)


def save(said: Said, told: LineUps, at: datetime) -> None:
    gathering = told.at(said.title)
    held = barriers_on_record(gathering)
    typed = TypedBarriers(
        answers={line.value: TypedAnswer(*words) for line, words in said.lines.items()},
        bursaries=said.bursaries,
        lived=TypedLived(said.lived) if said.lived else None,
        over={line.value: version_of(held, line.value) for line in said.lines},
    )
    save_barriers(gathering=gathering, typed=typed, by=told.cast[ORGANISER], now=at)


def reply(
    title: str, words: tuple[str, str, str], days: int, told: LineUps, ago: int, at: datetime
) -> None:
    who_is_not, who_should_be, how = words
    answer_three(
        gathering=told.at(title),
        who_is_not=who_is_not,
        who_should_be=who_should_be,
        how=how,
        look_again_on=told.days.exactly(ago - days),
        by=told.cast[ORGANISER],
        now=at,
    )
