"""What waits and no longer holds is taken back; after days without a run only the newest counts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from organisations.models import Organisation, User
from outbox.enums import State as MailState
from outbox.models import Email
from recommendations.enums import State
from recommendations.models import Action, NotYet, Recommendation
from reminders.actions import remind
from reminders.models import Reminder
from reminders.schedule import start_of
from tests.factories.deciding import closed_by_decision, moved_by_decision
from tests.factories.recommendations import ActionFactory, RecommendationFactory
from tests.reminders.planning import MONDAY, action, plan

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOON = start_of(MONDAY) + timedelta(hours=12)


def tick(now: datetime = NOON) -> int:
    """Later on the day: nothing new is planned."""
    return remind(now=now)


def queued() -> list[str]:
    rows = Email.objects.filter(state=MailState.QUEUED)
    return sorted(rows.values_list("subject", flat=True))


def states() -> list[str]:
    return sorted(Email.objects.values_list("state", flat=True))


def move(due: Action, lead: User) -> None:
    moved_by_decision(due, MONDAY + 30 * DAY)


def hand_to_somebody(due: Action, lead: User) -> None:
    Action.objects.update(responsible_owner=lead, accepted_by=None)


def show(due: Action, lead: User) -> None:
    Action.objects.update(proven_on=MONDAY)


def close(due: Action, lead: User) -> None:
    closed_by_decision(due.recommendation)


def propose(due: Action, lead: User) -> None:
    Recommendation.objects.update(state=State.PROPOSED_FOR_CLOSURE)


def leave(due: Action, lead: User) -> None:
    due.responsible_owner.memberships.update(ended_at=timezone.now())


@pytest.mark.parametrize("change", [move, hand_to_somebody, show, close, propose, leave])
def test_what_waits_is_taken_back(
    harbour: Organisation, alice: User, bea: User, change: Callable[[Action, User], None]
) -> None:
    due = action(harbour, bea)
    plan()
    assert queued() == [f"Due on 9 November 2026: {due.title}"]
    change(due, alice)
    assert tick() == 0
    assert states() == [MailState.CANCELLED]
    assert Reminder.objects.get().withdrawn_at == NOON
    assert (tick(), Reminder.objects.count()) == (0, 1)


def test_a_date_that_moves_begins_anew(harbour: Organisation, bea: User) -> None:
    due = action(harbour, bea)
    plan()
    move(due, bea)
    tick()
    assert plan(MONDAY + DAY) == 1
    assert queued() == [f"Due on 2 December 2026: {due.title}"]
    new = Reminder.objects.get(withdrawn_at=None)
    assert new.dedupe_key == f"action_due:{due.id}:2026-12-02:{bea.id}:t-30"


def test_a_lead_who_follows_hears_once_they_said_yes(
    harbour: Organisation, alice: User, bea: User
) -> None:
    due = action(harbour, bea)
    plan()
    hand_to_somebody(due, alice)
    tick()
    Action.objects.update(accepted_by=alice)
    assert plan(MONDAY + DAY) == 1
    assert Email.objects.get(state=MailState.QUEUED).to_user == alice


def test_an_email_of_several_is_made_anew_for_the_rest(
    harbour: Organisation, alice: User, bea: User
) -> None:
    """On the same day, and nobody else's is touched."""
    done = action(harbour, bea, title="Done")
    for lead in (bea, alice):
        action(harbour, lead, title="Not done")
    plan()
    Action.objects.filter(pk=done.pk).update(proven_on=MONDAY)
    assert tick() == 1
    assert states() == [MailState.CANCELLED, MailState.QUEUED, MailState.QUEUED]
    anew = Email.objects.get(state=MailState.QUEUED, to_user=bea)
    assert anew.subject == "Due on 9 November 2026: Not done"
    assert "Done\n" not in anew.text.replace("Not done", "")
    assert anew.reminders.get().withdrawn_at is None
    assert tick(NOON + timedelta(minutes=1)) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"state": MailState.LEASED, "lease_token": uuid4(), "lease_until": NOON + DAY},
        {"state": MailState.SENT, "sent_at": NOON},
        {"state": MailState.FAILED},
    ],
)
def test_what_is_on_its_way_stays(
    harbour: Organisation, bea: User, change: dict[str, object]
) -> None:
    due = action(harbour, bea)
    plan()
    Email.objects.update(**change)
    show(due, bea)
    assert tick() == 0
    assert states() == [change["state"]]
    assert Reminder.objects.get().withdrawn_at is None


