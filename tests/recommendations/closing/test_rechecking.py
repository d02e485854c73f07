"""Looking again at what was closed, and opening it again."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from organisations.models import User
from recommendations.actions import closing, rechecking
from recommendations.enums import RecommendationVerb, Ruling, State, Sustained
from recommendations.models import Recheck, Recommendation
from recommendations.rechecking import NOTE_OWED, OVER, Check, why_not_record
from recommendations.refusals import NEVER_VERIFIES, RecommendationRefused
from tests.factories.closing import decide_closure, implemented, proposed
from tests.recommendations.actions.conftest import fail, verbs
from tests.recommendations.closing.conftest import NOW

DUE_ON = date(2026, 9, 10)
THE_DAY = datetime(2026, 9, 10, 9, tzinfo=UTC)
YES, NO = Sustained.SUSTAINED, Sustained.NOT_SUSTAINED


@pytest.mark.parametrize(
    ("result", "today", "said"),
    [
        (YES, date(2026, 9, 9), "This can be said from 10 September 2026 on."),
        (YES, DUE_ON, ""),
        (YES, date(2028, 1, 1), ""),
        (NO, date(2026, 3, 11), ""),
        (NO, DUE_ON, ""),
    ],
)
def test_when_it_may_be_said(result: Sustained, today: date, said: str) -> None:
    check = Check(DUE_ON, is_open=True)
    assert why_not_record(check, result=result, note="Looked.", today=today) == said


@pytest.mark.parametrize(
    ("is_open", "note", "said"), [(True, " ", NOTE_OWED), (False, "Looked.", OVER)]
)
def test_what_it_takes(is_open: bool, note: str, said: str) -> None:
    check = Check(DUE_ON, is_open=is_open)
    assert why_not_record(check, result=YES, note=note, today=DUE_ON) == said


@pytest.fixture
def recheck(proven: Recommendation, lead: User) -> Recheck:
    implemented(proven, by=lead, at=NOW)
    found: Recheck = proven.rechecks.get(months=6)
    return found


def record(recheck: Recheck, result: Sustained, by: User) -> Recheck:
    return rechecking.record_recheck(
        recheck=recheck, result=result, note="Asked two teams.", by=by, now=THE_DAY
    )


class TestRecord:
    def test_it_lasts(self, recheck: Recheck, member: User) -> None:
        found = record(recheck, YES, member)
        assert (found.result, found.checked_by, found.checked_on) == (YES, member, DUE_ON)
        recommendation = Recommendation.objects.get()
        assert recommendation.state == State.CLOSED_IMPLEMENTED
        assert verbs(recommendation)[-1] == "recommendation.rechecked"

    def test_it_has_not_lasted(self, recheck: Recheck, member: User) -> None:
        record(recheck, NO, member)
        recommendation = Recommendation.objects.get()
        assert (recommendation.state, recommendation.closed_on, recommendation.outcome) == (
            State.IN_PROGRESS,
            None,
            "",
        )
        assert recommendation.reopened_at == THE_DAY
        assert verbs(recommendation)[-2:] == [
            "recommendation.rechecked",
            "recommendation.reopened",
        ]
        assert recheck.proposal.outcome == "Waiting times are shorter."
        assert Recheck.objects.get(months=12).dropped_at == THE_DAY

    @pytest.mark.parametrize("who", ["lead", "sponsor"])
    def test_not_by_an_owner(self, recheck: Recheck, lead: User, sponsor: User, who: str) -> None:
        with pytest.raises(PermissionDenied):
            record(recheck, YES, {"lead": lead, "sponsor": sponsor}[who])

    def test_not_by_who_proposed_it_and_gave_it_up(self, recheck: Recheck, lead: User) -> None:
        recheck.recommendation.actions.update(responsible_owner=None, accepted_by=None)
        with pytest.raises(PermissionDenied):
            record(recheck, YES, lead)

    def test_not_by_a_coordinator(self, recheck: Recheck, alice: User) -> None:
        """With a seat and the chair's role too: coordinators never verify."""
        with pytest.raises(RecommendationRefused, match=NEVER_VERIFIES):
            record(recheck, YES, alice)
        assert Recheck.objects.filter(result="").count() == 2

    def test_once(self, recheck: Recheck, member: User) -> None:
        record(recheck, YES, member)
        with pytest.raises(RecommendationRefused, match=OVER):
            record(recheck, NO, member)

    def test_not_what_was_dropped(self, recheck: Recheck, member: User) -> None:
        record(recheck, NO, member)
        with pytest.raises(RecommendationRefused, match=OVER):
            record(Recheck.objects.get(months=12), NO, member)

    def test_it_rolls_back_whole(
        self, recheck: Recheck, member: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(closing, "record_about", fail)
        with pytest.raises(DatabaseError), transaction.atomic():
            record(recheck, NO, member)
        recheck.refresh_from_db()
        assert (recheck.result, Recommendation.objects.get().is_open) == ("", False)


class TestReopen:
    def test_the_system_reopens(self, recheck: Recheck) -> None:
        verb = RecommendationVerb.REOPENED_MISSED
        for _ in range(2):
            closing.reopen(
                recommendation=recheck.recommendation, by=None, now=THE_DAY, verb=verb, number=1
            )
        assert verbs(recheck.recommendation).count("recommendation.reopened_missed") == 1

    def test_it_closes_again_by_a_new_decision_alone(
        self, recheck: Recheck, lead: User, member: User
    ) -> None:
        record(recheck, NO, member)
        recommendation = Recommendation.objects.get()
        with pytest.raises(DatabaseError), transaction.atomic():
            Recommendation.objects.update(
                state=State.CLOSED_IMPLEMENTED, closed_on=DUE_ON, outcome="It changed."
            )
        again = proposed(
            recommendation,
            by=lead,
            at=THE_DAY,
            wanted=State.CLOSED_IMPLEMENTED,
            reason="",
            outcome="Shorter again.",
        )
        decide_closure(again, Ruling.APPROVED, at=datetime(2026, 9, 11, 9, tzinfo=UTC))
        recommendation.refresh_from_db()
        assert (recommendation.outcome, recommendation.rechecks.count()) == ("Shorter again.", 4)
