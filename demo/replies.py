"""Letters to organisers, and what these answered through its link. No name, only numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from commitments.actions.asking import make_letter, save_letter, send_letter
from commitments.actions.replying import give_answer
from commitments.answering import Given
from commitments.models import Invitation
from commitments.queries.replies import kind_asked
from demo.line_ups import STATED, TOLD, Counted
from organisations.models import User
from panels.entry import line_up
from panels.enums import Barrier, BarrierState

IN_PLACE, PLANNED, NO = BarrierState.IN_PLACE, BarrierState.PLANNED, BarrierState.NO


@dataclass(frozen=True)
class Replied:
    """`to`: the letter went there by email; else the leader copied it and sent it."""

    name: str
    counted: Counted
    barriers: Mapping[Barrier, BarrierState]
    note: str
    to: str = ""


REPLIES = {
    "Northgate advisory board": Replied(
        "The board’s secretary",
        Counted((15, 9, 6, 5, 10), TOLD),
        {
            Barrier.TRAVEL: IN_PLACE,
            Barrier.FEES: IN_PLACE,
            Barrier.REMOTE: IN_PLACE,
            Barrier.TIMING: PLANNED,
            Barrier.ACCESS_CONTACT: IN_PLACE,
        },
        "Each of us said it for the yearly return, knowing that it is counted. Two seats come up "
        "in the spring. We would be glad of names.",
    ),
    "What commissioners never ask": Replied(
        "Programme desk",
        Counted((4, 1, 2, None, None), STATED, told=False),
        {
            Barrier.TRAVEL: IN_PLACE,
            Barrier.STEP_FREE: IN_PLACE,
            Barrier.FEES: PLANNED,
            Barrier.CARE: NO,
            Barrier.CAPTIONS: NO,
        },
        "We have not asked the speakers how they describe themselves, and would rather ask than "
        "guess. The fourth place is not settled. Whom would you ask?",
        to="programme@northgate-forum.example",
    ),
}


def ask(entry: Invitation, replied: Replied, *, by: User, at: datetime) -> None:
    letter = make_letter(invitation=entry, by=by, now=at)
    if replied.to:
        send_letter(
            letter=letter, to_address=replied.to, seen=letter.revision,
            seen_entry=entry.revision, by=by, now=at,
        )  # fmt: skip
    else:
        save_letter(
            letter=letter, text=letter.text, seen=letter.revision, sent_on=at.date(), by=by, now=at
        )


def reply(entry: Invitation, replied: Replied, *, at: datetime) -> None:
    letter = entry.letters.get()
    numbers = line_up(replied.counted.typed(kind_asked(letter)))
    given = Given(numbers, replied.barriers, replied.note, replied.name)
    give_answer(letter=letter, given=given, by_mail=letter.sent_at is not None, now=at)