def test_what_holds_again_is_owed_again(harbour: Organisation, bea: User) -> None:
    due = action(harbour, bea)
    plan()
    show(due, bea)
    tick()
    Action.objects.update(proven_on=None)
    assert plan(MONDAY + DAY) == 1
    again = Reminder.objects.get()
    assert (again.withdrawn_at, again.planned_for) == (None, MONDAY + DAY)
    assert states() == [MailState.CANCELLED, MailState.QUEUED]


def test_a_week_without_a_run_is_caught_up_by_one_email(harbour: Organisation, bea: User) -> None:
    """With the newest of each: whatever was due in between is of no use any more."""
    action(harbour, bea, days=5, title="Passed")
    action(harbour, bea, days=9, title="Coming")
    plan(MONDAY - 26 * DAY)
    Email.objects.update(state=MailState.SENT, sent_at=NOON - 26 * DAY)
    assert plan(MONDAY + 14 * DAY) == 1
    newest = Reminder.objects.filter(planned_for=MONDAY + 14 * DAY)
    rungs = {row.subject_id: row.rung for row in newest}
    titles = dict(Action.objects.values_list("title", "pk"))
    assert rungs == {titles["Passed"]: 7, titles["Coming"]: 0}
    assert queued() == ["2 things need you at Harbour Minds"]


def test_every_kind_for_a_person_comes_in_one_email(harbour: Organisation, bea: User) -> None:
    """What they lead, what they were asked to lead, and what nothing was heard of."""
    of = RecommendationFactory(
        organisation=harbour, reference="1.7", title="Meet quarterly",
        created_at=start_of(MONDAY) - 91 * DAY,
    )  # fmt: skip
    action(harbour, bea, recommendation=of, title="Publish the figures")
    newer = RecommendationFactory(organisation=harbour, created_at=start_of(MONDAY) - 3 * DAY)
    ActionFactory(
        recommendation=newer, title="Train managers", responsible_owner=bea,
        target_date=MONDAY + 60 * DAY,
    )  # fmt: skip
    assert plan() == 1
    text = Email.objects.get().text
    for line in (
        "* Publish the figures\n  Due on 9 November 2026",
        "* Train managers\n  Waiting for your yes or no",
        "* 1.7 Meet quarterly\n  An update is owed",
    ):
        assert line in text


def test_not_yet_stops_what_waits_for_thirty_days(
    harbour: Organisation, alice: User, bea: User
) -> None:
    """Alice chairs: she would have heard on the thirtieth day, and hears once it is over."""
    due = action(harbour, bea, days=-7)
    plan()
    assert queued() == [f"Was due on 26 October 2026: {due.title}"]
    NotYet.objects.create(
        action=due, by=bea, reason="The supplier changed.", due_date=due.target_date,
        said_at=NOON, until=MONDAY + 30 * DAY,
    )  # fmt: skip
    tick()
    assert states() == [MailState.CANCELLED]
    assert plan(MONDAY + 23 * DAY) == plan(MONDAY + 29 * DAY) == 0
    assert plan(MONDAY + 30 * DAY) == 1
    [email] = Email.objects.filter(state=MailState.QUEUED)
    assert email.to_user == alice
    assert email.subject == f"Ask what is holding this up: {due.title}"
    assert "The supplier changed." not in email.text + email.html
