"""The email as built and as it arrives, and who wants which."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.test import override_settings

from organisations.models import Organisation, User
from outbox.delivery import deliver_due
from outbox.enums import State as MailState
from outbox.models import Email
from outbox.transport import OutboxMessage
from reminders.actions import choose_emails, remind, unsubscribe
from reminders.emails import Unsubscribe, read_token
from reminders.enums import Choice, ReminderKind
from reminders.models import Preference
from tests.factories.commitments import PledgeFactory
from tests.outbox.peer import mail_server
from tests.reminders.planning import MORNING, action, plan

pytestmark = pytest.mark.django_db


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
        assert "Bea Brown" in body
        assert "https://att.example/me/" in body
        assert "https://att.example/me/emails/" in body
        assert link in body
    assert len(message.as_bytes()) < 100_000


def test_choices_are_kept(bea: User) -> None:
    wanted = {ReminderKind.ACTION_DUE: Choice.OFF, ReminderKind.CHECK_IN_DUE: Choice.DIGEST}
    choose_emails(choices=wanted, by=bea)
    choose_emails(choices=wanted, by=bea)
    assert list(Preference.objects.order_by("kind").values_list("kind", "choice")) == [
        ("action_due", "off"),
        ("check_in_due", "digest"),
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
        assert remind(now=MORNING) == 2
        deliver_due(clock=lambda: MORNING)
        remind(now=MORNING + timedelta(minutes=1))
        deliver_due(clock=lambda: MORNING + timedelta(minutes=1))
    arrived = [message_from_bytes(raw, policy=policy.default) for raw in peer.taken]
    assert sorted((str(mail["To"]), str(mail["Subject"])) for mail in arrived) == [
        (bea.email, "Check in on your pledge: October 2026"),
        (bea.email, "Due on 9 November 2026: Publish the figures"),
    ]
    assert set(Email.objects.values_list("state", flat=True)) == {MailState.SENT}
