"""The look back at a quarter: who gets it, and the figures that it holds."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.enums import InvitationKind, InvitationState
from commitments.models import Invitation, Pledge, Step
from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.enums import Rating, Response
from recommendations.models import ProgressUpdate, Recommendation
from recommendations.queries import rows_of
from reminders.enums import Audience, ReminderKind
from reminders.lines import LINES, About
from tests.conftest import signed_in_as
from tests.factories.closing import implemented, proposed, taken_on
from tests.factories.commitments import InvitationFactory, PledgeFactory
from tests.factories.deciding import closed_by_decision, moved_by_decision
from tests.factories.packs import plan_for_a_pack
from tests.factories.recommendations import RecommendationFactory
from tests.reminders.facts.asking import GONE, days, heard, told
from tests.reminders.facts.conftest import member

pytestmark = pytest.mark.django_db

TO_COMMITTEE = (ReminderKind.QUARTER, Audience.COMMITTEE)
TO_LEADER = (ReminderKind.QUARTER, Audience.LEADER)
THIS = date(2026, 1, 1)
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
LAST_YEAR = datetime(2025, 2, 3, 9, tzinfo=UTC)
FIRST, LAST = (datetime(2025, 10, 1, 9, tzinfo=UTC), datetime(2025, 12, 31, 9, tzinfo=UTC))
BEFORE, AFTER = (datetime(2025, 9, 30, 9, tzinfo=UTC), datetime(2026, 1, 1, 9, tzinfo=UTC))
S = InvitationState


def look_back(subject: Organisation | Pledge, now: datetime = NOW) -> About:
    with time_machine.travel(now, tick=False):
        return LINES[ReminderKind.QUARTER]([subject.pk])[subject.pk]


class TestWhoHears:
    @pytest.mark.parametrize("role", Role)
    def test_chairs_and_committees(
        self, role: Role, recommendation: Recommendation, harbour: Organisation, chidi: User
    ) -> None:
        """Chidi chairs where there is none."""
        person = member(harbour, "somebody", role)
        hears = role in {Role.CHAIR, Role.COMMITTEE}
        expected = [(person, harbour.pk, THIS)] if hears else []
        assert told(*TO_COMMITTEE) == expected

    def test_both_roles_are_one_person(self, recommendation: Recommendation, alice: User) -> None:
        assert heard(*TO_COMMITTEE) == [alice]

    @pytest.mark.parametrize(
        ("today", "anchor"),
        [
            (date(2025, 12, 31), date(2025, 10, 1)),
            (date(2026, 1, 1), date(2026, 1, 1)),
            (date(2026, 3, 31), date(2026, 1, 1)),
            (date(2026, 4, 1), date(2026, 4, 1)),
            (date(2028, 2, 29), date(2028, 1, 1)),
        ],
    )
    def test_the_day_is_the_first_of_the_quarter(
        self, today: date, anchor: date, recommendation: Recommendation, chair: User, bea: User
    ) -> None:
        pledge = PledgeFactory(leader=bea, created_at=LAST_YEAR)
        assert [day for *_, day in told(*TO_COMMITTEE, today)] == [anchor]
        assert told(*TO_LEADER, today) == [(bea, pledge.pk, anchor)]

    @pytest.mark.parametrize(("came", "hears"), [(LAST, True), (AFTER, False)])
    def test_not_before_there_is_anything_to_look_back_on(
        self, came: datetime, hears: bool, recommendation: Recommendation, chair: User
    ) -> None:
        Recommendation.objects.update(created_at=came)
        assert heard(*TO_COMMITTEE) == ([chair] if hears else [])

    @pytest.mark.parametrize(
        ("made", "hears"), [(date(2025, 12, 18), True), (date(2025, 12, 19), False)]
    )
    def test_a_pledge_stood_for_two_weeks_of_it(self, made: date, hears: bool, bea: User) -> None:
        PledgeFactory(leader=bea, created_at=datetime(made.year, made.month, made.day, tzinfo=UTC))
        PledgeFactory(leader=bea, created_at=LAST_YEAR, draft=True)
        assert heard(*TO_LEADER) == ([bea] if hears else [])

    @pytest.mark.parametrize("go", GONE)
    def test_not_who_is_gone(
        self, go: Callable[[User], None], recommendation: Recommendation, chair: User
    ) -> None:
        go(chair)
        assert told(*TO_COMMITTEE) == []


class TestCommittee:
    def test_what_happened_in_the_quarter(
        self, recommendation: Recommendation, harbour: Organisation, lead: User, chidi: User
    ) -> None:
        """Its first and its last day are part of it; the days around it are not."""
        for at in (BEFORE, FIRST, LAST, AFTER):
            closed_by_decision(made(harbour), at=at)
            moved = taken_on(made(harbour), lead, date(2026, 6, 1), accepted_at=LAST_YEAR)
            moved_by_decision(moved, date(2026, 7, 1), at=at)
            proposed(made(harbour, accountable_owner=lead), by=lead, at=at)
        assert said(harbour)[:4] == [
            ("Closed", "2"),
            ("Closed, activity only so far", "0"),
            # Those that were closed had been proposed.
            ("Proposed for closure", "4"),
            ("Dates moved", "2"),
        ]

    def test_activity_alone_is_counted_apart(
        self, recommendation: Recommendation, lead: User, harbour: Organisation
    ) -> None:
        recommendation.response = Response.ACCEPTED
        recommendation.save()
        taken_on(recommendation, lead, date(2026, 6, 1), accepted_at=LAST_YEAR)
        implemented(recommendation, by=lead, at=FIRST)
        assert said(harbour)[:2] == [("Closed", "1"), ("Closed, activity only so far", "0")]
        Recommendation.objects.update(is_activity_only=True, outcome="")
        assert said(harbour)[:2] == [("Closed", "0"), ("Closed, activity only so far", "1")]

    def test_findings_and_what_was_withdrawn_are_no_part_of_it(
        self, recommendation: Recommendation, harbour: Organisation, lead: User
    ) -> None:
        closed_by_decision(made(harbour, is_finding=True), at=FIRST)
        taken_back = proposed(made(harbour, accountable_owner=lead), by=lead, at=FIRST)
        taken_back.withdrawn_at = LAST
        taken_back.save()
        assert [value for _, value in said(harbour)[:4]] == ["0", "0", "0", "0"]

    def test_what_is_late_is_as_the_dashboard_has_it(self, harbour: Organisation) -> None:
        """Some overdue, some silent, some turned down, some closed."""
        plan_for_a_pack(harbour)
        quiet = made(harbour, created_at=timezone.localtime() - days(91))
        heard_of = made(harbour, created_at=timezone.localtime() - days(91))
        for of, age in ((quiet, 91), (heard_of, 90)):
            at = timezone.localtime() - days(age)
            by = of.source.organisation.memberships.first().user
            ProgressUpdate.objects.create(
                recommendation=of, by=by, posted_at=at, rating=Rating.ON_TRACK, text="TEXT"
            )
        declined = {"response": Response.NOT_ACCEPTED, "response_reason": "Why"}
        made(harbour, created_at=timezone.localtime() - days(200), **declined)
        closed_by_decision(made(harbour))
        rows = rows_of(harbour, today=timezone.localdate())
        wanted = sum(row.needs_work for row in rows)
        overdue, silent = (
            sum(row.is_overdue for row in rows),
            sum(row.is_silent for row in rows),
        )
        assert min(overdue, silent) > 0
        assert said(harbour, timezone.now())[4:] == [
            ("Overdue today", f"{overdue} of {wanted} open"),
            ("Silent today", f"{silent} of {wanted} open"),
        ]

    def test_its_words(
        self, recommendation: Recommendation, harbour: Organisation, as_alice: Client
    ) -> None:
        about = look_back(harbour)
        assert about.title == "Recommendations, October to December 2025"
        assert as_alice.get(about.path).status_code == 200


def made(harbour: Organisation, **more: object) -> Recommendation:
    given = {"response": Response.ACCEPTED, "created_at": LAST_YEAR, **more}
    found: Recommendation = RecommendationFactory(organisation=harbour, **given)
    return found


def said(harbour: Organisation, now: datetime = NOW) -> list[tuple[str, str]]:
    return list(look_back(harbour, now).figures)


@pytest.fixture
def pledge(bea: User, chidi: User) -> Pledge:
    """Chidi was invited in the same quarter."""
    came_in(PledgeFactory(leader=chidi, created_at=LAST_YEAR))
    found: Pledge = PledgeFactory(leader=bea, created_at=LAST_YEAR)
    return found


def came_in(pledge: Pledge, on: date = date(2025, 10, 6), **more: object) -> Invitation:
    found: Invitation = InvitationFactory(pledge=pledge, received_on=on, **more)
    return found


class TestLeaders:
    def test_their_own_ledger_of_the_quarter(self, pledge: Pledge, bea: User) -> None:
        day = date(2025, 11, 3)
        came_in(pledge, FIRST.date(), state=S.TOOK_PART, asked_on=day, held_on=date(2025, 12, 2))
        came_in(pledge, LAST.date(), asked_on=date(2026, 1, 2))
        came_in(pledge, state=S.ANSWERED, asked_on=day, lineup_changed=True)
        came_in(pledge, kind=InvitationKind.CONVERSATION, asked_on=day)
        for outside in (BEFORE.date(), AFTER.date()):
            came_in(pledge, outside, asked_on=AFTER.date())
        about = look_back(pledge)
        assert about.title == "Your pledge, October to December 2025"
        assert list(about.figures) == [
            ("Invitations", "3"),
            ("Asked who is at the table", "3 of 3"),
            ("Organiser answered", "1 of 4"),
            ("Line-ups that changed after we asked", "1 of 4"),
            ("Took part", "1 of 3"),
        ]
        assert signed_in_as(bea).get(about.path).status_code == 200

    def test_only_what_is_confirmed(self, pledge: Pledge) -> None:
        came_in(pledge, confirmed_at=None)
        one = came_in(pledge, asked_on=date(2025, 11, 3))
        Step.objects.filter(invitation=one, state=S.ASKED).update(confirmed_at=None)
        assert dict(look_back(pledge).figures) == {
            "Invitations": "1",
            "Asked who is at the table": "0 of 1",
            "Took part": "0 of 1",
        }

    def test_where_nothing_came_in(self, pledge: Pledge) -> None:
        assert look_back(pledge).figures == (("Invitations", "0"),)

    def test_nothing_of_what_an_event_was_shown_to_meet(self, pledge: Pledge) -> None:
        came_in(pledge, state=S.TOOK_PART, held_on=date(2025, 12, 2), title="TITLE")
        words = " ".join(" ".join(pair) for pair in look_back(pledge).figures)
        assert "meet" not in words.lower()
        assert "TITLE" not in words


@pytest.mark.parametrize("number", [1, 3])
def test_the_figures_cost_the_same_however_many(
    number: int, bea: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    subjects: list[UUID] = []
    for _ in range(number):
        pledge = PledgeFactory(leader=bea, created_at=LAST_YEAR)
        came_in(pledge)
        of = RecommendationFactory(created_at=LAST_YEAR)
        subjects += [pledge.pk, of.organisation_id]
    with (
        time_machine.travel(NOW, tick=False),
        django_assert_num_queries(4),
    ):
        assert len(LINES[ReminderKind.QUARTER](subjects)) == 2 * number
