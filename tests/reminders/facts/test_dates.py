"""Actions with a date that stands: before it, after it, and when it is nearly too late to move."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from organisations.enums import Role
from organisations.models import User
from recommendations.actions.extending import withdraw_extension
from recommendations.enums import Rating
from recommendations.models import Action, NotYet, Recommendation
from reminders.enums import Audience, ReminderKind
from tests.factories.closing import asked_for, taken_on
from tests.factories.recommendations import ProgressUpdateFactory
from tests.reminders.facts.asking import (
    DUE,
    ENDINGS,
    GONE,
    TODAY,
    days,
    heard,
    told,
)

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
TO_LEAD = (ReminderKind.ACTION_DUE, Audience.LEAD)
TO_SPONSOR = (ReminderKind.ACTION_LATE, Audience.SPONSOR)
TO_CHAIR = (ReminderKind.ACTION_LATE, Audience.CHAIR)
ENDING = (ReminderKind.DATE_ENDING, Audience.LEAD)
OF_THE_DATE = [TO_LEAD, TO_SPONSOR, TO_CHAIR]
EVERY = [*OF_THE_DATE, ENDING]


@pytest.fixture
def at_risk(recommendation: Recommendation) -> None:
    ProgressUpdateFactory(recommendation=recommendation, posted_at=NOW, rating=Rating.AT_RISK)


def said(action: Action, until: date, due_date: date = DUE) -> NotYet:
    return NotYet.objects.create(
        action=action,
        by=action.responsible_owner,
        reason="The supplier changed.",
        due_date=due_date,
        said_at=NOW,
        until=until,
    )


class TestWho:
    def test_each_hears_of_the_date(
        self, action: Action, lead: User, sponsor: User, chair: User, at_risk: None
    ) -> None:
        assert told(*TO_LEAD) == [(lead, action.pk, DUE)]
        assert told(*TO_SPONSOR) == [(sponsor, action.pk, DUE)]
        assert told(*TO_CHAIR) == [(chair, action.pk, DUE)]
        assert told(*ENDING) == [(lead, action.pk, DUE)]

    @pytest.mark.parametrize("end", ENDINGS)
    def test_nobody_once_it_has_ended(
        self, action: Action, chair: User, at_risk: None, end: Callable[[Recommendation], None]
    ) -> None:
        end(action.recommendation)
        assert [heard(*each) for each in EVERY] == [[], [], [], []]

    @pytest.mark.parametrize("change", [{"proven_on": TODAY}, {"accepted_by": None}])
    def test_nobody_once_shown_or_before_a_yes(
        self, action: Action, chair: User, at_risk: None, change: dict[str, object]
    ) -> None:
        Action.objects.update(**change)
        assert [heard(*each) for each in EVERY] == [[], [], [], []]

    @pytest.mark.parametrize("go", GONE)
    def test_nobody_once_the_lead_is_gone(
        self, action: Action, chair: User, lead: User, at_risk: None, go: Callable[[User], None]
    ) -> None:
        go(lead)
        assert [heard(*each) for each in EVERY] == [[], [], [], []]

    @pytest.mark.parametrize("go", GONE)
    def test_not_who_is_gone(
        self,
        action: Action,
        sponsor: User,
        chair: User,
        lead: User,
        committee: User,
        go: Callable[[User], None],
    ) -> None:
        go(sponsor)
        go(chair)
        assert [heard(*each) for each in OF_THE_DATE] == [[lead], [], []]

    def test_every_chair_and_each_once(
        self, action: Action, chair: User, committee: User, coordinator: User
    ) -> None:
        roles = [Role.CHAIR, Role.COMMITTEE, Role.STAFF]
        committee.memberships.update(roles=roles)
        assert heard(*TO_CHAIR) == [chair, committee]

    def test_not_of_what_they_lead_themselves(
        self, recommendation: Recommendation, sponsor: User, chair: User
    ) -> None:
        """It is called actions of others; as the lead they have heard already."""
        own = taken_on(recommendation, sponsor, DUE)
        chairs = taken_on(recommendation, chair, DUE, position=2)
        assert told(*TO_SPONSOR) == [(sponsor, chairs.pk, DUE)]
        assert told(*TO_CHAIR) == [(chair, own.pk, DUE)]

    def test_a_sponsor_who_chairs_hears_as_both(self, action: Action, sponsor: User) -> None:
        sponsor.memberships.update(roles=[Role.CHAIR])
        assert (heard(*TO_SPONSOR), heard(*TO_CHAIR)) == ([sponsor], [sponsor])

    def test_without_a_sponsor(self, action: Action, chair: User) -> None:
        Recommendation.objects.update(accountable_owner=None)
        assert (heard(*TO_SPONSOR), heard(*TO_CHAIR)) == ([], [chair])


class TestNotYet:
    @pytest.mark.parametrize(("until", "hears"), [(6, False), (5, True)])
    def test_it_stops_them_until_its_day(
        self, action: Action, chair: User, until: int, hears: bool
    ) -> None:
        said(action, DUE + days(until))
        late = DUE + days(5)
        assert [bool(heard(*each, today=late)) for each in OF_THE_DATE] == [hears] * 3

    def test_one_for_an_earlier_date_counts_no_more(self, action: Action, lead: User) -> None:
        said(action, TODAY + days(20), due_date=DUE - days(30))
        assert heard(*TO_LEAD) == [lead]

    def test_one_of_another_action_counts_for_that_alone(self, action: Action, lead: User) -> None:
        other = taken_on(action.recommendation, lead, DUE, position=2)
        said(other, DUE + days(1))
        assert told(*TO_LEAD) == [(lead, action.pk, DUE)]

    def test_the_later_of_two_counts(self, action: Action) -> None:
        said(action, DUE + days(1))
        NotYet.objects.create(
            action=action, by=action.responsible_owner, reason="Still.", due_date=DUE,
            said_at=NOW + timedelta(hours=1), until=DUE + days(30),
        )  # fmt: skip
        assert [heard(*each, today=DUE + days(2)) for each in OF_THE_DATE] == [[], [], []]


class TestEnding:
    @pytest.mark.parametrize(
        ("ratings", "hears"),
        [
            ([], False),
            ([Rating.ON_TRACK], False),
            ([Rating.AT_RISK], True),
            ([Rating.OFF_TRACK], True),
            ([Rating.AT_RISK, Rating.ON_TRACK], False),
            ([Rating.ON_TRACK, Rating.OFF_TRACK], True),
        ],
    )
    def test_the_newest_rating_counts(
        self, action: Action, ratings: list[Rating], hears: bool
    ) -> None:
        for number, rating in enumerate(ratings):
            ProgressUpdateFactory(
                recommendation=action.recommendation,
                posted_at=NOW + timedelta(hours=number),
                rating=rating,
            )
        assert bool(heard(*ENDING)) == hears

    def test_not_while_a_later_date_is_asked_for(
        self, action: Action, lead: User, at_risk: None
    ) -> None:
        asked = asked_for(action, DUE + days(30), by=lead, at=NOW)
        assert heard(*ENDING) == []
        withdraw_extension(extension=asked, by=lead, now=NOW)
        assert heard(*ENDING) == [lead]
