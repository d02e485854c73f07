import time
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from celery import Celery, current_app
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone

from history.models import Entry
from organisations.models import Organisation, User
from outbox.actions import nudge, queue_email, send_again
from outbox.enums import Kind, OutboxVerb, State
from outbox.models import Email, Suppression
from outbox.rendering import Rendered, absolute_url, one_line, render_email
from outbox.transport import OutboxMessage
from tests.factories.outbox import EmailFactory, SuppressionFactory

WORDS = Rendered(subject="Hello", text="Hello\n", html="<p>Hello</p>\n")


def queue(**changes: Any) -> Email | None:
    fields: dict[str, Any] = {
        "kind": Kind.REMINDERS,
        "dedupe_key": "test:1",
        "to_address": "bea@harbour.example",
        "to_user": None,
        "organisation": None,
        "rendered": WORDS,
        "now": timezone.now(),
    }
    return queue_email(**(fields | changes))


@pytest.mark.django_db
def test_it_writes_a_row(harbour: Organisation, bea: User) -> None:
    now = timezone.now()
    with override_settings(DEFAULT_FROM_EMAIL="At the Table <mail@att.example>"):
        email = queue(to_user=bea, organisation=harbour, headers={"X-One": "1"}, now=now)
    assert email is not None
    email.refresh_from_db()
    assert email.state == State.QUEUED
    assert email.message_id == f"<{email.id}@att.example>"
    assert (email.due_at, email.date_header, email.attempts) == (now, now, 0)
    assert email.headers == {
        "From": '"Harbour Minds (At the Table)" <mail@att.example>',
        "Auto-Submitted": "auto-generated",
        "X-One": "1",
    }


@pytest.mark.django_db
def test_a_known_key_adds_nothing() -> None:
    assert queue() is not None
    assert queue(rendered=Rendered("Other", "Other\n")) is None
    assert [email.subject for email in Email.objects.all()] == ["Hello"]


@pytest.mark.django_db(transaction=True)
def test_it_is_refused_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        queue()
    assert Email.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_it_goes_with_the_change_that_is_rolled_back(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[str] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **_: rung.append(name))
    with pytest.raises(IntegrityError):
        queue_and_fail()
    assert (Email.objects.count(), rung) == (0, [])


@transaction.atomic
def queue_and_fail() -> None:
    queue()
    Organisation.objects.create(name="No time")


