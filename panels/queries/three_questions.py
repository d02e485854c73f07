"""The three questions of one gathering, as answered over time."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from panels.models import Gathering, ThreeAnswers

QUESTIONS = (
    ("who_is_not", "Who isn’t at the table?"),
    ("who_should_be", "Who should be?"),
    ("how", "How can we get them there?"),
)


@dataclass(frozen=True)
class Answered:
    """One time of answering. `answers` leaves out what was left blank; none when erased."""

    row: ThreeAnswers
    answers: tuple[tuple[str, str], ...]


def three_answers_of(gathering: Gathering) -> QuerySet[ThreeAnswers]:
    """Newest first, with who answered."""
    return gathering.three_answers.select_related("by").order_by("-at", "-pk")


def as_read(row: ThreeAnswers) -> Answered:
    said = ((question, getattr(row, name)) for name, question in QUESTIONS)
    return Answered(row, tuple((question, text) for question, text in said if text))


def is_due(newest: ThreeAnswers | None, *, today: date) -> bool:
    """Whether the day to look again has come."""
    return bool(newest and newest.look_again_on and newest.look_again_on <= today)
