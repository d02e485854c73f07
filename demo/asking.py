"""People who are asked how they are counted: a round that has closed, and one that is open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import connection

from demo.programmes import NIGHT_SHIFT, ORGANISER, STAFF_DAY
from demo.scene import LineUps, Step
from panels.actions.declaring import count, open_round, remind, shut
from panels.declaring import NO, UNSAID, YES, Counters
from panels.enums import Measure, Part
from panels.models import DeclarationRound
from panels.queries.declaring import is_settled


@dataclass(frozen=True)
class Asked:
    """All in days ago. `answers`: when, whether a woman, whether minoritised."""

    title: str
    opened: int
    closes: int
    reminded: int
    answers: tuple[tuple[int, str, str], ...]


ROUNDS = (
    Asked(NIGHT_SHIFT, 73, 62, 69, (
        (72, YES, NO), (72, NO, NO), (71, YES, YES), (70, YES, NO),
        (68, NO, NO), (67, YES, YES), (66, NO, UNSAID),
    )),
    Asked(STAFF_DAY, 7, -9, 2, (
        (6, YES, NO), (6, NO, YES), (5, YES, NO), (4, NO, UNSAID), (1, YES, NO),
    )),
)  # fmt: skip


def ask_people(told: LineUps) -> Iterator[Step]:
    days = told.days
    for asked in ROUNDS:
        yield days.at(asked.opened, 11), partial(ask, asked, told)
        for number, (ago, women, minoritised) in enumerate(asked.answers):
            answered = partial(answer, asked, women, minoritised, told)
            yield days.at(ago, 12, 3 * number), answered
        yield days.at(asked.reminded, 16), partial(send_reminder, asked.title, told)


def ask(asked: Asked, told: LineUps, at: datetime) -> None:
    open_round(
        gathering=told.at(asked.title),
        closes_on=told.days.exactly(asked.closes),
        by=told.cast[ORGANISER],
        now=at,
    )


def open_one(title: str, told: LineUps) -> DeclarationRound:
    found: DeclarationRound = told.gatherings[title].declaration_rounds.get(closed_at=None)
    return found


def answer(told_of: Asked, women: str, minoritised: str, told: LineUps, at: datetime) -> None:
    """A link used and an answer added, as ever, but both in the one transaction of the story: the
    action keeps them apart so that nobody's answer can be found, and here nobody has answered."""
    asked = open_one(told_of.title, told)
    token = asked.tokens.filter(is_used=False).order_by("pk")[0]
    asked.tokens.filter(pk=token.pk).update(is_used=True, is_settled=True)
    said = [asked.pk, token.is_on_main_stage, token.is_on_rest, women, minoritised]
    with connection.cursor() as cursor:
        cursor.execute("SELECT panels_add_answer(%s, %s, %s, %s, %s)", said)
    if is_settled(asked.pk):
        shut(asked, by=None, now=at)
        count(asked, told.at(told_of.title), counters(told_of), now=at)


def counters(told_of: Asked) -> Counters:
    """What the sealed ones hold. They open once the close is committed, and the story is not."""
    women = [said for _, said, _ in told_of.answers]
    minoritised = [said for _, _, said in told_of.answers]
    return {
        (Part.WHOLE, Measure.WOMEN): (women.count(YES), women.count(NO)),
        (Part.WHOLE, Measure.MINORITISED): (minoritised.count(YES), minoritised.count(NO)),
    }


def send_reminder(title: str, told: LineUps, at: datetime) -> None:
    remind(asked=open_one(title, told), by=told.cast[ORGANISER], now=at)
