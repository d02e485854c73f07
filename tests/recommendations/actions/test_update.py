"""What a report of progress writes, what it refuses, and that it rolls back whole."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from history.queries import lines_about
from organisations.models import User
from recommendations import actions
from recommendations.actions import reporting
from recommendations.enums import Rating, State
from recommendations.models import Action, ProgressUpdate, Recommendation
from recommendations.refusals import CLOSED, RecommendationRefused
from tests.factories.organisations import UserFactory
from tests.recommendations.actions.conftest import NOW, close, fail, verbs


class TestUpdate:
    def post(self, recommendation: Recommendation, by: User) -> ProgressUpdate:
        return actions.post_update(
            recommendation=recommendation, rating=Rating.AT_RISK, text="Late.", by=by, now=NOW
        )

    def test_the_lead_posts_and_the_work_starts(
        self, recommendation: Recommendation, action: Action, bea: User
    ) -> None:
        update = self.post(recommendation, bea)
        recommendation.refresh_from_db()
        assert list(recommendation.updates.all()) == [update]
        assert recommendation.state == State.IN_PROGRESS
        assert [line.text for line in lines_about(recommendation)][::-1] == [
            "Bea Brown posted an update: At risk",
            "With that, Bea Brown started this",
        ]

    def test_it_starts_once(
        self, recommendation: Recommendation, action: Action, bea: User
    ) -> None:
        self.post(recommendation, bea)
        self.post(recommendation, bea)
        assert verbs(recommendation).count("recommendation.started") == 1

    def test_the_sponsor_may_post(self, recommendation: Recommendation) -> None:
        sponsor = UserFactory()
        Recommendation.objects.update(accountable_owner=sponsor)
        self.post(recommendation, sponsor)
        assert recommendation.updates.count() == 1

    def test_a_role_is_not_enough(
        self, recommendation: Recommendation, action: Action, alice: User
    ) -> None:
        with pytest.raises(PermissionDenied):
            self.post(recommendation, alice)
        assert verbs(recommendation) == []

    def test_a_closed_one_is_refused(
        self, recommendation: Recommendation, action: Action, bea: User
    ) -> None:
        close(recommendation)
        with pytest.raises(RecommendationRefused, match=CLOSED):
            self.post(recommendation, bea)

    def test_it_rolls_back_whole(
        self,
        recommendation: Recommendation,
        action: Action,
        bea: User,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(reporting, "start", fail)
        with pytest.raises(DatabaseError), transaction.atomic():
            self.post(recommendation, bea)
        assert (recommendation.updates.count(), verbs(recommendation)) == (0, [])

    @pytest.mark.parametrize(
        "change",
        [
            lambda rows: rows.update(text="All is well."),
            lambda rows: rows._raw_delete("default"),
        ],
    )
    def test_what_was_reported_stays(
        self,
        recommendation: Recommendation,
        action: Action,
        bea: User,
        change: Callable[[object], int],
    ) -> None:
        self.post(recommendation, bea)
        with pytest.raises(DatabaseError), transaction.atomic():
            change(ProgressUpdate.objects.all())
        assert ProgressUpdate.objects.get().text == "Late."
