"""Line-ups of people to be asked, and what they answer."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from organisations.models import User
from panels.actions.answering import give_answer
from panels.actions.declaring import open_round
from panels.declaring import Said
from panels.enums import SeatRole, Stage
from panels.models import (
    DeclarationRound,
    DeclarationToken,
    Gathering,
    Participant,
    Seat,
    Session,
)
from panels.queries.declaring import code_of


def session_of(gathering: Gathering, stage: Stage = Stage.OTHER) -> Session:
    found: Session = gathering.sessions.filter(stage=stage).first() or Session.objects.create(
        gathering=gathering,
        title=f"{stage.label} session",
        stage=stage,
        position=gathering.sessions.count() + 1,
    )
    return found


def seat(
    gathering: Gathering,
    number: int,
    *,
    mail: bool = True,
    stage: Stage = Stage.OTHER,
    role: SeatRole = SeatRole.PANELLIST,
) -> Participant:
    """The person with that number, with one seat more."""
    person, _ = Participant.objects.get_or_create(
        gathering=gathering,
        number=number,
        defaults={
            "name": f"Speaker {number}",
            "email": f"speaker{number}@stage.example" if mail else "",
        },
    )
    Seat.objects.create(session=session_of(gathering, stage), role=role, participant=person)
    return person


def seat_people(gathering: Gathering, mailed: int, on_paper: int = 0, **more: Any) -> None:
    for number in range(1, mailed + on_paper + 1):
        seat(gathering, number, mail=number <= mailed, **more)


def empty_seats(gathering: Gathering, seats: int, stage: Stage = Stage.OTHER) -> None:
    session = session_of(gathering, stage)
    for _ in range(seats):
        Seat.objects.create(session=session, role=SeatRole.PANELLIST)


def upcoming(gathering: Gathering, days: int = 30) -> Gathering:
    gathering.held_on = timezone.localdate() + timedelta(days=days)
    gathering.save(update_fields=["held_on"])
    return gathering


def opened(
    gathering: Gathering,
    *,
    by: User,
    now: datetime | None = None,
    closes_on: date | None = None,
) -> DeclarationRound:
    now = now or timezone.now()
    last = closes_on or timezone.localdate(now) + timedelta(days=14)
    return open_round(gathering=gathering, closes_on=last, by=by, now=now)


def code_for(asked: DeclarationRound, person: Participant) -> str:
    return code_of(asked.tokens.get(participant=person))


def unused(asked: DeclarationRound) -> list[DeclarationToken]:
    waiting = asked.tokens.filter(is_used=False).order_by("pk")
    return list(waiting.select_related("round__gathering__organisation", "participant"))


def answers(asked: DeclarationRound, *given: tuple[str, str]) -> None:
    """One after another, each with an unused link: `("yes", "no")` is women, minoritised."""
    for token, (women, minoritised) in zip(unused(asked), given, strict=False):
        give_answer(token=token, said=Said(women, minoritised), now=timezone.now())
