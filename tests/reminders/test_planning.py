from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from commitments.enums import Cadence
from organisations.models import Organisation, User
from outbox.actions import beat
from outbox.delivery import deliver_due
from outbox.enums import Kind
from outbox.enums import State as MailState
from outbox.models import Email, Heartbeat
from outbox.transport import OutboxMessage
from recommendations.enums import Response, State
from recommendations.models import Action
from reminders import actions
from reminders.actions import choose_emails, plan_if_due, plan_reminders, unsubscribe
from reminders.emails import Unsubscribe, read_token
from reminders.enums import ReminderKind
from reminders.models import Preference, Reminder
from reminders.schedule import start_of
from reminders.tasks import tick
from tests.factories.commitments import PledgeFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.recommendations import RecommendationFactory
from tests.factories.reminders import AcceptedActionFactory, PreferenceFactory
from tests.outbox.peer import mail_server

pytestmark = pytest.mark.django_db
# A Monday, and no bank holiday near it.
MONDAY = date(2026, 11, 2)
MORNING = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


def action(organisation: Organisation, lead: User, days: int = 7, **fields: Any) -> Action:
    target = MONDAY + timedelta(days=days)
    of = fields.pop("recommendation", None) or RecommendationFactory(organisation=organisation)
    return AcceptedActionFactory(
        recommendation=of, responsible_owner=lead, target_date=target, **fields
    )


def plan(today: date = MONDAY) -> int:
    return plan_reminders(today=today, now=start_of(today) + timedelta(hours=8))


def test_an_action_due_in_seven_days(harbour: Organisation, bea: User) -> None:
    due = action(harbour, bea, title="Publish the figures")
    assert plan() == 1
    [reminder], [email] = Reminder.objects.all(), Email.objects.all()
    assert reminder.dedupe_key == f"action-due:{due.id}:2026-11-09:{bea.id}:t-7"
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
    assert (plan(), plan(), plan(MONDAY + timedelta(days=1))) == (1, 0, 0)
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
    assert plan() == 1
    email = Email.objects.get()
    assert email.subject == "Check in on your pledge: October 2026"
    assert email.organisation is None
    assert email.not_after == start_of(date(2026, 12, 1))
    assert Reminder.objects.get().dedupe_key == f"check-in-due:{pledge.id}:2026-10-01:{bea.id}"


