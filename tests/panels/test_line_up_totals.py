"""People and seats as Postgres adds them up, against everybody counted one by one in Python."""

from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisations.models import Organisation, User
from panels import audit
from panels.consistency import line_up_and_count
from panels.enums import Basis, Definition, GatheringKind, SeatRole, Stage
from panels.models import Gathering, Participant, Seat, Session, SessionCount
from panels.queries.line_up import (
    LineUpTotals,
    PartTotals,
    totals_of,
    totals_of_one,
    women_seats,
)
from tests.factories.line_up import SeatFactory, SessionFactory
from tests.factories.panels import GatheringFactory

STAGES = st.sampled_from(Stage)
SEATS = st.lists(
    st.tuples(st.sampled_from(SeatRole), st.one_of(st.none(), st.integers(0, 5))),
    max_size=6,
    unique_by=lambda seat: (seat[0], seat[1]) if seat[1] is not None else object(),
)
PROGRAMMES = st.lists(st.tuples(STAGES, SEATS), max_size=5)
KINDS = st.sampled_from(GatheringKind)


def one_by_one(kind: GatheringKind, programme: list) -> LineUpTotals:
    counted, beside = audit.counted_roles(kind), audit.beside_roles(kind)
    nobody = count(1000)
    held = [
        (stage, role, next(nobody) if person is None else person)
        for stage, seats in programme
        for role, person in seats
    ]

    def part(*stages: Stage) -> PartTotals:
        people = [who for stage, role, who in held if stage in stages and role in counted]
        return PartTotals(len(set(people)), len(people))

    speaking = {who for _, role, who in held if role in counted}
    only_beside = {who for _, role, who in held if role in beside} - speaking
    return LineUpTotals(part(*Stage), part(Stage.MAIN), part(Stage.OTHER), len(only_beside))


def fill(gathering: Gathering, programme: list) -> None:
    people = Participant.objects.bulk_create(
        Participant(gathering=gathering, number=number) for number in range(6)
    )
    sessions = Session.objects.bulk_create(
        Session(gathering=gathering, title="One", stage=stage, position=number)
        for number, (stage, _) in enumerate(programme)
    )
    Seat.objects.bulk_create(
        Seat(session=session, role=role, participant=None if who is None else people[who])
        for session, (_, seats) in zip(sessions, programme, strict=True)
        for role, who in seats
    )


class TestTotals:
    @settings(
        max_examples=30,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(st.lists(st.tuples(KINDS, PROGRAMMES), min_size=1, max_size=3))
    def test_they_are_what_counting_one_by_one_gives(
        self, harbour: Organisation, line_ups: list
    ) -> None:
        gatherings = []
        for kind, programme in line_ups:
            gatherings.append(GatheringFactory(organisation=harbour, kind=kind))
            fill(gatherings[-1], programme)
        found = totals_of(gatherings)
        assert {one.pk: found.get(one.pk, LineUpTotals()) for one in gatherings} == {
            one.pk: one_by_one(*line_up) for one, line_up in zip(gatherings, line_ups, strict=True)
        }

    def test_one_query_for_all_of_them(self, harbour: Organisation) -> None:
        gatherings = [GatheringFactory(organisation=harbour) for _ in range(3)]
        for gathering in gatherings:
            SeatFactory(session__gathering=gathering)
        with CaptureQueriesContext(connection) as queries:
            assert len(totals_of(gatherings)) == 3
            assert totals_of([]) == {}
        assert len(queries) == 1

    def test_others_are_left_out(self, gathering: Gathering, theirs: Gathering) -> None:
        SeatFactory(session__gathering=theirs)
        assert totals_of([gathering]) == {}
        assert totals_of_one(gathering) == LineUpTotals()


def say(session: Session, by: User, yes: int, no: int, unknown: int = 0, version: int = 1) -> None:
    SessionCount.objects.create(
        session=session,
        version=version,
        yes=yes,
        no=no,
        unknown=unknown,
        basis=Basis.ORGANISER_STATED if yes + no else Basis.NOT_KNOWN,
        definition=Definition.WOMEN,
        rules_version="1",
        entered_by=by,
        entered_at="2026-03-01T10:00Z",
    )


def with_seats(gathering: Gathering, number: int) -> Session:
    session = SessionFactory(gathering=gathering)
    SeatFactory.create_batch(number, session=session)
    SeatFactory(session=session, role=SeatRole.OBSERVER)
    return session


class TestWomenBySeats:
    def test_nobody_said_anything(self, gathering: Gathering) -> None:
        with_seats(gathering, 3)
        assert women_seats(gathering) is None

    def test_sessions_nobody_spoke_of_are_not_known(
        self, gathering: Gathering, alice: User
    ) -> None:
        say(with_seats(gathering, 5), alice, 2, 1)
        with_seats(gathering, 4)
        assert women_seats(gathering) == audit.Count(2, 1, 6)

    def test_the_newest_word_counts(self, gathering: Gathering, alice: User) -> None:
        session = with_seats(gathering, 3)
        say(session, alice, 2, 1)
        say(session, alice, 1, 2, version=2)
        assert women_seats(gathering) == audit.Count(1, 2, 0)

    @pytest.mark.parametrize(
        ("seats", "expected"),
        [(2, audit.Count(0, 0, 2)), (3, audit.Count(2, 1, 0)), (4, audit.Count(2, 1, 1))],
    )
    def test_seats_that_came_or_went_since(
        self, gathering: Gathering, alice: User, seats: int, expected: audit.Count
    ) -> None:
        say(with_seats(gathering, seats), alice, 2, 1)
        assert women_seats(gathering) == expected

    def test_a_removed_session_is_left_out(self, gathering: Gathering, alice: User) -> None:
        session = with_seats(gathering, 3)
        say(session, alice, 2, 1)
        session.removed_at = session.counts.get().entered_at
        session.save()
        assert women_seats(gathering) is None


@pytest.mark.parametrize(
    ("line_up", "counted", "said"),
    [
        (12, 10, "The line-up has 12 people, the count is of 10."),
        (1, 2, "The line-up has 1 person, the count is of 2."),
        (10, 10, ""),
        (0, 10, ""),
    ],
)
def test_a_line_up_and_its_count(line_up: int, counted: int, said: str) -> None:
    assert line_up_and_count(line_up, counted) == said
