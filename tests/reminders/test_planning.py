"""Who is reminded of what, once, in one email."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from commitments.enums import Cadence
from organisations.models import Organisation, User
from outbox.enums import Kind
from outbox.enums import State as MailState
from outbox.models import Email
from recommendations.enums import Response, State
from recommendations.models import Action, Recommendation
from reminders import composing
from reminders.due import steps
from reminders.enums import ReminderKind
from reminders.models import Reminder
from reminders.schedule import start_of
from tests.factories.commitments import PledgeFactory
from tests.factories.deciding import closed_by_decision
from tests.factories.organisations import MembershipFactory
from tests.factories.recommendations import RecommendationFactory
from tests.factories.reminders import PreferenceFactory
from tests.reminders.planning import MONDAY, MORNING, action, plan

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
BESIDES = 28
"""Looking for what waits, the lock, the emails with their savepoints, and for more people."""


def test_an_action_due_in_seven_days(harbour: Organisation, bea: User) -> None:
    due = action(harbour, bea, title="Publish the figures")
    assert plan() == 1
    [reminder], [email] = Reminder.objects.all(), Email.objects.all()
    assert reminder.dedupe_key == f"action_due:{due.id}:2026-11-09:{bea.id}:t-7"
    assert (reminder.email, reminder.planned_for, reminder.due_date) == (
        email,
        MONDAY,
        date(2026, 11, 9),
    )
    assert (email.kind, email.to_address, email.organisation) == (
        Kind.REMINDERS,
        bea.email,
        harbour,
    )
    assert email.subject == "Due on 9 November 2026: Publish the figures"
    assert email.not_after == start_of(date(2026, 11, 9))


def test_planning_twice_adds_nothing(harbour: Organisation, bea: User) -> None:
    action(harbour, bea)
    assert (plan(), plan(), plan(TUESDAY)) == (1, 0, 0)
    assert (Reminder.objects.count(), Email.objects.count()) == (1, 1)


def test_one_email_a_person_and_organisation(
    harbour: Organisation, northside: Organisation, bea: User, chidi: User
) -> None:
    MembershipFactory(user=bea, organisation=northside)
    for title in ("First", "Second"):
        action(harbour, bea, title=title)
    action(northside, bea, title="Elsewhere")
    action(northside, chidi, title="Not for Bea")
    assert plan() == 3
    assert Reminder.objects.count() == 4
    email = Email.objects.get(to_user=bea, organisation=harbour)
    assert email.subject == "2 things need you at Harbour Minds"
    assert email.reminders.count() == 2
    assert "First" in email.text
    assert "Second" in email.text
    assert "Elsewhere" not in email.text + email.html
    assert "Not for Bea" not in email.text + email.html


def test_a_check_in_of_a_pledge(harbour: Organisation, bea: User) -> None:
    pledge = PledgeFactory(
        leader=bea,
        organisation=None,
        created_at=datetime(2026, 9, 1, tzinfo=UTC),
        check_in_every=Cadence.MONTHLY,
    )
    with time_machine.travel(MORNING, tick=False):
        assert plan() == 1
    email = Email.objects.get()
    assert email.subject == "Check in on your pledge: October 2026"
    assert email.organisation is None
    assert email.not_after == start_of(date(2026, 11, 9))
    assert Reminder.objects.get().dedupe_key == f"check_in_due:{pledge.id}:2026-11-01:{bea.id}:t0"


@pytest.mark.parametrize(
    "state", [State.PROPOSED_FOR_CLOSURE, State.CLOSED_IMPLEMENTED, State.CLOSED_SUPERSEDED]
)
def test_nothing_for_what_is_closed_or_proposed(
    state: State, harbour: Organisation, bea: User
) -> None:
    of = RecommendationFactory(organisation=harbour)
    action(harbour, bea, recommendation=of)
    if state in State.closed():
        closed_by_decision(of, state=state)
    else:
        Recommendation.objects.update(state=state)
    assert plan() == 0


def test_nothing_for_what_was_not_accepted(harbour: Organisation, bea: User) -> None:
    of = RecommendationFactory(
        organisation=harbour, response=Response.NOT_ACCEPTED, response_reason="Why"
    )
    action(harbour, bea, recommendation=of)
    action(harbour, bea, accepted_at=None)
    action(harbour, bea, proven_on=MONDAY)
    action(harbour, bea, days=31)
    assert plan() == 0


def test_nothing_for_a_lead_who_has_not_said_yes(
    harbour: Organisation, alice: User, bea: User
) -> None:
    """The date stands since the lead before accepted it; the one of today is not reminded yet."""
    taken_over = action(harbour, bea)
    Action.objects.update(responsible_owner=alice, accepted_by=None)
    assert plan() == 0
    Action.objects.update(accepted_by=alice)
    assert (plan(), plan(TUESDAY)) == (0, 1)
    assert (
        Reminder.objects.get().dedupe_key == f"action_due:{taken_over.id}:2026-11-09:{alice.id}:t-7"
    )


def test_nothing_for_who_has_left_or_cannot_sign_in(
    harbour: Organisation, alice: User, bea: User, chidi: User
) -> None:
    alice.memberships.update(ended_at=timezone.now())
    bea.is_active = False
    bea.save()
    for lead in (alice, bea, chidi):
        action(harbour, lead)
    assert plan() == 0


def test_an_opt_out_is_respected(harbour: Organisation, alice: User, bea: User) -> None:
    PreferenceFactory(user=bea, kind=ReminderKind.ACTION_DUE)
    PreferenceFactory(user=alice, kind=ReminderKind.CHECK_IN_DUE)
    action(harbour, bea)
    action(harbour, alice)
    plan()
    assert [email.to_user for email in Email.objects.all()] == [alice]


def test_an_email_that_came_too_late_is_owed_again(harbour: Organisation, bea: User) -> None:
    """Mail was down: the email about two things ended with the first, the second still stands."""
    action(harbour, bea, days=-14, title="Long ago")
    action(harbour, bea, days=-13, title="A day later")
    plan()
    [first] = Email.objects.all()
    over = first.not_after
    assert over == start_of(MONDAY + timedelta(days=14))
    Email.objects.update(state=MailState.CANCELLED)
    assert plan(MONDAY + timedelta(days=14)) == 1
    again = Email.objects.exclude(state=MailState.CANCELLED).get()
    assert again.subject == "Was due on 20 October 2026: A day later"
    assert Reminder.objects.get(email=first).until == MONDAY + timedelta(days=14)


def test_one_bad_address_stops_nobody_else(
    harbour: Organisation, alice: User, bea: User, caplog: pytest.LogCaptureFixture
) -> None:
    bea.email = "bea@intranet"
    bea.save()
    action(harbour, bea)
    action(harbour, alice)
    assert plan() == 1
    assert [email.to_user for email in Email.objects.all()] == [alice]
    assert str(bea.id) in caplog.text
    assert "bea@intranet" not in caplog.text
    bea.email = "bea@harbour.example"
    bea.save()
    assert plan(TUESDAY) == 1
    assert {row.email.to_user for row in Reminder.objects.select_related("email__to_user")} == {
        alice,
        bea,
    }


def test_what_comes_up_later_on_a_day_is_told_on_the_next(harbour: Organisation, bea: User) -> None:
    """By an email of its own: what was told before is not told again."""
    action(harbour, bea, title="First")
    assert plan() == 1
    action(harbour, bea, title="Second")
    assert (plan(), plan(TUESDAY), plan(TUESDAY)) == (0, 1, 0)
    assert sorted(Email.objects.values_list("subject", flat=True)) == [
        "Due on 9 November 2026: First",
        "Due on 9 November 2026: Second",
    ]
    assert not Reminder.objects.filter(email=None).exists()


def test_what_no_email_paid_is_paid_the_next_day(harbour: Organisation, bea: User) -> None:
    action(harbour, bea)
    plan()
    Email.objects.all().delete()
    assert Reminder.objects.get().email is None
    assert plan(TUESDAY) == 1
    assert Reminder.objects.get().email == Email.objects.get()


def test_what_is_due_no_more_is_not_paid(harbour: Organisation, bea: User) -> None:
    due = action(harbour, bea)
    plan()
    Email.objects.all().delete()
    due.proven_on = MONDAY
    due.save()
    assert plan(TUESDAY) == 0


def test_it_rolls_back_whole(
    harbour: Organisation, bea: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    action(harbour, bea)
    monkeypatch.setattr(composing, "daily_email", lambda **words: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        plan()
    assert (Reminder.objects.filter(email=None).count(), Email.objects.count()) == (1, 0)


@pytest.mark.parametrize("people", [1, 3])
def test_planning_costs_the_same_for_more_people(
    people: int, harbour: Organisation, django_assert_num_queries: Any
) -> None:
    """One statement for each kind as each audience hears of it; the rest is written out here."""
    for _ in range(people):
        action(harbour, MembershipFactory(organisation=harbour).user)
    with django_assert_num_queries(len([*steps()]) + BESIDES):
        assert plan() == people