@pytest.mark.parametrize(
    "state", [State.PROPOSED_FOR_CLOSURE, State.CLOSED_IMPLEMENTED, State.CLOSED_SUPERSEDED]
)
def test_nothing_for_what_is_closed_or_proposed(
    state: State, harbour: Organisation, bea: User
) -> None:
    closed_on = MONDAY if state in State.closed() else None
    of = RecommendationFactory(organisation=harbour, state=state, closed_on=closed_on)
    action(harbour, bea, recommendation=of)
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
    assert plan() == 1
    assert (
        Reminder.objects.get().dedupe_key == f"action-due:{taken_over.id}:2026-11-09:{alice.id}:t-7"
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
    action(harbour, bea, days=0, title="Today's")
    action(harbour, bea, days=7, title="Next week's")
    plan()
    Email.objects.update(state=MailState.CANCELLED)
    tuesday = MONDAY + timedelta(days=1)
    assert plan(tuesday) == 1
    again = Email.objects.exclude(state=MailState.CANCELLED).get()
    assert again.reminders.count() == 2
    assert set(Reminder.objects.values_list("planned_for", flat=True)) == {tuesday}


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
    assert plan(MONDAY + timedelta(days=1)) == 1
    assert {row.email.to_user for row in Reminder.objects.select_related("email__to_user")} == {
        alice,
        bea,
    }


def test_what_comes_up_later_on_a_day_is_paid_by_an_email_of_its_own(
    harbour: Organisation, bea: User
) -> None:
    action(harbour, bea, title="First")
    assert plan() == 1
    action(harbour, bea, title="Second")
    assert (plan(), plan()) == (1, 0)
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
    assert plan(MONDAY + timedelta(days=1)) == 1
    assert Reminder.objects.get().email == Email.objects.get()


def test_what_is_due_no_more_is_not_paid(harbour: Organisation, bea: User) -> None:
    due = action(harbour, bea)
    plan()
    Email.objects.all().delete()
    due.proven_on = MONDAY
    due.save()
    assert plan(MONDAY + timedelta(days=1)) == 0


def test_it_rolls_back_whole(
    harbour: Organisation, bea: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    action(harbour, bea)
    monkeypatch.setattr(actions, "queue_emails", lambda emails: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        plan()
    assert (Reminder.objects.count(), Email.objects.count()) == (0, 0)


@pytest.mark.parametrize("people", [1, 3])
def test_planning_costs_the_same_for_more_people(
    people: int, harbour: Organisation, django_assert_num_queries: Any
) -> None:
    for _ in range(people):
        action(harbour, MembershipFactory(organisation=harbour).user)
    with django_assert_num_queries(10):
        assert plan() == people


# Once a day


@override_settings(REMINDERS_HOUR=8)
def test_the_day_is_planned_once(harbour: Organisation, bea: User, alice: User) -> None:
    action(harbour, bea)
    assert plan_if_due(now=MORNING - timedelta(seconds=1)) == 0
    assert plan_if_due(now=MORNING) == 1
    action(harbour, alice)
    assert plan_if_due(now=MORNING + timedelta(hours=1)) == 0
    assert plan_if_due(now=MORNING + timedelta(days=1)) == 1


@override_settings(REMINDERS_HOUR=0)
def test_a_tick_plans_delivers_and_leaves_a_heartbeat(
    harbour: Organisation, bea: User, mailoutbox: list[Any]
) -> None:
    tick()
    tick()
    assert Heartbeat.objects.filter(name="tick").exists()
    assert Heartbeat.objects.filter(name="plan").exists()


def test_a_tick_delivers_even_where_planning_breaks(
    monkeypatch: pytest.MonkeyPatch, harbour: Organisation
) -> None:
    delivered: list[bool] = []
    monkeypatch.setattr("reminders.tasks.plan_if_due", lambda now: 1 / 0)
    monkeypatch.setattr("reminders.tasks.deliver_due", lambda clock: delivered.append(True))
    with pytest.raises(ZeroDivisionError):
        tick()
    assert delivered == [True]
    assert not Heartbeat.objects.filter(name="tick").exists()


def test_a_long_tick_rings_for_more(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[bool] = []
    monkeypatch.setattr("reminders.tasks.deliver_due", lambda clock: True)
    monkeypatch.setattr("reminders.tasks.nudge", lambda: rung.append(True))
    tick()
    assert rung == [True]


def test_a_heartbeat_moves_on() -> None:
    beat("tick", now=MORNING)
    beat("tick", now=MORNING + timedelta(minutes=1))
    assert [(row.name, row.at) for row in Heartbeat.objects.all()] == [
        ("tick", MORNING + timedelta(minutes=1))
    ]


# The email as built


@override_settings(SITE_URL="https://att.example", DEFAULT_FROM_EMAIL="The Table <m@att.example>")
def test_the_email_as_built(harbour: Organisation, bea: User) -> None:
    action(harbour, bea, days=-3, title="Publish <the> figures & reasons")
    action(harbour, bea, days=0, title="Meet the staff network")
    plan()
    email = Email.objects.get()
    message = message_from_bytes(OutboxMessage(email).message().as_bytes(), policy=policy.default)
    assert message["From"] == '"Harbour Minds (The Table)" <m@att.example>'
    assert message["Reply-To"] is None
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = message["List-Unsubscribe"].strip(" <>")
    token = link.removeprefix("https://att.example/unsubscribe/").rstrip("/")
    assert read_token(token) == Unsubscribe(bea.id, (ReminderKind.ACTION_DUE,))
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    assert "Publish <the> figures & reasons\n  Was due on 30 October 2026" in text
    assert "Meet the staff network\n  Due today, 2 November 2026" in text
    assert "Publish &lt;the&gt; figures &amp; reasons" in html
    for body in (text, html):
        assert "Hello Bea Brown" in body
        assert "https://att.example/me/" in body
        assert "https://att.example/me/emails/" in body
        assert link in body
    assert len(message.as_bytes()) < 100_000


# Preferences


def test_choices_are_kept(bea: User) -> None:
    wanted = {ReminderKind.ACTION_DUE: False, ReminderKind.CHECK_IN_DUE: True}
    choose_emails(choices=wanted, by=bea)
    choose_emails(choices=wanted, by=bea)
    assert list(Preference.objects.order_by("kind").values_list("kind", "choice")) == [
        ("action_due", "off"),
        ("check_in_due", "at_once"),
    ]


def test_unsubscribing_changes_one_person_and_kind(alice: User, bea: User) -> None:
    unsubscribe(Unsubscribe(bea.id, (ReminderKind.CHECK_IN_DUE,)))
    assert list(Preference.objects.values_list("user_id", "kind", "choice")) == [
        (bea.id, "check_in_due", "off")
    ]


@pytest.mark.parametrize("token", ["", "x", "WyJ4Il0:1abc:zzz", "a:b:c:d"])
def test_a_token_of_somebody_else_is_none(token: str) -> None:
    assert read_token(token) is None


def test_from_what_is_due_to_what_arrives(harbour: Organisation, bea: User) -> None:
    """An action due in seven days and a monthly check-in, over a real SMTP connection."""
    action(harbour, bea, title="Publish the figures")
    PledgeFactory(leader=bea, organisation=None, created_at=datetime(2026, 9, 1, tzinfo=UTC))
    with mail_server() as peer:
        assert plan_if_due(now=MORNING) == 2
        deliver_due(clock=lambda: MORNING)
        plan_if_due(now=MORNING + timedelta(minutes=1))
        deliver_due(clock=lambda: MORNING + timedelta(minutes=1))
    arrived = [message_from_bytes(raw, policy=policy.default) for raw in peer.taken]
    assert sorted((str(mail["To"]), str(mail["Subject"])) for mail in arrived) == [
        (bea.email, "Check in on your pledge: October 2026"),
        (bea.email, "Due on 9 November 2026: Publish the figures"),
    ]
    assert set(Email.objects.values_list("state", flat=True)) == {MailState.SENT}
