"""From what is owed to one email for each person and organisation."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from organisations.models import Organisation, User
from outbox.enums import State as MailState
from outbox.models import Email, Heartbeat
from reminders import composing
from reminders.actions import pause_reminders, plan_if_due, remind, withdraw_stale
from reminders.composing import compose_due
from reminders.enums import Choice, ReminderKind
from reminders.models import Reminder
from reminders.schedule import start_of
from tests.factories.organisations import MembershipFactory
from tests.factories.recommendations import RecommendationFactory
from tests.factories.reminders import PreferenceFactory
from tests.reminders.planning import MONDAY, MORNING, action, plan

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


def people(harbour: Organisation, count: int) -> list[User]:
    found = [MembershipFactory(organisation=harbour).user for _ in range(count)]
    for person in found:
        action(harbour, person)
    return found


def planned() -> None:
    assert plan_if_due(now=MORNING) > 0


def compose(day: date = MONDAY) -> int:
    return compose_due(today=day, now=start_of(day) + timedelta(hours=9))


def test_more_people_than_one_transaction_takes(
    harbour: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composing, "PEOPLE", 2)
    everybody = people(harbour, 5)
    planned()
    assert (compose(), compose()) == (5, 0)
    assert set(Email.objects.values_list("to_user", flat=True)) == {one.pk for one in everybody}


def test_what_breaks_is_taken_up_where_it_stopped(
    harbour: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composing, "PEOPLE", 2)
    people(harbour, 5)
    planned()
    real, left = composing.daily_email, [3]

    def breaking(**words: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise RuntimeError("enough")
        return real(**words)

    monkeypatch.setattr(composing, "daily_email", breaking)
    with pytest.raises(RuntimeError, match="enough"):
        compose()
    assert (Email.objects.count(), Reminder.objects.filter(email=None).count()) == (2, 3)
    monkeypatch.setattr(composing, "daily_email", real)
    assert compose() == 3
    assert Email.objects.count() == 5


def test_of_two_at_once_one_does_nothing(
    harbour: Organisation, bea: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row of the last planning is passed by while another holds it."""
    people(harbour, 1)
    planned()
    sql = str(composing.locked_planning().query)
    assert sql.endswith("FOR UPDATE SKIP LOCKED")
    monkeypatch.setattr(composing, "locked_planning", Heartbeat.objects.none)
    assert compose() == 0
    monkeypatch.undo()
    assert (compose(), compose()) == (1, 0)


def test_each_organisation_writes_its_own(
    harbour: Organisation, northside: Organisation, bea: User
) -> None:
    MembershipFactory(user=bea, organisation=northside)
    for home in (harbour, northside):
        action(home, bea)
    assert plan() == 2
    assert {email.organisation for email in Email.objects.all()} == {harbour, northside}


def test_what_came_too_late_and_holds_no_more_is_not_sent_anew(
    harbour: Organisation, bea: User
) -> None:
    due = action(harbour, bea)
    plan()
    Email.objects.update(state=MailState.CANCELLED)
    due.proven_on = MONDAY
    due.save()
    assert remind(now=MORNING + timedelta(hours=1)) == 0
    assert Reminder.objects.get().withdrawn_at == MORNING + timedelta(hours=1)


def test_the_week_comes_with_the_rest_of_its_day(harbour: Organisation, bea: User) -> None:
    PreferenceFactory(user=bea, kind=ReminderKind.SILENT, choice=Choice.DIGEST)
    of = RecommendationFactory(
        organisation=harbour, title="Silent", created_at=start_of(TUESDAY) - timedelta(days=91)
    )
    action(harbour, bea, recommendation=of, days=40)
    action(harbour, bea, days=14, title="Due on a day")
    assert plan(TUESDAY) == 1
    assert "Silent" not in Email.objects.get().text
    assert plan(MONDAY + timedelta(days=7)) == 1
    email = Email.objects.latest("created_at")
    assert email.subject == "Your week at Harbour Minds: 2 things"
    assert "Silent" in email.text
    assert "Due on a day" in email.text


def test_what_ends_before_monday_does_not_wait_for_it(harbour: Organisation, bea: User) -> None:
    PreferenceFactory(user=bea, kind=ReminderKind.DATE_ENDING, choice=Choice.DIGEST)
    of = action(harbour, bea)
    planned()
    Reminder.objects.update(
        kind=ReminderKind.DATE_ENDING, subject_id=of.pk, until=MONDAY + timedelta(days=4)
    )
    assert compose(TUESDAY) == 1


def test_nothing_before_anything_was_planned(harbour: Organisation, bea: User) -> None:
    """The row of the last planning is the lock."""
    assert Heartbeat.objects.count() == 0
    assert compose() == 0


def test_once_a_week_for_whoever_chose_that(harbour: Organisation, bea: User) -> None:
    PreferenceFactory(user=bea, choice=Choice.DIGEST)
    action(harbour, bea, days=8, title="In a week")
    assert plan(TUESDAY) == 0
    assert Reminder.objects.get().email is None
    next_monday = MONDAY + timedelta(days=7)
    assert plan(next_monday) == 1
    assert "In a week" in Email.objects.get().text


