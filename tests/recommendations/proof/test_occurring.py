"""Recording what happens regularly, taking it back, and opening again what was missed."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from history.models import Entry
from organisations.enums import Role
from organisations.models import Organisation, User
from outbox.models import Email
from recommendations import meetings_ahead, tasks
from recommendations.actions import proving
from recommendations.actions.proving import record_occurrence, remove_occurrence, reopen_missed
from recommendations.enums import State
from recommendations.models import Action, Occurrence, Recommendation
from recommendations.proof import NOT_YET
from recommendations.refusals import OTHER_KIND, SAME_DAY, RecommendationRefused
from tests.factories.organisations import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.proving import OccurrenceFactory
from tests.factories.recommendations import ActionFactory, RecommendationFactory
from tests.recommendations.proof.conftest import NOW, TODAY, close, fail, member, proven_on, verbs

FIRST, SECOND = date(2025, 12, 10), TODAY
MISSED = date(2026, 6, 25)
"""The first day on which the one due by 10 June is missed."""


def at(day: date) -> datetime:
    return datetime.combine(day, NOW.timetz())


def happened(action: Action, by: User, day: date = TODAY, **given: Any) -> Occurrence:
    words: dict[str, Any] = {
        "held_on": day,
        "kind": "seminar",
        "topic": "Waiting times",
        "headcount": 14,
        "changed": "",
        "now": NOW,
    }
    return record_occurrence(action=action, by=by, **words | given)


class TestRecord:
    def test_enough_of_them_show_it(self, cadence: Action, lead: User) -> None:
        happened(cadence, lead, FIRST)
        assert proven_on(cadence) is None
        happened(cadence, lead, SECOND)
        assert proven_on(cadence) == TODAY
        assert verbs(cadence.recommendation) == ["proof_added", "proof_added", "action_proven"]

    def test_details_hold_ids_and_days_alone(self, cadence: Action, lead: User) -> None:
        first, second = (happened(cadence, lead, day) for day in (FIRST, SECOND))
        of_step = {"action": str(cadence.pk), "number": "1"}
        assert [entry.details for entry in Entry.objects.about(cadence.recommendation)][::-1] == [
            of_step | {"occurrence": str(first.pk)},
            of_step | {"occurrence": str(second.pk)},
            of_step | {"date": "2026-03-10"},
        ]

    def test_minutes_may_record_it_too(self, cadence: Action, bea: User) -> None:
        meeting = uuid4()
        made = happened(cadence, bea, meeting=meeting, moved_with_meeting=True, kind="meeting")
        assert (made.meeting, made.moved_with_meeting, made.by) == (meeting, True, bea)

    def test_it_goes_on_after_closing(
        self, cadence: Action, recommendation: Recommendation, lead: User
    ) -> None:
        for day in (FIRST, SECOND):
            happened(cadence, lead, day)
        close(recommendation)
        happened(cadence, lead, date(2026, 6, 1), now=at(date(2026, 6, 2)))
        assert cadence.occurrences.count() == 3

    @pytest.mark.parametrize(
        ("given", "message"), [({"day": TODAY + timedelta(days=1)}, NOT_YET), ({}, SAME_DAY)]
    )
    def test_what_is_refused(
        self, cadence: Action, lead: User, given: dict[str, Any], message: str
    ) -> None:
        happened(cadence, lead)
        with pytest.raises(RecommendationRefused, match=message):
            happened(cadence, lead, **given)
        assert cadence.occurrences.count() == 1

    def test_not_for_another_kind(self, deliverable: Action, lead: User) -> None:
        with pytest.raises(RecommendationRefused, match=OTHER_KIND):
            happened(deliverable, lead)

    def test_all_or_nothing(
        self, cadence: Action, lead: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(proving, "record_step", fail)
        with pytest.raises(DatabaseError):
            happened(cadence, lead)
        assert cadence.occurrences.count() == 0

    def test_postgres_refuses_a_second_on_one_day(self, cadence: Action) -> None:
        OccurrenceFactory(action=cadence, held_on=TODAY)
        with pytest.raises(IntegrityError, match="occurrence_one_a_day"), transaction.atomic():
            OccurrenceFactory(action=cadence, held_on=TODAY)
        with pytest.raises(IntegrityError, match="moves_with_a_meeting"), transaction.atomic():
            OccurrenceFactory(action=cadence, moved_with_meeting=True)


class TestTakeBack:
    def test_it_stays_and_no_longer_counts(self, cadence: Action, lead: User) -> None:
        happened(cadence, lead, FIRST)
        last = happened(cadence, lead, SECOND)
        assert remove_occurrence(occurrence=last, by=lead, now=NOW) is True
        last.refresh_from_db()
        assert (last.removed_at, proven_on(cadence)) == (NOW, None)
        assert verbs(cadence.recommendation)[3:] == ["proof_removed", "action_unproven"]
        happened(cadence, lead, SECOND)
        assert proven_on(cadence) == TODAY

    def test_twice_is_once(self, cadence: Action, lead: User) -> None:
        made = happened(cadence, lead)
        remove_occurrence(occurrence=made, by=lead, now=NOW)
        assert remove_occurrence(occurrence=made, by=lead, now=NOW) is False
        assert verbs(cadence.recommendation) == ["proof_added", "proof_removed"]

    def test_not_by_anybody(self, cadence: Action, lead: User, bea: User, carol: User) -> None:
        made = happened(cadence, lead)
        for person in (bea, carol):
            with pytest.raises(PermissionDenied):
                remove_occurrence(occurrence=made, by=person, now=NOW)


class TestMissed:
    @pytest.fixture
    def closed(self, cadence: Action, recommendation: Recommendation, lead: User) -> Action:
        for day in (FIRST, SECOND):
            happened(cadence, lead, day)
        close(recommendation)
        return cadence

    @pytest.fixture
    def chair(self, harbour: Organisation) -> User:
        return member(harbour, Role.CHAIR, name="Chair Person")

    def run(self, day: date = MISSED) -> int:
        return reopen_missed(today=day, now=at(day))

    def test_not_on_the_last_day_that_is_on_time(self, closed: Action) -> None:
        assert self.run(MISSED - timedelta(days=1)) == 0
        assert proven_on(closed) == TODAY

    def test_it_opens_again_and_the_chairs_are_told(
        self, closed: Action, chair: User, bea: User, northside: Organisation, chidi: User
    ) -> None:
        before = set(Email.objects.values_list("pk", flat=True))
        assert self.run() == 1
        found = Recommendation.objects.get(pk=closed.recommendation_id)
        assert (found.state, found.closed_on, found.reopened_at) == (
            State.IN_PROGRESS,
            None,
            at(MISSED),
        )
        assert proven_on(closed) is None
        entries = list(Entry.objects.about(found))[:2]
        assert {entry.verb for entry in entries} == {
            "recommendation.reopened_missed",
            "recommendation.action_unproven",
        }
        assert [entry.actor for entry in entries] == [None, None]
        told = Email.objects.exclude(pk__in=before)
        assert chair in {email.to_user for email in told}
        roles = [
            membership.roles
            for membership in found.organisation.memberships.filter(
                user__in=[email.to_user for email in told]
            )
        ]
        assert all(Role.CHAIR in each for each in roles)
        mail = told.get(to_user=chair)
        assert mail.subject == "Recommendation 1.7 is open again"
        assert f"/recommendations/{found.pk}/actions/{closed.pk}/" in mail.text
        assert "10 June 2026" in mail.text
        assert found.title not in mail.text

    def test_a_second_run_changes_nothing(self, closed: Action, chair: User) -> None:
        self.run()
        mails = Email.objects.count()
        assert self.run(MISSED + timedelta(days=1)) == 0
        assert Email.objects.count() == mails

    def test_a_day_that_the_run_missed_is_made_up_for(self, closed: Action) -> None:
        assert self.run(MISSED + timedelta(days=200)) == 1

    def test_what_was_closed_otherwise_stays_closed(
        self, cadence: Action, recommendation: Recommendation, lead: User
    ) -> None:
        happened(cadence, lead)
        close(recommendation, State.CLOSED_SUPERSEDED)
        assert self.run() == 0

    def test_what_is_open_is_judged_again(self, cadence: Action, lead: User) -> None:
        for day in (FIRST, SECOND):
            happened(cadence, lead, day)
        assert self.run() == 0
        assert proven_on(cadence) is None

    def test_one_that_happened_in_time_stays(self, closed: Action, lead: User) -> None:
        happened(closed, lead, date(2026, 6, 24), now=at(date(2026, 6, 24)))
        assert self.run() == 0

    def test_it_waits_for_the_meeting_it_moves_with(
        self, closed: Action, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        meeting = uuid4()
        Action.objects.filter(pk=closed.pk).update(moves_with_meetings=True)
        Occurrence.objects.filter(held_on=SECOND).update(meeting=meeting)
        asked: list[set[object]] = []

        def ahead(meetings: Any) -> dict[Any, date]:
            asked.append(set(meetings))
            return {meeting: date(2026, 7, 1)}

        monkeypatch.setattr(meetings_ahead, "_ways", [ahead])
        assert self.run(date(2026, 7, 15)) == 0
        assert self.run(date(2026, 7, 16)) == 1
        assert asked[0] == {meeting}

    def test_one_that_fails_leaves_nothing_half_done(
        self, closed: Action, chair: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(proving, "queue_email", fail)
        with pytest.raises(DatabaseError):
            self.run()
        assert proven_on(closed) == TODAY
        assert Recommendation.objects.get().state == State.CLOSED_IMPLEMENTED

    def test_the_task_runs_it(self, closed: Action) -> None:
        with time_machine.travel(at(MISSED), tick=False):
            tasks.reopen_missed()
        assert Recommendation.objects.get().state == State.IN_PROGRESS

    def test_the_task_has_its_hour(self) -> None:
        named = [each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()]
        assert named.count(tasks.reopen_missed.name) == 1

    @pytest.mark.parametrize("rows", [1, 3])
    def test_looking_takes_as_many_queries_however_many_there_are(
        self, rows: int, db: None, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        organisation = OrganisationFactory()
        MembershipFactory(user=UserFactory(), organisation=organisation)
        for _ in range(rows):
            action = ActionFactory(
                recommendation=RecommendationFactory(organisation=organisation),
                cadence=True,
                proven_on=TODAY,
            )
            OccurrenceFactory(action=action, held_on=TODAY)
        with django_assert_num_queries(2):
            assert reopen_missed(today=TODAY, now=NOW) == 0
