"""What taking an action on writes, what it refuses, and that it rolls back whole."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from history.queries import lines_about
from organisations.models import User
from recommendations.actions import owning
from recommendations.assignment import DATE_CHANGED, DATE_PASSED, NO_DATE, Assignment, Keep
from recommendations.enums import Response, State
from recommendations.models import Action, Recommendation
from recommendations.refusals import CLOSED, TURNED_DOWN, RecommendationRefused
from tests.recommendations.actions.conftest import LATER, NOW, TODAY, close, fail, take_on, verbs


class TestAccept:
    def test_the_date_becomes_the_original(
        self, recommendation: Recommendation, action: Action, bea: User
    ) -> None:
        take_on(action, bea)
        action.refresh_from_db()
        recommendation.refresh_from_db()
        assert (action.original_date, action.accepted_at) == (LATER, NOW)
        assert recommendation.state == State.IN_PROGRESS
        assert [line.text for line in lines_about(recommendation)][::-1] == [
            "Bea Brown took on action 1 and its date",
            "With that, Bea Brown started this",
        ]

    def test_twice_is_once(self, recommendation: Recommendation, action: Action, bea: User) -> None:
        for later in (0, 1):
            take_on(action, bea, now=NOW + timedelta(days=later))
        action.refresh_from_db()
        assert action.accepted_at == NOW
        assert len(verbs(recommendation)) == 2

    def test_nobody_else_can(
        self, recommendation: Recommendation, action: Action, alice: User
    ) -> None:
        with pytest.raises(PermissionDenied):
            take_on(action, alice)
        assert verbs(recommendation) == []

    def test_not_with_another_date_than_the_one_shown(self, action: Action, bea: User) -> None:
        with pytest.raises(RecommendationRefused, match=DATE_CHANGED):
            take_on(action, bea, shown_date=LATER - timedelta(days=1))
        action.refresh_from_db()
        assert (action.target_date, action.accepted_at) == (LATER, None)

    def test_not_what_the_organisation_turned_down(
        self, recommendation: Recommendation, action: Action, bea: User
    ) -> None:
        Recommendation.objects.update(response=Response.NOT_ACCEPTED, response_reason="Why")
        with pytest.raises(RecommendationRefused, match=TURNED_DOWN):
            take_on(action, bea)

    def test_a_new_lead_is_asked_and_the_first_date_stands(
        self, recommendation: Recommendation, action: Action, alice: User, bea: User
    ) -> None:
        take_on(action, bea)
        owning.set_owners(
            recommendation=recommendation,
            sponsor=Keep.AS_IT_IS,
            assignments=[Assignment(action.pk, lead=alice.pk)],
            by=alice,
            now=NOW,
        )
        action.refresh_from_db()
        assert action.accepted_by is None
        long_after = NOW + timedelta(days=400)
        take_on(action, alice, now=long_after)
        action.refresh_from_db()
        assert (action.accepted_by, action.accepted_at, action.original_date) == (
            alice,
            NOW,
            LATER,
        )
        assert verbs(recommendation).count("recommendation.action_accepted") == 2

    def test_postgres_refuses_the_yes_of_somebody_else(
        self, action: Action, alice: User, bea: User
    ) -> None:
        take_on(action, bea)
        with pytest.raises(DatabaseError), transaction.atomic():
            Action.objects.update(responsible_owner=alice)

    @pytest.mark.parametrize(
        ("day", "message"), [(None, NO_DATE), (TODAY - timedelta(days=1), DATE_PASSED)]
    )
    def test_it_needs_a_date_still_to_come(
        self, action: Action, bea: User, day: date | None, message: str
    ) -> None:
        Action.objects.filter(pk=action.pk).update(target_date=day)
        with pytest.raises(RecommendationRefused, match=message):
            take_on(action, bea)

    def test_today_is_still_to_come(self, action: Action, bea: User) -> None:
        Action.objects.filter(pk=action.pk).update(target_date=TODAY)
        assert take_on(action, bea).original_date == TODAY

    def test_a_closed_one_is_refused(
        self, recommendation: Recommendation, action: Action, bea: User
    ) -> None:
        close(recommendation)
        with pytest.raises(RecommendationRefused, match=CLOSED):
            take_on(action, bea)

    def test_it_rolls_back_whole(
        self, action: Action, bea: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(owning, "start", fail)
        with pytest.raises(DatabaseError), transaction.atomic():
            take_on(action, bea)
        action.refresh_from_db()
        assert (action.original_date, action.accepted_at) == (None, None)

    @pytest.mark.parametrize(
        "change",
        [
            {"original_date": date(2027, 1, 1)},
            {"original_date": None},
            {"accepted_at": None, "original_date": None},
            {"accepted_at": None},
        ],
    )
    def test_postgres_holds_the_original_date(
        self, action: Action, bea: User, change: dict[str, object]
    ) -> None:
        take_on(action, bea)
        with pytest.raises(DatabaseError), transaction.atomic():
            Action.objects.filter(pk=action.pk).update(**change)
        action.refresh_from_db()
        assert (action.original_date, action.accepted_at) == (LATER, NOW)