def test_a_bank_holiday_moves_the_week_to_tuesday(harbour: Organisation, bea: User) -> None:
    """Easter Monday is 6 April 2026."""
    PreferenceFactory(user=bea, choice=Choice.DIGEST)
    target = date(2026, 4, 14)
    action(harbour, bea, days=(target - MONDAY).days)
    assert [plan(date(2026, 4, day)) for day in (6, 7)] == [0, 1]


def test_what_was_stopped_meanwhile_is_not_sent(harbour: Organisation, bea: User) -> None:
    chosen = PreferenceFactory(user=bea, choice=Choice.DIGEST)
    action(harbour, bea, days=8)
    plan(TUESDAY)
    chosen.choice = Choice.OFF
    chosen.save()
    assert plan(MONDAY + timedelta(days=7)) == 0


def test_a_pause_holds_until_its_day(harbour: Organisation, bea: User, alice: User) -> None:
    pause_reminders(until=MONDAY + timedelta(days=2), by=bea, now=MORNING)
    action(harbour, bea)
    action(harbour, alice)
    assert [plan(MONDAY + timedelta(days=day)) for day in (0, 1, 2)] == [1, 0, 1]
    assert Email.objects.latest("created_at").to_user == bea


def test_what_went_out_of_use_in_a_pause_is_dropped(harbour: Organisation, bea: User) -> None:
    """A week before its date and on the day: after the pause the newest alone."""
    pause_reminders(until=MONDAY + timedelta(days=8), by=bea, now=MORNING)
    action(harbour, bea)
    assert plan() == 0
    assert plan(MONDAY + timedelta(days=7)) == 0
    assert plan(MONDAY + timedelta(days=8)) == 1
    assert Email.objects.get().reminders.get().rung == 0


@pytest.mark.parametrize("kind", [ReminderKind.NOT_ACCEPTED])
def test_what_others_wait_for_comes_in_a_pause(
    kind: ReminderKind, harbour: Organisation, bea: User
) -> None:
    of = action(harbour, bea)
    planned()
    Reminder.objects.update(kind=kind, subject_id=of.pk)
    pause_reminders(until=MONDAY + timedelta(days=5), by=bea, now=MORNING)
    assert compose() == 1
    email = Email.objects.get()
    assert "Emails about that cannot be stopped." in email.text
    assert "List-Unsubscribe" not in email.headers


def test_what_no_longer_holds_is_taken_back_and_the_rest_sent_anew(
    harbour: Organisation, bea: User
) -> None:
    done, still = action(harbour, bea, title="Done"), action(harbour, bea, title="Still")
    plan()
    done.proven_on = MONDAY
    done.save()
    later = MORNING + timedelta(hours=2)
    assert withdraw_stale(today=MONDAY, now=later) == 1
    assert compose() == 1
    cancelled, anew = Email.objects.order_by("created_at")
    assert (cancelled.state, anew.state) == (MailState.CANCELLED, MailState.QUEUED)
    assert "Still" in anew.text
    assert "Done" not in anew.text
    assert anew.reminders.get().subject_id == still.pk


def test_what_has_been_sent_is_left(harbour: Organisation, bea: User) -> None:
    done = action(harbour, bea)
    plan()
    Email.objects.update(state=MailState.SENT, sent_at=datetime(2026, 11, 2, 9, tzinfo=UTC))
    done.proven_on = MONDAY
    done.save()
    assert withdraw_stale(today=MONDAY, now=MORNING + timedelta(hours=2)) == 0
    assert Reminder.objects.get().withdrawn_at is None


def test_a_subject_that_is_gone_is_left_out(harbour: Organisation, bea: User) -> None:
    action(harbour, bea, title="Here")
    planned()
    row = Reminder.objects.get()
    Reminder.objects.create(
        dedupe_key="gone",
        kind=row.kind,
        audience=row.audience,
        user=bea,
        organisation=harbour,
        subject_id=harbour.pk,
        due_date=row.due_date,
        rung=row.rung,
        until=row.until,
        planned_for=row.planned_for,
        created_at=row.created_at,
    )
    assert compose() == 1
    assert list(Email.objects.get().reminders.all()) == [row]


def test_an_address_that_is_none_is_said_once(
    harbour: Organisation, bea: User, caplog: pytest.LogCaptureFixture
) -> None:
    action(harbour, bea)
    User.objects.filter(pk=bea.pk).update(email="no address")
    for minute in range(5):
        remind(now=MORNING + timedelta(minutes=minute))
    assert caplog.text.count("reminder_has_no_address") == 1
    User.objects.filter(pk=bea.pk).update(email="bea@harbour.example")
    assert remind(now=MORNING + timedelta(minutes=5)) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_its_cost_does_not_grow_with_people(
    count: int, harbour: Organisation, django_assert_num_queries: Any
) -> None:
    people(harbour, count)
    planned()
    with django_assert_num_queries(13):
        assert compose() == count