@pytest.mark.django_db(transaction=True)
def test_it_rings_after_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[str] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **_: rung.append(name))
    with transaction.atomic():
        queue()
        assert rung == []
    assert rung == ["outbox.tasks.deliver"]


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_loses_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(name: str, **options: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(current_app, "send_task", broken)
    with transaction.atomic():
        queue()
    assert Email.objects.count() == 1
    assert "outbox_nudge_failed" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_bell_that_breaks_undoes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outbox.actions.nudge", lambda: 1 / 0)
    with transaction.atomic():
        queue()
    assert Email.objects.count() == 1


@pytest.mark.parametrize("address", ["", "nobody", "a@b", "a@b.example\nBcc: c@d.example"])
@pytest.mark.django_db
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        queue(to_address=address)
    assert Email.objects.count() == 0


@pytest.mark.django_db
def test_a_name_starts_no_header() -> None:
    organisation = Organisation(name="Harbour\r\nBcc: all@world.example", slug="harbour")
    rendered = Rendered("Due\r\nBcc: all@world.example", "Hello\n")
    email = queue(organisation=None, rendered=rendered)
    assert email is not None
    assert email.subject == "Due Bcc: all@world.example"
    organisation.created_at = timezone.now()
    organisation.save()
    other = queue(organisation=organisation, dedupe_key="test:2")
    assert other is not None
    message = parsed(other)
    assert message["Bcc"] is None
    assert len(message.get_all("From")) == 1


def parsed(email: Email) -> Any:
    return message_from_bytes(OutboxMessage(email).message().as_bytes(), policy=policy.default)


@pytest.mark.django_db
def test_the_same_row_makes_the_same_bytes() -> None:
    email = EmailFactory(text="Grüße, Ọlábísí — " + "long " * 300)
    first = OutboxMessage(email).message().as_bytes(linesep="\r\n")
    again = OutboxMessage(Email.objects.get(pk=email.pk)).message().as_bytes(linesep="\r\n")
    assert first == again
    assert first.isascii()
    assert max(map(len, first.splitlines())) < 998


@pytest.mark.django_db
def test_the_message_as_built() -> None:
    email = EmailFactory(text="Grüße an Ọlábísí\n", html="<p>Grüße</p>\n", subject="Für Ngũgĩ")
    message = parsed(email)
    assert message["Subject"] == "Für Ngũgĩ"
    assert message["To"] == email.to_address
    assert message["Message-ID"] == email.message_id
    assert message["Date"].datetime == email.date_header.replace(microsecond=0)
    assert message["Reply-To"] is None
    assert message.get_content_type() == "multipart/alternative"
    assert message.get_body(("plain",)).get_content() == "Grüße an Ọlábísí\n"
    assert message.get_body(("html",)).get_content() == "<p>Grüße</p>\n"


@pytest.mark.django_db
def test_without_html_it_is_one_part() -> None:
    assert parsed(EmailFactory(html="")).get_content_type() == "text/plain"


@override_settings(SITE_URL="https://att.example/")
def test_links_are_whole() -> None:
    assert absolute_url("/me/") == "https://att.example/me/"


def test_a_long_subject_is_cut() -> None:
    assert len(one_line("word " * 100)) == 250
    assert one_line(" two\n lines ") == "two lines"


INVITATION = {
    "invited_by": "A & B <i>",
    "organisation": "C",
    "address": "bea@harbour.example",
    "link": "L",
    "days": 14,
}


def test_an_invitation_says_which_address_it_is_for() -> None:
    rendered = render_email("member_invite", INVITATION)
    for words in (rendered.text, rendered.html):
        assert "This invitation is for bea@harbour.example and no other address" in words


def test_html_is_escaped_and_text_is_not() -> None:
    rendered = render_email("member_invite", INVITATION)
    assert "A & B <i>" in rendered.subject
    assert "A & B <i>" in rendered.text
    assert "A &amp; B &lt;i&gt;" in rendered.html


# Sending anew


@pytest.mark.django_db
def test_a_failed_email_is_owed_anew(harbour: Organisation, alice: User) -> None:
    now = timezone.now()
    until = now + timedelta(days=2)
    failed = EmailFactory(
        failed=True, organisation=harbour, to_address="Bea@harbour.example", not_after=until
    )
    SuppressionFactory(address="bea@harbour.example")
    again = send_again(failed, by=alice, now=now)
    assert again is not None
    assert again.message_id != failed.message_id
    assert (again.subject, again.text, again.html) == (failed.subject, failed.text, failed.html)
    assert (again.state, again.attempts, again.due_at) == (State.QUEUED, 0, now)
    assert (again.not_after, again.despite_refusal) == (until, True)
    assert Suppression.objects.count() == 1
    assert [entry.verb for entry in Entry.objects.about(failed)] == [OutboxVerb.SENT_AGAIN]
    assert send_again(failed, by=alice, now=now + timedelta(minutes=1)) is None
    assert Email.objects.count() == 2


@pytest.mark.parametrize("trait", ["sent", "sign_in"])
@pytest.mark.django_db
def test_what_was_sent_or_is_a_code_is_never_sent_again(trait: str, alice: User) -> None:
    email = EmailFactory(**{trait: True})
    assert send_again(email, by=alice, now=timezone.now()) is None
    assert Email.objects.count() == 1


@pytest.mark.parametrize("trait", ["failed", "suppressed"])
@pytest.mark.django_db
def test_an_invitation_is_made_anew_and_never_sent_again(trait: str, alice: User) -> None:
    """Its link is forgotten, and nobody would have looked whether it was taken back."""
    email = EmailFactory(kind=Kind.MEMBER_INVITE, state=State(trait))
    assert send_again(email, by=alice, now=timezone.now()) is None
    assert Email.objects.count() == 1


@pytest.mark.django_db
def test_what_is_too_late_is_not_sent_again(alice: User) -> None:
    now = timezone.now()
    email = EmailFactory(failed=True, not_after=now - timedelta(seconds=1))
    assert send_again(email, by=alice, now=now) is None
    assert Email.objects.count() == 1


def test_a_broker_that_is_away_is_logged_and_soon_given_up(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app = Celery(broker="redis://127.0.0.1:1/0")
    app.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    monkeypatch.setattr("outbox.actions.current_app", app)
    began = time.monotonic()
    nudge()
    assert "outbox_nudge_failed" in caplog.text
    assert time.monotonic() - began < 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "answers_to"),
    [
        (Kind.REMINDERS, "Harbour Minds <hello@harbour.example>"),
        (Kind.WORK, "Harbour Minds <hello@harbour.example>"),
        (Kind.SIGN_IN, None),
        (Kind.DECLARATION, None),
    ],
)
def test_answers_go_to_the_organisation(
    kind: Kind, answers_to: str | None, harbour: Organisation, northside: Organisation
) -> None:
    """Not where an answer would tell who has not done what they were asked."""
    harbour.contact_email = "hello@harbour.example"
    harbour.save()
    for number, home in enumerate([harbour, northside, None]):
        queue(kind=kind, organisation=home, dedupe_key=f"one:{number}")
    found = [email.headers.get("Reply-To") for email in Email.objects.order_by("dedupe_key")]
    assert found == [answers_to, None, None]


@pytest.mark.django_db
def test_a_person_who_asks_is_answered_themselves(harbour: Organisation) -> None:
    harbour.contact_email = "hello@harbour.example"
    harbour.save()
    queue(organisation=harbour, headers={"Reply-To": "Alice <alice@harbour.example>"})
    assert Email.objects.get().headers["Reply-To"] == "Alice <alice@harbour.example>"
