"""What a response writes, what it refuses, and that it rolls back whole."""

import pytest
from django.db import DatabaseError, transaction

from history.queries import lines_about
from organisations.models import User
from recommendations import actions
from recommendations.actions import locking
from recommendations.enums import Response
from recommendations.models import Recommendation
from recommendations.refusals import CLOSED, REASON_NEEDED, RecommendationRefused
from tests.recommendations.actions.conftest import NOW, close, fail, verbs


class TestResponse:
    def record(self, recommendation: Recommendation, by: User, response: str, reason: str) -> None:
        actions.record_response(
            recommendation=recommendation, response=response, reason=reason, by=by, now=NOW
        )

    def test_accepted_needs_no_reason(self, recommendation: Recommendation, alice: User) -> None:
        self.record(recommendation, alice, Response.ACCEPTED, "")
        recommendation.refresh_from_db()
        assert (recommendation.response, recommendation.state) == ("accepted", "not_started")
        assert [line.text for line in lines_about(recommendation)] == [
            "Alice Adeyemi recorded the response: Accepted"
        ]

    @pytest.mark.parametrize("response", [Response.ACCEPTED_IN_PART, Response.NOT_ACCEPTED])
    @pytest.mark.parametrize("reason", ["", "  \n"])
    def test_others_need_one(
        self, recommendation: Recommendation, alice: User, response: Response, reason: str
    ) -> None:
        with pytest.raises(RecommendationRefused, match=REASON_NEEDED):
            self.record(recommendation, alice, response, reason)
        assert verbs(recommendation) == []

    def test_the_same_again_leaves_no_history(
        self, recommendation: Recommendation, alice: User
    ) -> None:
        for _ in range(2):
            self.record(recommendation, alice, Response.NOT_ACCEPTED, "Too dear.")
        assert verbs(recommendation) == ["recommendation.response_recorded"]

    def test_a_closed_one_is_refused(self, recommendation: Recommendation, alice: User) -> None:
        close(recommendation)
        with pytest.raises(RecommendationRefused, match=CLOSED):
            self.record(recommendation, alice, Response.ACCEPTED, "")
        recommendation.refresh_from_db()
        assert recommendation.response == "none_yet"

    def test_it_rolls_back_whole(
        self, recommendation: Recommendation, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(locking, "record", fail)
        with pytest.raises(DatabaseError), transaction.atomic():
            self.record(recommendation, alice, Response.ACCEPTED, "")
        recommendation.refresh_from_db()
        assert recommendation.response == "none_yet"
