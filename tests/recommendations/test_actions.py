"""What each change writes, what it refuses, and that it rolls back whole."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from history.models import Entry
from history.queries import lines_about
from organisations.models import Organisation, User
from recommendations import actions, ownership
from recommendations.assignment import (
    DATE_CHANGED,
    DATE_PASSED,
    DATE_STANDS,
    NO_DATE,
    Assignment,
    Keep,
)
from recommendations.enums import Rating, Response, State
from recommendations.models import Action, ProgressUpdate, Recommendation
from recommendations.refusals import (
    CLOSED,
    NOT_A_MEMBER,
    REASON_NEEDED,
    TURNED_DOWN,
    RecommendationRefused,
)
from tests.factories.organisations import UserFactory
from tests.factories.recommendations import ActionFactory, RecommendationFactory

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY = date(2026, 3, 10)
LATER = date(2026, 9, 30)


@pytest.fixture
def recommendation(harbour: Organisation) -> Recommendation:
    found: Recommendation = RecommendationFactory(organisation=harbour)
    return found


@pytest.fixture
def action(recommendation: Recommendation, bea: User) -> Action:
    """Led by Bea, with a draft date."""
    made: Action = ActionFactory(
        recommendation=recommendation, position=1, responsible_owner=bea, target_date=LATER
    )
    return made


def verbs(recommendation: Recommendation) -> list[str]:
    """Oldest first."""
    return [entry.verb for entry in Entry.objects.about(recommendation)][::-1]


def close(recommendation: Recommendation) -> None:
    Recommendation.objects.filter(pk=recommendation.pk).update(
        state=State.CLOSED_SUPERSEDED, closed_on=TODAY
    )


def take_on(action: Action, by: User, **changes: Any) -> Action:
    """Of the date that stands, unless told otherwise."""
    shown = Action.objects.get(pk=action.pk).target_date
    given: dict[str, Any] = {"shown_date": shown, "now": NOW} | changes
    return ownership.accept_action(action=action, by=by, **given)


def fail(*args: object, **kwargs: object) -> None:
    raise DatabaseError


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
        monkeypatch.setattr(actions, "record", fail)
        with pytest.raises(DatabaseError), transaction.atomic():
            self.record(recommendation, alice, Response.ACCEPTED, "")
        recommendation.refresh_from_db()
        assert recommendation.response == "none_yet"


class TestOwners:
    @pytest.fixture
    def assign(
        self, recommendation: Recommendation, action: Action, alice: User
    ) -> Callable[..., None]:
        def assign(sponsor: User | None, lead: User | None, day: date | None) -> None:
            ownership.set_owners(
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
        ownership.set_owners(
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
        monkeypatch.setattr(ownership, "record_step", fail)
        with pytest.raises(DatabaseError), transaction.atomic():
            assign(alice, alice, LATER)
        recommendation.refresh_from_db()
        assert recommendation.accountable_owner is None
        assert verbs(recommendation) == []


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
        ownership.set_owners(
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
        monkeypatch.setattr(ownership, "start", fail)
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
        monkeypatch.setattr(actions, "start", fail)
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
