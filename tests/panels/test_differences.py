"""Numbers that may be shown one by one, and would give somebody away once they are subtracted."""

from collections.abc import Iterable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from organisations.models import Organisation, User
from panels import audit
from panels.actions.counting import enter_count
from panels.actions.declaring import close_round
from panels.actions.session_counts import StatedWomen, count_session
from panels.audit import Count
from panels.declaring import People, line_up
from panels.enums import (
    Audience,
    Basis,
    Counted,
    Definition,
    GatheringKind,
    Measure,
    Part,
    SeatRole,
    Stage,
)
from panels.models import DeclarationRound, Gathering, Seat, Session
from panels.queries import count_on_record
from panels.queries.line_up import women_seats
from panels.queries.whole_count import women_of_the_whole
from panels.suppression import visible_measure
from tests.factories.declaring import answers, opened, seat, upcoming
from tests.factories.line_up import SeatFactory, SessionFactory
from tests.factories.panels import GatheringFactory
from tests.panels.line_up_pages import session_page

Counts = dict[Part, tuple[int, int, int]]
PARTS = (Part.WHOLE, Part.MAIN_STAGE, Part.REST)
HIDDEN_BY_ITS_PARTS: Counts = {
    Part.WHOLE: (5, 5, 0),
    Part.MAIN_STAGE: (2, 2, 0),
    Part.REST: (3, 3, 0),
}


def declared(counts: Counts) -> audit.LineUp:
    return audit.LineUp(
        GatheringKind.CONFERENCE,
        tuple(
            audit.Tally(part, Counted.COUNTED, Measure.WOMEN, Count(*said), Basis.SELF_DECLARED,
                        Definition.WOMEN)
            for part, said in counts.items()
        ),
    )  # fmt: skip


def shown(found: audit.LineUp) -> dict[Part, Count | None]:
    """The exact numbers of women that a member is told."""
    women = audit.audit_line_up(found, audit.Thresholds()).women
    seen = visible_measure(women, audience=Audience.MEMBER)
    parts = zip(PARTS, (seen.whole, seen.main_stage, seen.rest), strict=True)
    return {part: one.counted.exact for part, one in parts if one}


class TestTheWholeBesideOneSession:
    """Whoever says of a session that it holds more women than the whole is told so, and with it
    how many the whole holds: only somebody who may see that number."""

    @pytest.fixture
    def session(self, harbour: Organisation, bea: User) -> Session:
        conference = GatheringFactory(organisation=harbour, kind=GatheringKind.CONFERENCE)
        session = SessionFactory(gathering=conference)
        SeatFactory.create_batch(8, session=session)
        self.count(conference, HIDDEN_BY_ITS_PARTS, bea)
        return session

    def count(self, gathering: Gathering, counts: Counts, by: User) -> None:
        newest = count_on_record(gathering)
        enter_count(
            gathering=gathering,
            line_up=declared(counts),
            typed_over=newest.version if newest else 0,
            by=by,
            now=timezone.now(),
        )

    def test_hidden_by_its_parts(self, session: Session, alice: User, bea: User) -> None:
        assert shown(declared(HIDDEN_BY_ITS_PARTS))[Part.WHOLE] is None
        assert women_of_the_whole(session.gathering, reader=alice) is None
        assert women_of_the_whole(session.gathering, reader=bea) == Count(5, 5, 0)

    def test_shown(self, session: Session, alice: User, bea: User) -> None:
        self.count(session.gathering, {Part.WHOLE: (5, 5, 0)}, bea)
        assert women_of_the_whole(session.gathering, reader=alice) == Count(5, 5, 0)

    def test_the_page_compares_nothing(self, as_alice: Client, session: Session) -> None:
        typed = {"women": "8", "not_women": "0", "basis": "organiser_stated", "typed_over": "0"}
        response = as_alice.post(session_page(session, "women/"), typed)
        assert response.status_code == 302


class TestAllSessionsLessThoseShown:
    @pytest.fixture
    def conference(self, harbour: Organisation) -> Gathering:
        return GatheringFactory(organisation=harbour, kind=GatheringKind.CONFERENCE)

    def say(
        self,
        gathering: Gathering,
        *,
        by: User,
        seats: int,
        women: int,
        basis: Basis = Basis.ORGANISER_STATED,
    ) -> None:
        session = SessionFactory(gathering=gathering)
        SeatFactory.create_batch(seats, session=session)
        stated = StatedWomen(women, seats - women, basis, Definition.WOMEN)
        count_session(session=session, stated=stated, typed_over=0, by=by, now=timezone.now())

    @pytest.mark.parametrize(
        ("seats", "basis"), [(2, Basis.ORGANISER_STATED), (4, Basis.SELF_DECLARED)]
    )
    def test_a_session_that_is_not_shown_is_not_known(
        self, conference: Gathering, alice: User, seats: int, basis: Basis
    ) -> None:
        self.say(conference, by=alice, seats=5, women=3)
        self.say(conference, by=alice, seats=seats, women=1, basis=basis)
        assert women_seats(conference) == Count(3, 2, seats)

    def test_whatever_it_holds_the_total_is_the_same(
        self, harbour: Organisation, alice: User
    ) -> None:
        totals = set()
        for women in range(3):
            one = GatheringFactory(organisation=harbour, kind=GatheringKind.CONFERENCE)
            self.say(one, by=alice, seats=5, women=3)
            self.say(one, by=alice, seats=2, women=women)
            totals.add(women_seats(one))
        assert totals == {Count(3, 2, 2)}


