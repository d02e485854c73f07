"""The programme of an event; its names are for organisers alone."""

from tests.access_rows import Rows, Seeds
from tests.factories.line_up import ParticipantFactory, SeatFactory, SessionFactory


def rows(seeds: Seeds) -> Rows:
    session = SessionFactory(gathering=seeds.gathering, title=f"{seeds.canary} session")
    person = ParticipantFactory(gathering=seeds.gathering, name=f"{seeds.canary} speaker")
    SeatFactory(session=session, participant=person)
    of_gathering = {"organisation": seeds.organisation.slug, "pk": seeds.gathering.pk}
    of_session = of_gathering | {"session": session.pk}
    return {
        "line_up": of_gathering,
        "sessions_change": of_gathering,
        "session_create": of_gathering,
        "session_edit": of_session,
        "session_remove": of_session,
        "session_count": of_session,
    }
