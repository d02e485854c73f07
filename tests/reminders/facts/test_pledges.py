"""Check-ins, events before and after, and anniversaries, of leaders' own pledges."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.actions.leaving import close_pledge
from commitments.enums import Cadence, Ending, InvitationKind, InvitationState, PledgeVerb
from commitments.models import Invitation, Pledge, Reflection
from commitments.queries.own_record import own_record_of
from history.actions import record
from organisations.models import Organisation, User
from reminders.enums import Audience, ReminderKind
from reminders.lines import LINES
from tests.conftest import signed_in_as
from tests.factories.commitments import CheckInFactory, InvitationFactory, PledgeFactory
from tests.factories.panels import GatheringFactory, enter_count, numbers
from tests.reminders.facts.asking import TODAY, days, lock_out, told

pytestmark = pytest.mark.django_db

CHECK_IN = (ReminderKind.CHECK_IN_DUE, Audience.LEADER)
BEFORE = (ReminderKind.EVENT_BEFORE, Audience.LEADER)
AFTER = (ReminderKind.EVENT_AFTER, Audience.LEADER)
ANNIVERSARY = (ReminderKind.ANNIVERSARY, Audience.LEADER)
MADE = datetime(2025, 4, 1, 12, tzinfo=UTC)
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
S, K = InvitationState, InvitationKind
GOING = [S.RECEIVED, S.ACCEPTED, S.PUT_FORWARD, S.STEPPED_BACK]
OVER = [S.DECLINED, S.WITHDREW, S.STEPPED_ASIDE]


@pytest.fixture
def pledge(harbour: Organisation, bea: User, chidi: User) -> Pledge:
    """Bea's, with check-ins by the quarter; Chidi has one too, and a draft."""
    PledgeFactory(leader=chidi, created_at=NOW)
    PledgeFactory(leader=chidi, draft=True)
    found: Pledge = PledgeFactory(
        leader=bea, organisation=harbour, created_at=MADE, check_in_every=Cadence.QUARTERLY
    )
    return found


def entry(pledge: Pledge, held_on: date | None, **more: object) -> Invitation:
    made: Invitation = InvitationFactory(
        pledge=pledge, received_on=TODAY - days(60), held_on=held_on, **more
    )
    return made


def end(pledge: Pledge) -> None:
    close_pledge(pledge=pledge, ending=Ending.ROLE_ENDED, ended_on=TODAY, by=pledge.leader, now=NOW)


class TestCheckIns:
    def test_the_leader_hears_from_the_day_it_opens(self, pledge: Pledge, bea: User) -> None:
        assert told(*CHECK_IN) == [(bea, pledge.pk, date(2026, 1, 1))]

    def test_nothing_once_it_is_done(self, pledge: Pledge) -> None:
        CheckInFactory(pledge=pledge, checked_in_at=NOW)
        assert told(*CHECK_IN) == []

    @pytest.mark.parametrize(
        ("cadence", "words"),
        [(Cadence.MONTHLY, "February 2026"), (Cadence.QUARTERLY, "October to December 2025")],
    )
    def test_it_is_named_after_its_time(self, cadence: Cadence, words: str, pledge: Pledge) -> None:
        Pledge.objects.update(check_in_every=cadence)
        with time_machine.travel(NOW, tick=False):
            about = LINES[ReminderKind.CHECK_IN_DUE]([pledge.pk])[pledge.pk]
        assert (about.title, about.path) == (words, f"/me/pledges/{pledge.pk}/check-in/")

    def test_it_has_another_name_once_none_is_open(self, pledge: Pledge) -> None:
        end(pledge)
        about = LINES[ReminderKind.CHECK_IN_DUE]([pledge.pk])[pledge.pk]
        assert about.title == "Your pledge"


