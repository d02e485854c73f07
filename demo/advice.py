"""What the advisory group was asked and what it said: answered, answered late, and still owed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from committees.actions.advice import answer_advice, ask_advice, give_advice, reply_with_advice
from committees.enums import AdviceAnswer, GroupKind
from committees.models import Advice, Group
from demo.days import Days
from demo.people import Cast
from demo.scene import Step
from recommendations.models import Recommendation

HOME = "saltmarsh"


@dataclass(frozen=True)
class Said:
    """Days ago: asked, given and answered. The group met 390, 301, 210 and 112 days ago."""

    title: str
    question: str = ""
    asked: int | None = None
    reply_by: int | None = None
    text: str = ""
    given: int | None = None
    answer: str = ""
    reason: str = ""
    answered: int | None = None
    about: tuple[str, ...] = ()


ADVICE = (
    Said(
        "The public statement on racism",
        question="The draft is four pages. Is it honest, and is it ours? It is due soon.",
        asked=330,
        reply_by=312,
        text="Halve it. Say what went wrong before you say what you will do, and name who decides.",
        given=316,
        answer=AdviceAnswer.ACCEPT,
        reason="It is two pages now and begins with what went wrong. The chair signs it.",
        answered=305,
    ),
    Said(
        "Pay for advice",
        text="People who advise from outside give up an evening each time. Pay them for it.",
        given=295,
        answer=AdviceAnswer.ADAPT,
        reason="From April there is a fee for each meeting. Preparation is not paid yet.",
        answered=196,
        about=("3.3",),
    ),
    Said(
        "The bid with the university",
        question="May we name the advisory group as a partner in this bid?",
        asked=140,
        reply_by=120,
        text="Not as a partner: nobody asked us what to look into. Ask us before the next one.",
        given=125,
        answer=AdviceAnswer.DECLINE,
        reason="The bid was due that week, so it went in without you. We ask earlier from now on.",
        answered=118,
    ),
    Said(
        "Say who gained from each seminar",
        text="The list says how many came. It does not say what anybody did differently after.",
        given=128,
        about=("1.7",),
    ),
    Said(
        "Waiting times by community",
        text="Publish them even where the numbers are small, with the range instead of the figure.",
        given=30,
    ),
    Said(
        "A campaign on restraint",
        question="Shall we join it under our own name, and what should we be ready to answer?",
        asked=12,
        reply_by=-9,
    ),
)


def advise(cast: Cast, days: Days) -> Iterator[Step]:
    for said in ADVICE:
        yield from course_of(said, cast, days)


def course_of(said: Said, cast: Cast, days: Days) -> Iterator[Step]:
    made: list[Advice] = []
    if said.asked is not None:
        yield days.at(said.asked, 9), partial(ask, said, made, cast, days)
    if said.given is not None:
        yield days.at(said.given, 19), partial(give, said, made, cast)
    if said.answered is not None:
        yield days.at(said.answered, 12), partial(answer, said, made, cast)


def advisers(cast: Cast) -> Group:
    return Group.objects.get(organisation=cast.homes[HOME], kind=GroupKind.ADVISORY)


def about(said: Said, cast: Cast) -> list[Recommendation]:
    return list(cast.homes[HOME].recommendations.filter(reference__in=said.about))


def ask(said: Said, made: list[Advice], cast: Cast, days: Days, at: datetime) -> None:
    made.append(
        ask_advice(
            group=advisers(cast),
            title=said.title,
            question=said.question,
            reply_by=None if said.reply_by is None else days.exactly(said.reply_by),
            recommendations=about(said, cast),
            by=cast["chair"],
            now=at,
        )
    )


def give(said: Said, made: list[Advice], cast: Cast, at: datetime) -> None:
    by = cast["adviser"]
    if made:
        reply_with_advice(advice=made[0], text=said.text, by=by, now=at)
        return
    linked = about(said, cast)
    words = {"title": said.title, "text": said.text}
    made.append(give_advice(group=advisers(cast), **words, recommendations=linked, by=by, now=at))


def answer(said: Said, made: list[Advice], cast: Cast, at: datetime) -> None:
    answer_advice(advice=made[0], answer=said.answer, reason=said.reason, by=cast["chair"], now=at)
