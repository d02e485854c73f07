"""What is due reaches a mailbox once; its link leads to the work, and another one stops it."""

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
import time_machine
from playwright.sync_api import expect

from organisations.models import Organisation, User
from outbox.delivery import deliver_due
from reminders.actions import remind
from reminders.models import Preference
from tests.factories.commitments import PledgeFactory
from tests.factories.recommendations import RecommendationFactory
from tests.factories.reminders import AcceptedActionFactory
from tests.journeys.conftest import Arrive
from tests.journeys.test_people import PASSWORD, has_a_password
from tests.journeys.visitor import Visitor, link_in
from tests.outbox.peer import Peer, mail_server

# The first working day of a month, a Monday: a check-in opens.
MORNING = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
CLICK = {"List-Unsubscribe": "One-Click"}
TASK = "Publish the figures"


@pytest.fixture
def work(transactional_db: None, harbour: Organisation, bea: User) -> None:
    """Bea leads an action due in seven days, and has a pledge with a monthly check-in."""
    AcceptedActionFactory(
        recommendation=RecommendationFactory(organisation=harbour, title="Be open about pay"),
        responsible_owner=bea,
        title=TASK,
        target_date=date(2026, 11, 9),
    )
    PledgeFactory(leader=bea, created_at=datetime(2026, 9, 1, tzinfo=UTC))


def ticks(now: datetime) -> None:
    """What beat and worker do each minute."""
    with time_machine.travel(now, tick=False):
        remind(now=now)
        deliver_due(clock=lambda: now)


def taken_by(peer: Peer) -> list[EmailMessage]:
    mails = [message_from_bytes(raw, policy=policy.default) for raw in peer.taken]
    return sorted(mails, key=lambda mail: str(mail["Subject"]))


def test_from_what_is_due_to_what_is_done(
    visitor: Visitor, arrive: Arrive, bea: User, work: None
) -> None:
    with mail_server() as peer:
        ticks(MORNING)
        ticks(MORNING + timedelta(minutes=1))
        ticks(MORNING + timedelta(days=1))
    check_in, reminder = taken_by(peer)
    assert check_in["Subject"] == "Check in on your pledge: October 2026"
    assert reminder["Subject"] == f"Due on 9 November 2026: {TASK}"
    assert reminder["To"] == "bea@harbour.example"
    assert str(reminder["From"]).startswith('"Harbour Minds (At the Table)"')
    assert reminder["Auto-Submitted"] == "auto-generated"
    assert reminder["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    follows_the_link(visitor, reminder, bea)
    stops_the_emails(visitor, arrive, reminder)
    with mail_server() as quiet:
        # The day itself would bring the next one; what was not stopped comes.
        ticks(datetime(2026, 11, 9, 8, 0, tzinfo=UTC))
    assert [str(mail["Subject"]) for mail in taken_by(quiet)] == [str(check_in["Subject"])]


def follows_the_link(visitor: Visitor, reminder: EmailMessage, reader: User) -> None:
    has_a_password(reader)
    body = reminder.get_body(("plain",))
    assert body is not None
    visitor.opens(link_in(body.get_content()))
    visitor.is_at("Sign in")
    visitor.types(login=reader.email, password=PASSWORD)
    visitor.presses("Sign in")
    visitor.is_at("Be open about pay")
    visitor.opens("/me/")
    visitor.sees(TASK, "Check-in open")
    visitor.opens("/me/emails/")
    visitor.sees("Harbour Minds", "Sent")


def stops_the_emails(visitor: Visitor, arrive: Arrive, reminder: EmailMessage) -> None:
    """Mail scanners follow links, so opening one changes nothing; mail programs post to it."""
    link = str(reminder["List-Unsubscribe"]).strip(" <>")
    anybody = arrive()
    anybody.opens(link)
    anybody.is_at("Stop these emails")
    assert not Preference.objects.exists()
    anybody.presses("Stop these emails")
    anybody.is_at("You will not get these emails any more")
    [off] = Preference.objects.values_list("kind", "choice")
    assert off == ("action_due", "off")

    Preference.objects.all().delete()
    answer = anybody.context.request.post(link, form=CLICK)
    assert answer.ok
    assert list(Preference.objects.values_list("kind", "choice")) == [off]
    visitor.opens("/me/emails/")
    expect(visitor.main.locator("[name=action_due]")).to_have_value("off")
    expect(visitor.main.locator("[name=check_in_due]")).to_have_value("at_once")