class TestBefore:
    @pytest.mark.parametrize("state", GOING)
    @pytest.mark.parametrize("kind", [K.INVITED, K.HOSTING])
    def test_nobody_has_asked_yet(
        self, state: InvitationState, kind: InvitationKind, pledge: Pledge, bea: User
    ) -> None:
        made = entry(pledge, TODAY + days(21), state=state, kind=kind)
        assert told(*BEFORE) == [(bea, made.pk, TODAY + days(21))]

    @pytest.mark.parametrize("state", [*OVER, S.TOOK_PART])
    def test_nothing_of_what_is_over(self, state: InvitationState, pledge: Pledge) -> None:
        entry(pledge, TODAY + days(21), state=state)
        assert told(*BEFORE) == []

    @pytest.mark.parametrize("state", [S.ASKED, S.ANSWERED, S.ACCEPTED])
    def test_nothing_once_they_asked(self, state: InvitationState, pledge: Pledge) -> None:
        entry(pledge, TODAY + days(21), state=state, asked_on=TODAY - days(1))
        assert told(*BEFORE) == []

    @pytest.mark.parametrize("kind", [K.SEAT, K.CONVERSATION])
    def test_nothing_of_what_is_no_event(self, kind: InvitationKind, pledge: Pledge) -> None:
        entry(pledge, TODAY + days(21), kind=kind)
        entry(pledge, None)
        assert told(*BEFORE) == []

    def test_its_own_day_is_the_last(self, pledge: Pledge) -> None:
        made = entry(pledge, TODAY)
        assert [of for _, of, _ in told(*BEFORE)] == [made.pk]
        assert told(*BEFORE, TODAY + days(1)) == []

    def test_nothing_of_a_pledge_that_ended(self, pledge: Pledge) -> None:
        entry(pledge, TODAY + days(21))
        end(pledge)
        assert told(*BEFORE) == []

    def test_its_words(self, pledge: Pledge, as_bea: Client) -> None:
        made = entry(pledge, TODAY + days(21), title="The conference", note="NOTE", organiser="ORG")
        about = LINES[ReminderKind.EVENT_BEFORE]([made.pk])[made.pk]
        assert (about.title, about.figures) == ("The conference", ())
        assert as_bea.get(about.path).status_code == 200


