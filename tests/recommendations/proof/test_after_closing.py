"""What was closed as implemented stands only while all of it is shown to be done."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError

from history.models import Entry
from organisations.enums import Role
from organisations.models import Organisation, User
from outbox.models import Email
from recommendations.actions import proving
from recommendations.actions.proving import record_occurrence, remove_occurrence
from recommendations.enums import State
from recommendations.models import Action, Occurrence, Recommendation
from tests.recommendations.proof.conftest import NOW, TODAY, close, fail, member, proven_on, verbs

FIRST, SECOND = date(2025, 12, 10), TODAY
LAST_DAY = date(2026, 6, 24)
"""The last on which the one due by 10 June is on time."""


def at(day: date) -> datetime:
    return datetime.combine(day, NOW.timetz())


def happened(action: Action, by: User, day: date, **given: Any) -> Occurrence:
    words: dict[str, Any] = {"kind": "seminar", "topic": "It", "headcount": None, "changed": ""}
    said = words | {"held_on": day, "now": at(day)} | given
    return record_occurrence(action=action, by=by, **said)


def state() -> str:
    return Recommendation.objects.get().state


@pytest.fixture
def closed(cadence: Action, recommendation: Recommendation, lead: User) -> Action:
    for day in (FIRST, SECOND):
        happened(cadence, lead, day)
    close(recommendation)
    return cadence


@pytest.fixture
def chair(harbour: Organisation) -> User:
    return member(harbour, Role.CHAIR, name="Chair Person")


def last_told(chair: User) -> str:
    return Email.objects.get(to_user=chair).text


class TestTakenBack:
    def test_it_opens_again_and_the_chairs_are_told(
        self, closed: Action, lead: User, chair: User
    ) -> None:
        remove_occurrence(
            occurrence=closed.occurrences.get(held_on=SECOND), by=lead, now=at(LAST_DAY)
        )
        assert (state(), proven_on(closed)) == (State.IN_PROGRESS, None)
        assert verbs(closed.recommendation)[-3:] == ["proof_removed", "action_unproven", "reopened"]
        entry = Entry.objects.about(closed.recommendation)[0]
        assert entry.actor == lead
        assert "Part of what showed that was taken back" in last_told(chair)

    def test_what_still_shows_it_keeps_it_closed(self, closed: Action, lead: User) -> None:
        extra = happened(closed, lead, date(2026, 6, 10))
        remove_occurrence(occurrence=extra, by=lead, now=at(date(2026, 6, 11)))
        assert (state(), proven_on(closed)) == (State.CLOSED_IMPLEMENTED, TODAY)

    def test_what_was_closed_otherwise_stays_closed(
        self, cadence: Action, recommendation: Recommendation, lead: User, chair: User
    ) -> None:
        made = happened(cadence, lead, SECOND)
        close(recommendation, State.CLOSED_SUPERSEDED)
        remove_occurrence(occurrence=made, by=lead, now=NOW)
        assert state() == State.CLOSED_SUPERSEDED
        assert not Email.objects.filter(to_user=chair).exists()

    def test_all_or_nothing(
        self, closed: Action, lead: User, chair: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(proving, "queue_email", fail)
        with pytest.raises(DatabaseError):
            remove_occurrence(occurrence=closed.occurrences.all()[0], by=lead, now=NOW)
        assert state() == State.CLOSED_IMPLEMENTED
        assert closed.occurrences.filter(removed_at=None).count() == 2


class TestTooLate:
    """Before the daily run could say that it was missed."""

    def test_it_opens_again(self, closed: Action, lead: User, chair: User) -> None:
        happened(closed, lead, LAST_DAY + timedelta(days=1))
        assert (state(), proven_on(closed)) == (State.IN_PROGRESS, None)
        assert verbs(closed.recommendation)[-1] == "reopened_missed"
        assert Entry.objects.about(closed.recommendation)[0].actor is None
        assert "due again by 10 June 2026 and was not recorded in time" in last_told(chair)

    @pytest.mark.parametrize("days", [0, 1])
    def test_also_where_one_alone_shows_it(self, closed: Action, lead: User, days: int) -> None:
        Action.objects.filter(pk=closed.pk).update(occurrences_needed=1)
        happened(closed, lead, LAST_DAY + timedelta(days=days))
        assert state() == [State.CLOSED_IMPLEMENTED, State.IN_PROGRESS][days]
        assert proven_on(closed) is not None

    def test_one_in_time_that_is_recorded_later(self, closed: Action, lead: User) -> None:
        happened(closed, lead, LAST_DAY, now=at(LAST_DAY + timedelta(days=3)))
        assert (state(), proven_on(closed)) == (State.CLOSED_IMPLEMENTED, TODAY)

    def test_one_that_moved_with_its_meeting(
        self, closed: Action, lead: User, recommendation: Recommendation
    ) -> None:
        moved = {"meeting": recommendation.pk, "moved_with_meeting": True}
        happened(closed, lead, LAST_DAY + timedelta(days=9), **moved)
        assert state() == State.CLOSED_IMPLEMENTED
