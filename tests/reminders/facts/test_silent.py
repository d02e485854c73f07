"""What owners have let lie: silence, and what the committee returned to them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from organisations.models import Organisation, User
from recommendations.actions.reporting import post_update
from recommendations.enums import Rating, Ruling
from recommendations.models import Action, Recommendation
from recommendations.queries import rows_of
from reminders.enums import Audience, ReminderKind
from tests.factories.closing import decide_closure, proposed, taken_on
from tests.factories.recommendations import (
    ActionFactory,
    ProgressUpdateFactory,
    RecommendationFactory,
)
from tests.reminders.facts.asking import DUE, ENDINGS, GONE, days, heard, told
from tests.reminders.facts.conftest import LONG_AGO

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
SILENT = (ReminderKind.SILENT, Audience.OWNERS)
RETURNED = (ReminderKind.RETURNED, Audience.OWNERS)


class TestSilent:
    def test_sponsor_and_leads_hear_each_once(
        self, action: Action, lead: User, sponsor: User, chair: User, coordinator: User
    ) -> None:
        of = action.recommendation
        taken_on(of, lead, DUE, position=2)
        taken_on(of, sponsor, DUE, position=3)
        since = timezone.localdate(LONG_AGO) + days(91)
        assert told(*SILENT) == [(lead, of.pk, since), (sponsor, of.pk, since)]

    def test_it_counts_from_the_newest_update(
        self, action: Action, harbour: Organisation, sponsor: User, lead: User
    ) -> None:
        of = action.recommendation
        harbour.silent_after_days = 30
        harbour.save()
        for posted_at in (NOW, NOW - timedelta(days=9)):
            ProgressUpdateFactory(recommendation=of, posted_at=posted_at)
        since = date(2026, 4, 10)
        assert told(*SILENT) == [(lead, of.pk, since), (sponsor, of.pk, since)]

    @pytest.mark.parametrize("silent_after", [30, 61, 90])
    @pytest.mark.parametrize("hour", [0, 23])
    def test_it_is_the_day_on_which_the_dashboard_begins_to_say_so(
        self, action: Action, harbour: Organisation, silent_after: int, hour: int
    ) -> None:
        """Also around midnight in summer, when the day in London is another one."""
        harbour.silent_after_days = silent_after
        harbour.save()
        posted_at = datetime(2026, 7, 8, hour, 30, tzinfo=UTC)
        ProgressUpdateFactory(recommendation=action.recommendation, posted_at=posted_at)
        [anchor] = {row[2] for row in told(*SILENT)}
        shown = [
            rows_of(harbour, today=day)[0].is_silent
            for day in (anchor - days(1), anchor, anchor + days(1))
        ]
        assert shown == [False, True, True]

    @pytest.mark.parametrize("end", ENDINGS)
    def test_nobody_once_it_has_ended(
        self, action: Action, end: Callable[[Recommendation], None]
    ) -> None:
        end(action.recommendation)
        assert heard(*SILENT) == []

    @pytest.mark.parametrize("go", GONE)
    def test_not_who_is_gone(
        self, action: Action, lead: User, sponsor: User, go: Callable[[User], None]
    ) -> None:
        go(lead)
        assert heard(*SILENT) == [sponsor]
        go(sponsor)
        assert heard(*SILENT) == []

    def test_a_lead_without_a_sponsor(self, recommendation: Recommendation, bea: User) -> None:
        """Whether they have said yes or not: they are asked to own it."""
        Recommendation.objects.update(accountable_owner=None)
        ActionFactory(recommendation=recommendation, responsible_owner=bea)
        assert heard(*SILENT) == [bea]

    def test_nobody_owns_it(self, harbour: Organisation, chair: User) -> None:
        RecommendationFactory(organisation=harbour, created_at=LONG_AGO)
        assert heard(*SILENT) == []


class TestReturned:
    @pytest.fixture
    def returned(self, action: Action, lead: User) -> Recommendation:
        of = action.recommendation
        waits = proposed(of, by=lead, at=NOW - timedelta(days=2))
        decide_closure(waits, Ruling.RETURNED, at=NOW)
        of.refresh_from_db()
        return of

    def test_the_owners_hear_from_the_day_of_the_decision(
        self, returned: Recommendation, lead: User, sponsor: User, chair: User
    ) -> None:
        on = date(2026, 3, 10)
        assert told(*RETURNED) == [(lead, returned.pk, on), (sponsor, returned.pk, on)]

    def test_not_while_it_waits(self, action: Action, lead: User) -> None:
        proposed(action.recommendation, by=lead, at=NOW)
        assert heard(*RETURNED) == []

    def test_not_once_somebody_posts_an_update(self, returned: Recommendation, lead: User) -> None:
        ProgressUpdateFactory(recommendation=returned, posted_at=NOW - timedelta(hours=1))
        assert heard(*RETURNED) != []
        post_update(
            recommendation=returned,
            rating=Rating.ON_TRACK,
            text="The last one is done.",
            by=lead,
            now=NOW + timedelta(hours=1),
        )
        assert heard(*RETURNED) == []

    def test_not_once_it_is_proposed_again(self, returned: Recommendation, lead: User) -> None:
        again = proposed(returned, by=lead, at=NOW + timedelta(days=1))
        assert heard(*RETURNED) == []
        decide_closure(again, Ruling.RETURNED, at=NOW + timedelta(days=3))
        assert {row[2] for row in told(*RETURNED)} == {date(2026, 3, 13)}

    def test_not_what_was_closed_and_opened_again(self, action: Action, lead: User) -> None:
        of = action.recommendation
        decide_closure(proposed(of, by=lead, at=NOW), Ruling.APPROVED, at=NOW)
        assert heard(*RETURNED) == []
        Recommendation.objects.update(
            state="in_progress", closed_on=None, reopened_at=NOW + timedelta(days=1),
            state_reason="",
        )  # fmt: skip
        assert heard(*RETURNED) == []

    @pytest.mark.parametrize("go", GONE)
    def test_not_who_is_gone(
        self, returned: Recommendation, lead: User, sponsor: User, go: Callable[[User], None]
    ) -> None:
        go(sponsor)
        assert heard(*RETURNED) == [lead]

    @pytest.mark.parametrize("end", ENDINGS[1:])
    def test_nobody_once_it_has_ended(
        self, returned: Recommendation, end: Callable[[Recommendation], None]
    ) -> None:
        end(returned)
        assert heard(*RETURNED) == []