class TestAfter:
    @pytest.mark.parametrize("state", [*GOING, S.TOOK_PART, S.ASKED])
    def test_nobody_has_said_what_came_of_it(
        self, state: InvitationState, pledge: Pledge, bea: User
    ) -> None:
        made = entry(pledge, TODAY - days(1), state=state)
        assert told(*AFTER) == [(bea, made.pk, TODAY - days(1))]

    @pytest.mark.parametrize("state", OVER)
    def test_nothing_where_they_were_not(self, state: InvitationState, pledge: Pledge) -> None:
        entry(pledge, TODAY - days(1), state=state)
        assert told(*AFTER) == []

    def test_nothing_of_what_is_no_event_or_has_not_been(self, pledge: Pledge) -> None:
        entry(pledge, TODAY)
        entry(pledge, None)
        for kind in (K.SEAT, K.CONVERSATION):
            entry(pledge, TODAY - days(1), kind=kind)
        assert told(*AFTER) == []

    def test_nothing_once_they_wrote(self, pledge: Pledge, bea: User) -> None:
        made = entry(pledge, TODAY - days(1), state=S.TOOK_PART)
        Reflection.objects.create(invitation=made, written_by=bea, written_at=NOW)
        assert told(*AFTER) == []

    def test_nothing_of_what_was_shown_to_meet(self, pledge: Pledge, bea: User) -> None:
        """As the record has it, by the thresholds that were signed."""
        entries = {}
        for women, minoritised in [(3, 1), (3, 0), (2, 1)]:
            event = GatheringFactory(organisation=pledge.organisation, held_on=TODAY - days(5))
            count = numbers(5, women, 5 - women, minoritised, 5 - minoritised)
            enter_count(event, count, by=bea)
            made = entry(pledge, TODAY - days(5), state=S.TOOK_PART, gathering=event)
            entries[made.pk] = (women, minoritised)
        waits = {each.entry.pk for each in own_record_of(pledge, today=TODAY).waits}
        assert {of for _, of, _ in told(*AFTER)} == waits
        assert sorted(entries[of] for of in waits) == [(2, 1), (3, 0)]

    def test_nothing_that_is_long_past(self, pledge: Pledge) -> None:
        """Nor of a pledge that ended."""
        entry(pledge, TODAY - days(100))
        entry(pledge, TODAY - days(1))
        end(pledge)
        assert told(*AFTER) == []

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow(
        self,
        number: int,
        pledge: Pledge,
        bea: User,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(number):
            event = GatheringFactory(organisation=pledge.organisation, held_on=TODAY - days(5))
            enter_count(event, numbers(5, 2, 3, 1, 4), by=bea)
            entry(pledge, TODAY - days(5), state=S.TOOK_PART, gathering=event)
        with django_assert_num_queries(5):
            assert len(told(*AFTER)) == number


class TestAnniversaries:
    @pytest.mark.parametrize(
        ("made", "today", "anchor"),
        [
            (date(2025, 4, 1), date(2026, 3, 31), None),
            (date(2025, 4, 1), date(2026, 4, 1), date(2026, 4, 1)),
            (date(2025, 4, 1), date(2027, 3, 31), date(2026, 4, 1)),
            (date(2024, 12, 20), date(2026, 1, 10), date(2025, 12, 20)),
            (date(2024, 2, 29), date(2025, 2, 27), None),
            (date(2024, 2, 29), date(2025, 2, 28), date(2025, 2, 28)),
            (date(2024, 2, 29), date(2027, 5, 1), date(2027, 2, 28)),
            (date(2024, 2, 29), date(2028, 2, 28), date(2027, 2, 28)),
            (date(2024, 2, 29), date(2028, 2, 29), date(2028, 2, 29)),
            (date(2024, 2, 28), date(2028, 2, 29), date(2028, 2, 28)),
            (date(2026, 3, 10), date(2026, 3, 10), None),
        ],
    )
    def test_the_last_one_there_was(
        self, made: date, today: date, anchor: date | None, bea: User
    ) -> None:
        at = datetime(made.year, made.month, made.day, 12, tzinfo=UTC)
        pledge = PledgeFactory(leader=bea, created_at=at)
        expected = [(bea, pledge.pk, anchor)] if anchor else []
        assert told(*ANNIVERSARY, today) == expected

    def test_the_day_is_londons(self, bea: User) -> None:
        """Half past eleven at night in UTC is the next day in summer."""
        PledgeFactory(leader=bea, created_at=datetime(2025, 6, 30, 23, 30, tzinfo=UTC))
        assert [day for *_, day in told(*ANNIVERSARY, date(2026, 7, 1))] == [date(2026, 7, 1)]

    @pytest.mark.parametrize(
        ("verb", "on", "hears"),
        [
            (PledgeVerb.REVISED, date(2026, 4, 1), False),
            (PledgeVerb.REVISION_DROPPED, date(2026, 4, 2), False),
            (PledgeVerb.SIGNED_AGAIN, date(2026, 5, 1), False),
            (PledgeVerb.CHOSE_WHAT_SHOWS, date(2026, 5, 1), False),
            (PledgeVerb.SIGNED_AGAIN, date(2026, 3, 31), True),
            (PledgeVerb.CHECKED_IN, date(2026, 4, 2), True),
            (PledgeVerb.CONFIRMED, date(2026, 4, 2), True),
        ],
    )
    def test_not_where_it_was_looked_at_again_since(
        self, verb: PledgeVerb, on: date, hears: bool, pledge: Pledge, bea: User
    ) -> None:
        at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
        record(verb, subject=pledge, organisation=None, by=bea, now=at)
        assert bool(told(*ANNIVERSARY, date(2026, 5, 2))) is hears

    def test_nothing_once_it_ended(self, pledge: Pledge) -> None:
        end(pledge)
        assert told(*ANNIVERSARY, date(2026, 5, 2)) == []

    def test_its_words(self, pledge: Pledge, bea: User) -> None:
        about = LINES[ReminderKind.ANNIVERSARY]([pledge.pk])[pledge.pk]
        assert about.title == "Your pledge"
        assert signed_in_as(bea).get(about.path).status_code == 200


@pytest.mark.parametrize("step", [CHECK_IN, BEFORE, AFTER, ANNIVERSARY])
def test_nobody_who_cannot_sign_in(
    step: tuple[ReminderKind, Audience], pledge: Pledge, bea: User
) -> None:
    entry(pledge, TODAY + days(21))
    entry(pledge, TODAY - days(1))
    today = TODAY if step != ANNIVERSARY else date(2026, 5, 2)
    assert [person for person, *_ in told(*step, today)] == [bea]
    lock_out(bea)
    assert told(*step, today) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_words_cost_the_same_however_many(
    number: int, bea: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pledges = [PledgeFactory(leader=bea, created_at=MADE) for _ in range(number)]
    entries = [entry(pledge, timezone.localdate()).pk for pledge in pledges]
    own = [pledge.pk for pledge in pledges]
    for kind, subjects, queries in [
        (ReminderKind.CHECK_IN_DUE, own, 2),
        (ReminderKind.ANNIVERSARY, own, 1),
        (ReminderKind.EVENT_BEFORE, entries, 1),
        (ReminderKind.EVENT_AFTER, entries, 1),
    ]:
        with django_assert_num_queries(queries):
            assert len(LINES[kind](subjects)) == number
