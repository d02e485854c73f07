"""Sessions, who sits in them, and programmes as files have them."""

import factory
from factory.django import DjangoModelFactory

from panels.enums import SeatRole, Stage
from panels.models import Gathering, Participant, Seat, Session
from tests.factories.panels import GatheringFactory


class SessionFactory(DjangoModelFactory[Session]):
    class Meta:
        model = Session

    gathering = factory.SubFactory(GatheringFactory)
    title = factory.Sequence(lambda n: f"Session {n}")
    stage = Stage.OTHER
    position = factory.Sequence(lambda n: n + 1)


class ParticipantFactory(DjangoModelFactory[Participant]):
    class Meta:
        model = Participant

    gathering = factory.SubFactory(GatheringFactory)
    number = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"Person {n}")


class SeatFactory(DjangoModelFactory[Seat]):
    """Of somebody on the line-up of its session; with `participant=None` nobody's yet."""

    class Meta:
        model = Seat

    session = factory.SubFactory(SessionFactory)
    role = SeatRole.PRESENTER
    participant = factory.LazyAttribute(
        lambda seat: ParticipantFactory(gathering=seat.session.gathering)
    )


def conference_of(gathering: Gathering, *, sessions: int, seats: int = 4) -> list[Session]:
    """So many sessions with so many seats each, everybody twice; one in ten on the main stage."""
    made = [
        SessionFactory.build(
            gathering=gathering,
            title=f"How we share power, part {number}",
            stage=Stage.MAIN if number % 10 == 0 else Stage.OTHER,
            room=f"Hall {number % 6}",
            position=number + 1,
        )
        for number in range(sessions)
    ]
    Session.objects.bulk_create(made)
    people = Participant.objects.bulk_create(
        Participant(gathering=gathering, number=number + 1, name=f"Nadia Okafor {number}")
        for number in range(max(seats, sessions * seats // 2))
    )
    roles = [SeatRole.CHAIR, *[SeatRole.PRESENTER] * (seats - 1)]
    Seat.objects.bulk_create(
        Seat(
            session=session,
            role=role,
            participant=people[(number * seats + place) % len(people)],
        )
        for number, session in enumerate(made)
        for place, role in enumerate(roles)
    )
    return made
