"""Forgetting somebody: that a mail was sent stays, what it said and to whom does not."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from organisations.models import User
from outbox.backoff import without_addresses
from outbox.enums import Kind, State
from outbox.forgetting import forget_mail_about, forget_person
from outbox.models import Email, Suppression
from tests.factories.outbox import EmailFactory

INSTEAD = "erased@erased.invalid"


def words(email: Email) -> tuple[str, str, str, object, str]:
    email.refresh_from_db()
    return (email.subject, email.text, email.html, email.headers, email.last_error)


NONE = ("", "", "", {}, "")


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (State.QUEUED, State.CANCELLED),
        (State.FAILED, State.CANCELLED),
        (State.SUPPRESSED, State.CANCELLED),
        (State.CANCELLED, State.CANCELLED),
        (State.SENT, State.SENT),
    ],
)
def test_mail_to_somebody(state: State, after: State, bea: User) -> None:
    sent_at = timezone.now() if state == State.SENT else None
    email = EmailFactory(
        to_address="BEA@harbour.example", kind=Kind.REMINDERS, state=state, sent_at=sent_at
    )
    forget_person(person=bea.pk, addresses=["bea@harbour.example"], instead=INSTEAD)
    assert words(email) == NONE
    assert (email.state, email.to_address, email.sent_at) == (after, INSTEAD, sent_at)
    assert email.can_be_sent_again(now=timezone.now()) is False


def test_one_that_is_being_sent_loses_its_lease(bea: User) -> None:
    until = timezone.now() + timedelta(minutes=1)
    email = EmailFactory(to_user=bea, state=State.LEASED, lease_token=uuid4(), lease_until=until)
    forget_person(person=bea.pk, addresses=[], instead=INSTEAD)
    email.refresh_from_db()
    assert (email.state, email.lease_token, email.lease_until) == (State.CANCELLED, None, None)


def test_mail_to_others_stays(alice: User, bea: User) -> None:
    email = EmailFactory(to_user=alice, to_address=alice.email)
    before = words(email)
    forget_person(person=bea.pk, addresses=[bea.email], instead=INSTEAD)
    assert words(email) == before


def test_an_address_that_refused_is_forgotten(bea: User) -> None:
    Suppression.objects.create(address="Bea@harbour.example", reason="550", at=timezone.now())
    Suppression.objects.create(address="other@x.example", reason="550", at=timezone.now())
    forget_person(person=bea.pk, addresses=["bea@harbour.example"], instead=INSTEAD)
    assert [row.address for row in Suppression.objects.all()] == ["other@x.example"]


def test_mail_sent_for_a_row_and_what_was_sent_again(bea: User) -> None:
    row, other = uuid4(), uuid4()
    first = EmailFactory(dedupe_key=f"ask-letter:{row}")
    again = EmailFactory(dedupe_key=f"again:{first.pk}")
    twice = EmailFactory(dedupe_key=f"again:{again.pk}")
    to_each = EmailFactory(dedupe_key=f"reported:{row}:{other}", to_user=bea, to_address=bea.email)
    elsewhere = EmailFactory(dedupe_key=f"ask-letter:{other}")
    without = EmailFactory(dedupe_key="reminders:today")
    kept = [words(email) for email in (elsewhere, without)]
    forget_mail_about([row], instead=INSTEAD)
    assert [words(email) for email in (first, again, twice, to_each)] == [NONE] * 4
    assert [words(email) for email in (elsewhere, without)] == kept
    sent_to = [email.to_address for email in (first, again, twice, to_each)]
    assert sent_to == [INSTEAD] * 3 + [bea.email]


def test_nothing_is_forgotten_of_nobody(db: None) -> None:
    email = EmailFactory()
    before = words(email)
    forget_mail_about([], instead=INSTEAD)
    assert words(email) == before


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("550 5.1.1 <bea@x.example>: unknown", "550 5.1.1 <[address]>: unknown"),
        ("550 Bea.Brown+a@mail.x.example, no such user", "550 [address], no such user"),
        ("421 try later", "421 try later"),
    ],
)
def test_what_a_server_says_names_nobody(said: str, kept: str) -> None:
    assert without_addresses(said) == kept
