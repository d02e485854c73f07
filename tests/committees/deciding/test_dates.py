"""A later date: asked for and decided, or set by the committee of its own motion."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError

from committees import deciding as rules
from committees.actions import deciding
from committees.models import Decision, Meeting
from committees.refusals import GroupRefused
from organisations.models import User
from recommendations.actions.extending import withdraw_extension
from recommendations.enums import Ruling
from recommendations.models import Action, Extension
from recommendations.refusals import ENDED_REQUEST, RecommendationRefused
from tests.committees.deciding.conftest import DUE, LATER, NOW, TODAY, row, seated
from tests.recommendations.actions.conftest import fail, verbs


def decide(extension: Extension, meeting: Meeting, by: User, **said: Any) -> Decision:
    given = {"pack": None, "ruling": Ruling.APPROVED, "reason": "", "now": NOW, **said}
    return deciding.decide_extension(extension=extension, meeting=meeting, by=by, **given)


def target(action: Action) -> date | None:
    action.refresh_from_db()
    return action.target_date


class TestDecide:
    def test_approved(
        self, extension: Extension, meeting: Meeting, chair: User, lead: User, sponsor: User
    ) -> None:
        decision = decide(extension, meeting, chair)
        assert target(extension.action) == LATER
        assert extension.action.original_date == DUE
        assert row(decision) == {
            "kind": "extension",
            "ruling": "approved",
            "response": "",
            "reason": "",
            "decided_by": chair,
            "asked_by": lead,
            "owners": {lead.pk, sponsor.pk},
            "was_passed_on": False,
        }

    def test_it_stands(self, extension: Extension, meeting: Meeting, chair: User) -> None:
        with pytest.raises(GroupRefused, match=rules.REASON_OWED):
            decide(extension, meeting, chair, ruling=Ruling.RETURNED)
        decide(extension, meeting, chair, ruling=Ruling.RETURNED, reason="It can be done in time.")
        assert target(extension.action) == DUE

    def test_not_by_who_asked_or_owns(
        self, extension: Extension, meeting: Meeting, lead: User, sponsor: User
    ) -> None:
        for owner, why in ((lead, rules.ASKED["extension"]), (sponsor, rules.OWNS)):
            seated(meeting.group, owner, is_chair=True)
            with pytest.raises(PermissionDenied) as refusal:
                decide(extension, meeting, owner)
            assert str(refusal.value) == why
        assert Decision.objects.count() == 0

    def test_not_once_it_was_withdrawn(
        self, extension: Extension, meeting: Meeting, chair: User, lead: User
    ) -> None:
        withdraw_extension(extension=extension, by=lead, now=NOW)
        with pytest.raises(RecommendationRefused, match=ENDED_REQUEST):
            decide(extension, meeting, chair)

    def test_not_twice(self, extension: Extension, meeting: Meeting, chair: User) -> None:
        decide(extension, meeting, chair)
        with pytest.raises(RecommendationRefused, match=ENDED_REQUEST):
            decide(extension, meeting, chair)
        assert Decision.objects.count() == 1

    def test_it_rolls_back_whole(
        self, extension: Extension, meeting: Meeting, chair: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("recommendations.actions.extending.record_step", fail)
        with pytest.raises(DatabaseError):
            decide(extension, meeting, chair)
        assert target(extension.action) == DUE
        assert Decision.objects.count() == 0


def move(action: Action, meeting: Meeting, by: User, day: date, **said: Any) -> Decision:
    given = {"pack": None, "reason": "The supplier went under.", "now": NOW, **said}
    return deciding.move_date(action=action, new_date=day, meeting=meeting, by=by, **given)


class TestOwnMotion:
    def test_once_it_has_passed(self, overdue: Action, meeting: Meeting, chair: User) -> None:
        decision = move(overdue, meeting, chair, LATER)
        assert target(overdue) == LATER
        assert row(decision)["asked_by"] is None
        asked = overdue.extensions.get()
        assert (asked.is_own_motion, asked.asked_by, asked.reason) == (
            True,
            chair,
            "The supplier went under.",
        )
        assert verbs(overdue.recommendation)[-2:] == [
            "recommendation.extension_asked",
            "recommendation.date_moved",
        ]

    def test_not_before_it_has_passed(self, action: Action, meeting: Meeting, chair: User) -> None:
        with pytest.raises(GroupRefused, match="This date has not passed yet"):
            move(action, meeting, chair, LATER)

    def test_not_to_the_past(self, overdue: Action, meeting: Meeting, chair: User) -> None:
        with pytest.raises(GroupRefused, match=rules.NOT_AHEAD):
            move(overdue, meeting, chair, TODAY)
        assert move(overdue, meeting, chair, TODAY + timedelta(days=1)).ruling == "approved"

    def test_not_by_owners_or_without_a_seat(
        self, overdue: Action, meeting: Meeting, lead: User, sponsor: User, alice: User
    ) -> None:
        seated(meeting.group, lead, is_chair=True)
        seated(meeting.group, sponsor)
        for person in (lead, sponsor, alice):
            with pytest.raises(PermissionDenied):
                move(overdue, meeting, person, LATER)
        assert (overdue.extensions.count(), Decision.objects.count()) == (0, 0)

    def test_it_rolls_back_whole(
        self, overdue: Action, meeting: Meeting, chair: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("committees.actions.deciding.record_meeting_step", fail)
        with pytest.raises(DatabaseError):
            move(overdue, meeting, chair, LATER)
        assert (overdue.extensions.count(), Decision.objects.count()) == (0, 0)
        assert verbs(overdue.recommendation) == []
