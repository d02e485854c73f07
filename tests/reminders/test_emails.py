"""The email as built and as it arrives, and who wants which."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from django.test import override_settings

from organisations.models import Organisation, User
from outbox.actions import new_email
from outbox.delivery import deliver_due
from outbox.enums import Kind
from outbox.enums import State as MailState
from outbox.models import Email
from outbox.transport import OutboxMessage
from reminders.actions import choose_emails, remind, unsubscribe
from reminders.emails import Line, Unsubscribe, daily_email, read_token, sections
from reminders.enums import Choice, ReminderKind
from reminders.headings import ACTIONS, HEADING_OF, LINK_WORDS
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


BREAKS = ("\r\n", "\u2028", "\u2029", "\x85", "\x0b", "\n")


def line(title: str = "Publish", **more: Any) -> Line:
    fields = {"kind": ReminderKind.ACTION_DUE, "detail": "Due soon", "url": "https://t.example/x/"}
    return Line(**{**fields, "title": title, "day": MORNING.date(), **more})


def written(*lines: Line, name: str = "Bea", home: str = "Harbour") -> EmailMessage:
    """As it leaves."""
    organisation = Organisation(name=home, slug="harbour")
    user = User(display_name=name, email="bea@harbour.example")
    rendered, headers = daily_email(
        user=user, organisation=organisation, lines=lines, today=MORNING.date()
    )
    email = new_email(
        kind=Kind.REMINDERS, dedupe_key="test", to_address=user.email, to_user=user,
        organisation=organisation, rendered=rendered, headers=headers, now=MORNING,
    )  # fmt: skip
    return message_from_bytes(OutboxMessage(email).message().as_bytes(), policy=policy.default)


@pytest.mark.parametrize("mark", BREAKS)
def test_nothing_typed_starts_a_header_or_a_line(mark: str) -> None:
    typed = f"A{mark}Bcc: all@world.example"
    mail = written(line(typed), name=typed, home=typed)
    assert mail["Bcc"] is None
    assert len(mail.get_all("From")) == len(mail.get_all("Subject")) == 1
    assert mail["Subject"] == "Due soon: A Bcc: all@world.example"
    assert "* A Bcc: all@world.example\n" in mail.get_body(("plain",)).get_content()
    assert "Hello A Bcc: all@world.example\n" in mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize("letter", ["x", "&", "Ọ", "🙂"])
def test_long_titles_and_many_lines_stay_small(letter: str) -> None:
    mail = written(*[line(letter * 10_000)] * 200, name=letter * 120, home=letter * 160)
    assert len(mail.as_bytes()) < 100_000
    text = mail.get_body(("plain",)).get_content()
    assert text.count("\n* ") == 20
    assert "\nAnd 180 more.\n" in text


@pytest.mark.parametrize(
    ("lines", "subject"),
    [
        ([line()], "Due soon: Publish"),
        ([line("Your pledge", detail="Look at your pledge again")], "Look at your pledge again"),
        ([line()] * 2, "2 things need you at Harbour"),
        ([line(is_weekly=True)], "Due soon: Publish"),
        ([line(is_weekly=True), line()], "Your week at Harbour: 2 things"),
        ([line(kind=ReminderKind.QUARTER)] * 2, "The last quarter at Harbour"),
        ([line(kind=ReminderKind.QUARTER), line()], "2 things need you at Harbour"),
    ],
)
def test_the_subject_says_what_to_do(lines: list[Line], subject: str) -> None:
    assert written(*lines)["Subject"] == subject


def test_what_is_late_comes_first_and_each_sort_under_its_heading() -> None:
    today = MORNING.date()
    late, soon = today - timedelta(days=1), today + timedelta(days=1)
    found = sections(
        [
            line("B", day=soon),
            line("A", day=soon),
            line("Silent", kind=ReminderKind.SILENT, day=today - timedelta(days=99)),
            line("Figures", kind=ReminderKind.QUARTER, day=today - timedelta(days=99)),
            line("Late", day=late),
        ],
        today=today,
    )
    assert [(each.heading, [one.title for one in each.lines]) for each in found] == [
        ("Actions and dates", ["Late", "A", "B"]),
        ("Recommendations to write about", ["Silent"]),
        ("The last quarter", ["Figures"]),
    ]
    assert [each.heading for each in sections([line(), line()], today=today)] == [""]


@pytest.mark.parametrize("kind", ReminderKind)
def test_only_actions_have_dates_to_speak_up_about(kind: ReminderKind) -> None:
    text = written(line(kind=kind)).get_body(("plain",)).get_content()
    assert ("stands in the way of an action" in text) == (kind in ACTIONS)
    assert HEADING_OF[kind]
    assert LINK_WORDS[kind] in text


def test_choices_are_kept(bea: User) -> None:
    wanted = {ReminderKind.ACTION_DUE: Choice.OFF, ReminderKind.CHECK_IN_DUE: Choice.DIGEST}
    choose_emails(choices=wanted, by=bea, now=MORNING)
    choose_emails(choices=wanted, by=bea, now=MORNING)
    assert list(Preference.objects.order_by("kind").values_list("kind", "choice")) == [
        ("action_due", "off"),
        ("check_in_due", "digest"),
    ]


def test_unsubscribing_changes_one_person_and_kind(alice: User, bea: User) -> None:
    unsubscribe(Unsubscribe(bea.id, (ReminderKind.CHECK_IN_DUE,)), now=MORNING)
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
