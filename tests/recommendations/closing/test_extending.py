"""Asking for a later date, taking it back, what the committee decides, and drafts that stand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from history.models import Entry
from organisations.models import User
from recommendations.actions import extending
from recommendations.enums import Response, Ruling
from recommendations.extending import DRAFT, NOT_LATER, ONE_OPEN, PASSED
from recommendations.models import Action, Extension, ExtensionEnd, Recommendation
from recommendations.refusals import (
    CLOSED,
    ENDED_REQUEST,
    NOT_DECIDED,
    TURNED_DOWN,
    RecommendationRefused,
)
from tests.factories.closing import asked_for, decide_later_date
from tests.factories.deciding import closed_by_decision
from tests.factories.recommendations import ActionFactory, RecommendationFactory
from tests.recommendations.actions.conftest import fail, verbs
from tests.recommendations.closing.conftest import DUE, NOW

LATER = DUE + timedelta(days=30)
LAST_MINUTE = datetime(2026, 9, 30, 22, 59, tzinfo=UTC)


class TestAsk:
    @pytest.mark.parametrize("who", ["lead", "sponsor"])
    def test_who_may(self, action: Action, lead: User, sponsor: User, who: str) -> None:
        asked = asked_for(action, LATER, by={"lead": lead, "sponsor": sponsor}[who], at=NOW)
        action.refresh_from_db()
        assert (asked.old_date, asked.new_date, action.target_date) == (DUE, LATER, DUE)
        assert verbs(action.recommendation) == ["recommendation.extension_asked"]

    def test_another_lead_may_not(self, action: Action, bea: User) -> None:
        ActionFactory(recommendation=action.recommendation, position=2, responsible_owner=bea)
        with pytest.raises(PermissionDenied):
            asked_for(action, LATER, by=bea, at=NOW)

    def test_a_role_is_not_enough(self, action: Action, alice: User) -> None:
        with pytest.raises(PermissionDenied):
            asked_for(action, LATER, by=alice, at=NOW)

    def test_on_its_last_day_in_london(self, action: Action, lead: User) -> None:
        assert asked_for(action, LATER, by=lead, at=LAST_MINUTE).asked_on == DUE

    def test_a_minute_later_it_has_passed(self, action: Action, lead: User) -> None:
        with pytest.raises(RecommendationRefused, match=PASSED):
            asked_for(action, LATER, by=lead, at=LAST_MINUTE + timedelta(minutes=1))

    @pytest.mark.parametrize("day", [DUE, DUE - timedelta(days=1)])
    def test_only_a_later_one(self, action: Action, lead: User, day: date) -> None:
        with pytest.raises(RecommendationRefused, match=NOT_LATER):
            asked_for(action, day, by=lead, at=NOW)

    def test_one_at_a_time(self, action: Action, lead: User, sponsor: User) -> None:
        asked_for(action, LATER, by=lead, at=NOW)
        with pytest.raises(RecommendationRefused, match=ONE_OPEN):
            asked_for(action, LATER, by=sponsor, at=NOW)

    def test_a_draft_needs_none(self, recommendation: Recommendation, lead: User) -> None:
        draft = ActionFactory(
            recommendation=recommendation, responsible_owner=lead, target_date=DUE
        )
        with pytest.raises(RecommendationRefused, match=DRAFT):
            asked_for(draft, LATER, by=lead, at=NOW)

    def test_a_closed_one(self, action: Action, lead: User) -> None:
        closed_by_decision(action.recommendation, at=NOW)
        with pytest.raises(RecommendationRefused, match=CLOSED):
            asked_for(action, LATER, by=lead, at=NOW)

    def test_one_that_was_turned_down(self, action: Action, lead: User) -> None:
        Recommendation.objects.update(response=Response.NOT_ACCEPTED, response_reason="No.")
        with pytest.raises(RecommendationRefused, match=TURNED_DOWN):
            asked_for(action, LATER, by=lead, at=NOW)

    def test_it_rolls_back_whole(
        self, action: Action, lead: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(extending, "record_step", fail)
        with pytest.raises(DatabaseError), transaction.atomic():
            asked_for(action, LATER, by=lead, at=NOW)
        assert Extension.objects.count() == 0


class TestOwnMotion:
    def ask(self, action: Action, by: User) -> Extension:
        return extending.ask_extension(
            action=action,
            new_date=LATER,
            reason="The board asked for it.",
            by=by,
            now=LAST_MINUTE + timedelta(days=3),
            is_own_motion=True,
        )

    def test_after_the_date_the_committee_may(self, action: Action, member: User) -> None:
        asked = self.ask(action, member)
        decide_later_date(asked, Ruling.APPROVED, at=LAST_MINUTE + timedelta(days=3))
        action.refresh_from_db()
        assert (asked.is_own_motion, action.target_date) == (True, LATER)

    @pytest.mark.parametrize("who", ["lead", "sponsor"])
    def test_never_whoever_owns_it(
        self, action: Action, lead: User, sponsor: User, who: str
    ) -> None:
        with pytest.raises(PermissionDenied):
            self.ask(action, {"lead": lead, "sponsor": sponsor}[who])


class TestWithdraw:
    @pytest.mark.parametrize("who", ["lead", "sponsor"])
    def test_it_is_taken_back(self, action: Action, lead: User, sponsor: User, who: str) -> None:
        asked = asked_for(action, LATER, by=lead, at=NOW)
        by = {"lead": lead, "sponsor": sponsor}[who]
        extending.withdraw_extension(extension=asked, by=by, now=NOW)
        assert ExtensionEnd.objects.get().ruling == ""
        assert verbs(action.recommendation)[-1] == "recommendation.extension_withdrawn"
        assert asked_for(action, LATER, by=lead, at=NOW).pk != asked.pk

    def test_nobody_else(self, action: Action, lead: User, alice: User) -> None:
        asked = asked_for(action, LATER, by=lead, at=NOW)
        with pytest.raises(PermissionDenied):
            extending.withdraw_extension(extension=asked, by=alice, now=NOW)

    def test_once_it_is_decided(self, action: Action, lead: User) -> None:
        asked = asked_for(action, LATER, by=lead, at=NOW)
        decide_later_date(asked, Ruling.RETURNED, at=NOW)
        with pytest.raises(RecommendationRefused, match=ENDED_REQUEST):
            extending.withdraw_extension(extension=asked, by=lead, now=NOW)


class TestSettle:
    def test_approved(self, action: Action, lead: User) -> None:
        asked = asked_for(action, LATER, by=lead, at=NOW)
        decide_later_date(asked, Ruling.APPROVED, at=NOW)
        action.refresh_from_db()
        assert (action.original_date, action.target_date) == (DUE, LATER)
        entry = Entry.objects.about(action.recommendation).first()
        assert entry is not None
        assert (entry.verb, entry.details["date"], entry.details["extension"]) == (
            "recommendation.date_moved",
            "2026-10-30",
            str(asked.pk),
        )

    def test_refused(self, action: Action, lead: User) -> None:
        decide_later_date(asked_for(action, LATER, by=lead, at=NOW), Ruling.RETURNED, at=NOW)
        action.refresh_from_db()
        assert action.target_date == DUE
        assert verbs(action.recommendation)[-1] == "recommendation.extension_refused"

    def test_not_without_a_decision(self, action: Action, lead: User, member: User) -> None:
        asked = asked_for(action, LATER, by=lead, at=NOW)
        with pytest.raises(RecommendationRefused, match=NOT_DECIDED):
            extending.settle_extension(extension=asked, ruling=Ruling.APPROVED, by=member, now=NOW)

    def test_not_another_ruling(
        self, action: Action, lead: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked, settle = asked_for(action, LATER, by=lead, at=NOW), extending.settle_extension
        approved = {"ruling": Ruling.APPROVED}
        monkeypatch.setattr(
            extending, "settle_extension", lambda **given: settle(**given | approved)
        )
        with pytest.raises(RecommendationRefused, match=NOT_DECIDED):
            decide_later_date(asked, Ruling.RETURNED, at=NOW)

    def test_it_rolls_back_whole(
        self, action: Action, lead: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = asked_for(action, LATER, by=lead, at=NOW)
        monkeypatch.setattr(extending, "record_step", fail)
        with pytest.raises(DatabaseError), transaction.atomic():
            decide_later_date(asked, Ruling.APPROVED, at=NOW)
        action.refresh_from_db()
        assert (action.target_date, ExtensionEnd.objects.count()) == (DUE, 0)


class TestFreeze:
    def freeze(self, recommendation: Recommendation, by: User) -> int:
        return extending.freeze_draft_dates(
            organisation=recommendation.organisation, by=by, now=NOW
        )

    def test_drafts_stand_from_then_on(
        self, recommendation: Recommendation, lead: User, alice: User
    ) -> None:
        draft = ActionFactory(
            recommendation=recommendation, position=3, responsible_owner=lead, target_date=DUE
        )
        assert self.freeze(recommendation, alice) == 1
        draft.refresh_from_db()
        assert (draft.original_date, draft.accepted_at, draft.accepted_by) == (DUE, NOW, None)
        entry = Entry.objects.about(recommendation).get()
        assert (entry.verb, entry.details) == (
            "recommendation.date_frozen",
            {"action": str(draft.pk), "number": "3", "date": "2026-09-30"},
        )
        with pytest.raises(DatabaseError), transaction.atomic():
            Action.objects.filter(pk=draft.pk).update(target_date=LATER)

    def test_what_stands_or_has_no_date_stays(
        self, recommendation: Recommendation, action: Action, alice: User
    ) -> None:
        ActionFactory(recommendation=recommendation, position=2)
        assert self.freeze(recommendation, alice) == 0
        assert self.freeze(recommendation, alice) == 0
        assert verbs(recommendation) == []

    def test_closed_and_foreign_ones_stay(
        self, recommendation: Recommendation, alice: User
    ) -> None:
        foreign = ActionFactory(recommendation=RecommendationFactory(), target_date=DUE)
        ActionFactory(recommendation=recommendation, position=2, target_date=DUE)
        closed_by_decision(recommendation, at=NOW)
        assert self.freeze(recommendation, alice) == 0
        foreign.refresh_from_db()
        assert foreign.accepted_at is None

    def test_it_rolls_back_whole(
        self, recommendation: Recommendation, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ActionFactory(recommendation=recommendation, position=2, target_date=DUE)
        monkeypatch.setattr(extending, "record_many", fail)
        with pytest.raises(DatabaseError), transaction.atomic():
            self.freeze(recommendation, alice)
        assert Action.objects.get().accepted_at is None