@pytest.mark.django_db(transaction=True)
class TestSomebodyOnBothStages:
    """Both stages together less the whole are the answers of whoever is on both."""

    @pytest.fixture
    def asked(self, harbour: Organisation, alice: User) -> DeclarationRound:
        """Six on the main stage and eight elsewhere, the first of them on both."""
        event = upcoming(GatheringFactory(organisation=harbour, kind=GatheringKind.CONFERENCE))
        for number in range(1, 7):
            seat(event, number, stage=Stage.MAIN)
        for number in (1, *range(7, 14)):
            seat(event, number)
        return opened(event, by=alice)

    def close_after(
        self, asked: DeclarationRound, *, silent: Iterable[int] = ()
    ) -> dict[Part, Count | None]:
        asked.tokens.filter(participant__number__in=list(silent)).update(is_used=True)
        answers(asked, *[("yes", "no"), ("no", "yes")] * 7)
        close_round(round_id=asked.pk, by=None, now=timezone.now())
        found = count_on_record(asked.gathering)
        assert found is not None
        return shown(found.line_up)

    def test_as_the_line_up_was(self, asked: DeclarationRound) -> None:
        seen = self.close_after(asked, silent=[13])
        assert seen == {Part.WHOLE: seen[Part.WHOLE], Part.MAIN_STAGE: None, Part.REST: None}

    def test_taken_off_one_stage_while_people_answer(self, asked: DeclarationRound) -> None:
        """Then the stages add up to the whole, and the rest waits for whoever says nothing."""
        Seat.objects.filter(participant__number=1, session__stage=Stage.OTHER).delete()
        seen = self.close_after(asked, silent=[13])
        assert seen[Part.WHOLE] is not None
        assert (seen[Part.MAIN_STAGE], seen[Part.REST]) == (None, None)
        stages = asked.gathering.tallies.exclude(part=Part.WHOLE)
        assert set(stages.values_list("yes", "no", "basis")) == {(0, 0, Basis.NOT_KNOWN)}

    def test_a_chair_elsewhere_is_not_on_both(self, harbour: Organisation, alice: User) -> None:
        event = upcoming(GatheringFactory(organisation=harbour, kind=GatheringKind.CONFERENCE))
        for number in range(1, 7):
            seat(event, number, stage=Stage.MAIN)
        seat(event, 1, role=SeatRole.CHAIR)
        for number in range(7, 14):
            seat(event, number)
        seen = self.close_after(opened(event, by=alice), silent=[13])
        assert None not in (seen[Part.MAIN_STAGE], seen[Part.REST])

    def test_by_the_numbers_alone(self) -> None:
        counters = {
            (Part.WHOLE, Measure.WOMEN): (6, 6),
            (Part.MAIN_STAGE, Measure.WOMEN): (3, 3),
            (Part.REST, Measure.WOMEN): (4, 3),
        }
        found = {}
        for people in (People(13, 6, 8), People(13, 6, 7), People(13, 5, 7)):
            made = line_up(
                GatheringKind.EVENT, people, counters, definition=Definition.WOMEN,
                some_on_both=True,
            )  # fmt: skip
            tally = made.tally(Measure.WOMEN, Part.REST, Counted.COUNTED)
            assert tally is not None
            found[people] = tally.basis
        assert list(found.values()) == [Basis.SELF_DECLARED, Basis.NOT_KNOWN, Basis.NOT_KNOWN]


def test_a_count_that_nobody_typed_is_nobodys_to_see(gathering: Gathering, alice: User) -> None:
    gathering.tallies.create(
        part=Part.WHOLE, counted=Counted.COUNTED, measure=Measure.WOMEN, version=1, yes=1, no=2,
        unknown=0, basis=Basis.SELF_DECLARED, definition=Definition.WOMEN, rules_version="1",
        entered_at=timezone.now(),
    )  # fmt: skip
    found = count_on_record(gathering)
    assert found is not None
    assert [found.was_typed_by(one) for one in (alice, AnonymousUser())] == [False, False]  # type: ignore[arg-type]
