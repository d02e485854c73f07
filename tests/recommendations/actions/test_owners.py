"""What naming an owner writes, what it refuses, and that it rolls back whole."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from history.queries import lines_about
from organisations.models import User
from recommendations.actions import owning
from recommendations.assignment import DATE_PASSED, DATE_STANDS, Assignment, Keep
from recommendations.models import Action, Recommendation
from recommendations.refusals import CLOSED, NOT_A_MEMBER, RecommendationRefused
from tests.recommendations.actions.conftest import LATER, NOW, TODAY, close, fail, take_on, verbs


class TestOwners:
    @pytest.fixture
    def assign(
        self, recommendation: Recommendation, action: Action, alice: User
    ) -> Callable[..., None]:
        def assign(sponsor: User | None, lead: User | None, day: date | None) -> None:
            owning.set_owners(
                recommendation=recommendation,
                sponsor=sponsor,
                assignments=[Assignment(action.pk, lead.pk if lead else None, day)],
                by=alice,
                now=NOW,
            )

        return assign

    def test_it_sets_all_three(
        self,
        assign: Callable[..., None],
        recommendation: Recommendation,
        action: Action,
        alice: User,
    ) -> None:
        assign(alice, alice, date(2026, 10, 1))
        recommendation.refresh_from_db()
        action.refresh_from_db()
        assert recommendation.accountable_owner == alice
        assert (action.responsible_owner, action.target_date) == (alice, date(2026, 10, 1))
        assert (action.original_date, action.accepted_at) == (None, None)
        assert [line.text for line in lines_about(recommendation)][::-1] == [
            "Alice Adeyemi named the executive sponsor",
            "Alice Adeyemi named the lead for action 1",
            "Alice Adeyemi proposed a date for action 1",
        ]

    def test_and_takes_them_back(
        self, assign: Callable[..., None], recommendation: Recommendation, alice: User
    ) -> None:
        assign(alice, alice, LATER)
        assign(None, None, None)
        assert verbs(recommendation)[2:] == [
            "recommendation.sponsor_cleared",
            "recommendation.owner_cleared",
            "recommendation.date_cleared",
        ]

    def test_what_stays_the_same_leaves_no_history(
        self, assign: Callable[..., None], recommendation: Recommendation, bea: User
    ) -> None:
        assign(None, bea, LATER)
        assert verbs(recommendation) == []

    def test_a_stranger_cannot_be_named(
        self, assign: Callable[..., None], recommendation: Recommendation, chidi: User, bea: User
    ) -> None:
        for sponsor, lead in ((chidi, bea), (None, chidi)):
            with pytest.raises(RecommendationRefused, match=NOT_A_MEMBER):
                assign(sponsor, lead, LATER)
        assert verbs(recommendation) == []

    def test_whoever_has_left_may_stay_named(
        self, assign: Callable[..., None], recommendation: Recommendation, bea: User, alice: User
    ) -> None:
        bea.memberships.update(ended_at=NOW)
        assign(alice, bea, LATER)
        assert verbs(recommendation) == ["recommendation.sponsor_set"]

    @pytest.mark.parametrize(
        ("day", "refused"), [(TODAY - timedelta(days=1), True), (TODAY, False)]
    )
    def test_a_date_that_has_passed_is_refused(
        self, assign: Callable[..., None], action: Action, bea: User, day: date, refused: bool
    ) -> None:
        if refused:
            with pytest.raises(RecommendationRefused, match=DATE_PASSED):
                assign(None, bea, day)
        else:
            assign(None, bea, day)
        action.refresh_from_db()
        assert action.target_date == (LATER if refused else day)

    def test_a_draft_that_has_passed_may_stay(
        self, assign: Callable[..., None], action: Action, alice: User
    ) -> None:
        Action.objects.filter(pk=action.pk).update(target_date=TODAY - timedelta(days=1))
        assign(None, alice, TODAY - timedelta(days=1))
        action.refresh_from_db()
        assert action.responsible_owner == alice

    def test_an_accepted_date_stands(
        self, assign: Callable[..., None], action: Action, bea: User, alice: User
    ) -> None:
        take_on(action, bea)
        with pytest.raises(RecommendationRefused, match=DATE_STANDS):
            assign(None, alice, date(2027, 1, 1))
        action.refresh_from_db()
        assert (action.target_date, action.responsible_owner) == (LATER, bea)

    def test_somebody_else_may_take_over_an_accepted_action(
        self, assign: Callable[..., None], action: Action, bea: User, alice: User
    ) -> None:
        take_on(action, bea)
        assign(None, alice, LATER)
        action.refresh_from_db()
        assert (action.responsible_owner, action.original_date) == (alice, LATER)
        assert (action.accepted_at, action.accepted_by) == (NOW, None)

    def test_what_nobody_touched_is_kept(
        self, recommendation: Recommendation, action: Action, alice: User, bea: User
    ) -> None:
        """Somebody else changed it while this one was reading."""
        Action.objects.update(target_date=date(2026, 12, 1))
        Recommendation.objects.update(accountable_owner=bea)
        owning.set_owners(
            recommendation=recommendation,
            sponsor=Keep.AS_IT_IS,
            assignments=[Assignment(action.pk, lead=alice.pk)],
            by=alice,
            now=NOW,
        )
        action.refresh_from_db()
        recommendation.refresh_from_db()
        assert (action.responsible_owner, action.target_date) == (alice, date(2026, 12, 1))
        assert recommendation.accountable_owner == bea

    def test_a_closed_one_is_refused(
        self, assign: Callable[..., None], recommendation: Recommendation, alice: User
    ) -> None:
        close(recommendation)
        with pytest.raises(RecommendationRefused, match=CLOSED):
            assign(alice, alice, LATER)

    def test_it_rolls_back_whole(
        self,
        assign: Callable[..., None],
        recommendation: Recommendation,
        alice: User,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(owning, "record_step", fail)
        with pytest.raises(DatabaseError), transaction.atomic():
            assign(alice, alice, LATER)
        recommendation.refresh_from_db()
        assert recommendation.accountable_owner is None
        assert verbs(recommendation) == []
