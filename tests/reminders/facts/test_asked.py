"""Who was asked to lead and has not answered, and whose lead has left."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from organisations.models import User
from recommendations.actions.handing_over import hand_over
from recommendations.actions.objecting import settle_objection
from recommendations.actions.owning import accept_action, set_owners
from recommendations.assignment import Assignment, Keep
from recommendations.handing_over import Passing
from recommendations.models import Action, Recommendation
from reminders.enums import Audience, ReminderKind
from tests.factories.closing import objected
from tests.factories.recommendations import ActionFactory
from tests.reminders.facts.asking import DUE, ENDINGS, GONE, TODAY, days, heard, leave, told
from tests.reminders.facts.conftest import LONG_AGO

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ASKED_ON = date(2026, 3, 2)
TO_LEAD = (ReminderKind.NOT_ACCEPTED, Audience.LEAD)
TO_SPONSOR = (ReminderKind.NOT_ACCEPTED, Audience.SPONSOR)
LEFT_SPONSOR = (ReminderKind.HANDOVER, Audience.SPONSOR)
LEFT_COORDINATOR = (ReminderKind.HANDOVER, Audience.COORDINATOR)


def ask(action: Action, lead: User, at: datetime = NOW) -> None:
    set_owners(
        recommendation=action.recommendation,
        sponsor=Keep.AS_IT_IS,
        assignments=[Assignment(action.pk, lead=lead.pk)],
        by=lead,
        now=at,
    )


@pytest.fixture
def asked(recommendation: Recommendation, lead: User) -> Action:
    """On 2 March, for ten days from now."""
    made: Action = ActionFactory(recommendation=recommendation, position=1, target_date=DUE)
    ask(made, lead)
    made.refresh_from_db()
    return made


class TestNotAccepted:
    def test_it_counts_from_the_day_they_were_asked(
        self, asked: Action, lead: User, sponsor: User
    ) -> None:
        assert told(*TO_LEAD) == [(lead, asked.pk, ASKED_ON)]
        assert told(*TO_SPONSOR) == [(sponsor, asked.pk, ASKED_ON)]

    def test_a_night_in_summer_is_of_the_london_day(self, asked: Action, bea: User) -> None:
        ask(asked, bea, at=datetime(2026, 6, 3, 23, 30, tzinfo=UTC))
        assert told(*TO_SPONSOR)[0][2] == date(2026, 6, 4)

    def test_somebody_else_is_asked_anew(self, asked: Action, lead: User, bea: User) -> None:
        ask(asked, bea, at=NOW + timedelta(days=3))
        assert told(*TO_LEAD) == [(bea, asked.pk, ASKED_ON + days(3))]
        ask(asked, lead, at=NOW + timedelta(days=5))
        assert told(*TO_LEAD) == [(lead, asked.pk, ASKED_ON + days(5))]

    def test_who_takes_over_is_asked(self, asked: Action, lead: User, bea: User) -> None:
        of = asked.recommendation
        passing = Passing(of.pk, asked.pk, bea.pk, "The file is on the shelf.")
        later = NOW + timedelta(days=4)
        hand_over(organisation=of.organisation, person=lead, passings=[passing], by=lead, now=later)
        assert told(*TO_LEAD) == [(bea, asked.pk, ASKED_ON + days(4))]

    def test_what_history_does_not_tell_of_counts_from_the_beginning(
        self, recommendation: Recommendation, lead: User
    ) -> None:
        made = ActionFactory(recommendation=recommendation, responsible_owner=lead, target_date=DUE)
        assert told(*TO_LEAD) == [(lead, made.pk, timezone.localdate(LONG_AGO))]

    def test_not_once_they_said_yes(self, asked: Action, lead: User) -> None:
        accept_action(action=asked, shown_date=DUE, by=lead, now=NOW)
        assert (heard(*TO_LEAD), heard(*TO_SPONSOR)) == ([], [])

    def test_not_while_a_no_waits_and_anew_when_asked_again(
        self, asked: Action, lead: User, sponsor: User
    ) -> None:
        no = objected(asked, made_at=NOW)
        assert (heard(*TO_LEAD), heard(*TO_SPONSOR)) == ([], [])
        settle_objection(
            objection=no, answer="You get two days.", lead=None, is_reassigned=False,
            by=sponsor, now=NOW + timedelta(days=2),
        )  # fmt: skip
        assert told(*TO_LEAD) == [(lead, asked.pk, ASKED_ON + days(2))]

    @pytest.mark.parametrize(
        ("change", "hears"),
        [
            ({"target_date": None}, False),
            ({"target_date": TODAY}, True),
            ({"target_date": TODAY - days(1)}, False),
            (
                {
                    "target_date": TODAY - days(1),
                    "original_date": TODAY - days(1),
                    "accepted_at": NOW,
                },
                True,
            ),
        ],
    )
    def test_the_lead_hears_only_where_they_can_say_yes(
        self, asked: Action, lead: User, sponsor: User, change: dict[str, object], hears: bool
    ) -> None:
        """The sponsor hears all the same: nobody has taken it on."""
        Action.objects.update(**change)
        assert heard(*TO_LEAD) == ([lead] if hears else [])
        assert heard(*TO_SPONSOR) == [sponsor]

    @pytest.mark.parametrize("end", ENDINGS)
    def test_nobody_once_it_has_ended(
        self, asked: Action, end: Callable[[Recommendation], None]
    ) -> None:
        end(asked.recommendation)
        assert (heard(*TO_LEAD), heard(*TO_SPONSOR)) == ([], [])

    @pytest.mark.parametrize("go", GONE)
    def test_not_who_is_gone(
        self, asked: Action, lead: User, sponsor: User, go: Callable[[User], None]
    ) -> None:
        go(sponsor)
        assert (heard(*TO_LEAD), heard(*TO_SPONSOR)) == ([lead], [])
        go(lead)
        assert heard(*TO_LEAD) == []

    def test_a_sponsor_who_is_asked_hears_once(self, asked: Action, sponsor: User) -> None:
        ask(asked, sponsor)
        assert (heard(*TO_LEAD), heard(*TO_SPONSOR)) == ([sponsor], [])

    def test_nobody_was_asked(self, recommendation: Recommendation) -> None:
        ActionFactory(recommendation=recommendation, target_date=DUE)
        assert (heard(*TO_LEAD), heard(*TO_SPONSOR)) == ([], [])


class TestHandover:
    @pytest.fixture
    def left(self, action: Action, lead: User) -> Action:
        lead.memberships.update(ended_at=NOW)
        return action

    def test_the_sponsor_hears_from_the_day_they_left(
        self, left: Action, sponsor: User, coordinator: User
    ) -> None:
        assert told(*LEFT_SPONSOR) == [(sponsor, left.pk, ASKED_ON)]
        assert heard(*LEFT_COORDINATOR) == []

    @pytest.mark.parametrize("go", GONE)
    def test_the_coordinators_where_no_sponsor_is_here(
        self, left: Action, sponsor: User, coordinator: User, go: Callable[[User], None]
    ) -> None:
        go(sponsor)
        assert heard(*LEFT_SPONSOR) == []
        assert told(*LEFT_COORDINATOR) == [(coordinator, left.pk, ASKED_ON)]

    def test_the_coordinators_where_there_is_no_sponsor(
        self, left: Action, alice: User, coordinator: User, chair: User
    ) -> None:
        Recommendation.objects.update(accountable_owner=None)
        assert heard(*LEFT_COORDINATOR) == [alice, coordinator]

    def test_a_sponsor_who_led_it_and_left(
        self, left: Action, lead: User, coordinator: User
    ) -> None:
        Recommendation.objects.update(accountable_owner=lead)
        assert (heard(*LEFT_SPONSOR), heard(*LEFT_COORDINATOR)) == ([], [coordinator])

    def test_not_who_is_here_or_came_back(
        self, left: Action, lead: User, sponsor: User, recommendation: Recommendation
    ) -> None:
        ActionFactory(recommendation=recommendation, position=2, responsible_owner=sponsor)
        ActionFactory(recommendation=recommendation, position=3)
        assert told(*LEFT_SPONSOR) == [(sponsor, left.pk, ASKED_ON)]
        lead.memberships.create(
            organisation=recommendation.organisation, roles=["staff"], started_at=NOW
        )
        assert heard(*LEFT_SPONSOR) == []

    def test_a_closed_account_counts_from_when_it_was_closed(
        self, action: Action, lead: User, sponsor: User
    ) -> None:
        lead.is_active, lead.last_login = False, LONG_AGO
        lead.save()
        User.objects.filter(pk=lead.pk).update(closed_at=NOW - timedelta(days=1))
        assert told(*LEFT_SPONSOR) == [(sponsor, action.pk, ASKED_ON - days(1))]

    @pytest.mark.parametrize("end", ENDINGS)
    def test_nobody_once_it_has_ended(
        self, left: Action, coordinator: User, end: Callable[[Recommendation], None]
    ) -> None:
        end(left.recommendation)
        assert (heard(*LEFT_SPONSOR), heard(*LEFT_COORDINATOR)) == ([], [])

    def test_nobody_once_it_is_shown(self, left: Action, sponsor: User) -> None:
        Action.objects.update(proven_on=TODAY)
        assert heard(*LEFT_SPONSOR) == []
        leave(sponsor)
        assert heard(*LEFT_COORDINATOR) == []
