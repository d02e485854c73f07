"""A provider's word that mail came back: from nobody else, once, and for good."""

import json
from base64 import b64encode
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import resolve, reverse

import config.urls
from organisations.models import Organisation, User
from outbox.actions import lift_suppression, note_rejection
from outbox.delivery import claim_batch
from outbox.enums import Cause, Phase, State
from outbox.models import Attempt, Email, Suppression
from outbox.providers import event_routes, listen
from tests.outbox.delivering import NOW, email, phases
from tests.outbox.provider import SECRET, sending_by

pytestmark = pytest.mark.django_db
PATH = "/mail/events/postmark/"
BEA = "Bea@harbour.example"
HARD = {
    "RecordType": "Bounce",
    "Type": "HardBounce",
    "Email": "bea@harbour.example",
    "Description": "The server was unable to deliver to bea@harbour.example",
    "Details": "smtp;550 5.1.1 <bea@harbour.example> unknown",
    "BouncedAt": "2026-03-02T08:00:00Z",
    "MessageID": "theirs",
}
COMPLAINT = HARD | {"RecordType": "SpamComplaint", "Type": "SpamComplaint", "Details": ""}


@pytest.fixture(autouse=True)
def postmark() -> Iterator[None]:
    """As the product starts where this provider is set."""
    from anymail.signals import tracking

    with sending_by("postmark", "http://127.0.0.1:1/"):
        urls = ModuleType("urls_with_events")
        vars(urls).update(vars(config.urls))
        urls.urlpatterns = [*config.urls.urlpatterns, *event_routes("postmark")]
        listen()
        with override_settings(ROOT_URLCONF=urls):
            yield
        tracking.disconnect(dispatch_uid="outbox")


def tell(event: dict[str, Any], *, secret: str | None = SECRET) -> HttpResponse:
    headers = {}
    if secret is not None:
        headers["Authorization"] = f"Basic {b64encode(secret.encode()).decode()}"
    client = Client(enforce_csrf_checks=True)
    body = json.dumps(event)
    return client.post(PATH, body, content_type="application/json", headers=headers)


def about(row: Email, event: dict[str, Any] = HARD) -> dict[str, Any]:
    return event | {"Metadata": {"email": str(row.id)}}


def told() -> tuple[int, int]:
    came_back = Attempt.objects.filter(phase__in=[Phase.CAME_BACK, Phase.COMPLAINED])
    return Suppression.objects.count(), came_back.count()


def test_the_address_stands_where_a_provider_is_set() -> None:
    assert reverse("mail_events") == PATH
    assert resolve(PATH).func.access_policy == "token"


def test_a_hard_bounce_ends_the_mail_to_the_address() -> None:
    row = email(to_address=BEA, sent=True)
    assert tell(about(row)).status_code == 200
    reason = "The server was unable to deliver to [address] smtp;550 5.1.1 <[address]> unknown"
    assert list(Suppression.objects.values_list("address", "cause", "reason")) == [
        ("bea@harbour.example", Cause.BOUNCED, reason)
    ]
    assert phases(row) == [Phase.CAME_BACK]
    row.refresh_from_db()
    assert row.state == State.SENT
    later = email(to_address=BEA)
    claim_batch(now=NOW)
    later.refresh_from_db()
    assert later.state == State.SUPPRESSED


def test_a_complaint_too() -> None:
    row = email(to_address=BEA, sent=True)
    assert tell(about(row, COMPLAINT)).status_code == 200
    assert Suppression.objects.get().cause == Cause.COMPLAINED
    assert phases(row) == [Phase.COMPLAINED]


@pytest.mark.parametrize(
    "event",
    [
        HARD | {"Type": "SoftBounce"},
        HARD | {"Type": "Transient"},
        HARD | {"Details": "smtp;552 5.2.2 Mailbox full"},
        {"RecordType": "Delivery", "Recipient": BEA, "DeliveredAt": "2026-03-02T08:00:00Z"},
        {"RecordType": "Open", "Recipient": BEA, "ReceivedAt": "2026-03-02T08:00:00Z"},
    ],
)
def test_nothing_else_does(event: dict[str, Any]) -> None:
    row = email(to_address=BEA, sent=True)
    assert tell(about(row, event)).status_code == 200
    assert told() == (0, 0)


def test_told_twice_it_is_noted_once() -> None:
    row = email(to_address=BEA, sent=True)
    for _ in range(2):
        assert tell(about(row)).status_code == 200
    assert told() == (1, 1)


def test_known_by_our_message_id_or_by_the_address() -> None:
    first, second = (email(to_address=BEA, sent=True) for _ in range(2))
    assert tell(HARD | {"MessageID": first.message_id.strip("<>")}).status_code == 200
    assert phases(first) == [Phase.CAME_BACK]
    Email.objects.filter(pk=first.pk).update(created_at=NOW.replace(year=2025))
    assert tell(HARD | {"Metadata": {"email": "no id"}}).status_code == 200
    assert (phases(second), told()) == ([Phase.CAME_BACK], (1, 2))


def test_whom_we_never_wrote_to_or_have_forgotten_is_not_kept() -> None:
    """Others may use the same provider; an address that was forgotten does not come back."""
    forgotten = email(to_address="forgotten@forgotten.invalid", sent=True)
    assert tell(HARD).status_code == 200
    assert tell(about(forgotten)).status_code == 200
    assert told() == (0, 0)


@pytest.mark.parametrize("secret", [None, "", "events:wrong", SECRET + "x", ":" + SECRET])
def test_without_the_secret_nothing_is_believed(secret: str | None) -> None:
    row = email(to_address=BEA, sent=True)
    assert tell(about(row), secret=secret).status_code == 400
    assert told() == (0, 0)


def test_only_by_post(as_alice: Client, client: Client) -> None:
    for someone in (as_alice, client):
        for method in ("get", "put", "patch", "delete"):
            assert getattr(someone, method)(PATH).status_code == 405


def test_nonsense_is_no_secret_told(client: Client) -> None:
    client.raise_request_exception = False
    assert client.post(PATH, b"{", content_type="application/json").status_code == 400


def test_the_log_names_nobody(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    row = email(to_address=BEA, sent=True)
    caplog.set_level("INFO")
    tell(about(row))
    tell(about(row), secret="events:wrong")
    assert "mail_came_back" in caplog.text
    for said in (caplog.text, capsys.readouterr().err):
        assert "bea@" not in said.lower()


def test_all_or_nothing(monkeypatch: pytest.MonkeyPatch, harbour: Organisation) -> None:
    row = email(to_address=BEA, sent=True, organisation=harbour)
    monkeypatch.setattr(Attempt.objects, "create", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        note_rejection(address=BEA, cause=Cause.BOUNCED, detail="", now=NOW, email_id=str(row.id))
    assert told() == (0, 0)


@pytest.mark.parametrize("events", [(HARD, COMPLAINT), (COMPLAINT, HARD)])
def test_a_complaint_weighs_more_than_a_bounce(events: tuple[dict[str, Any], ...]) -> None:
    row = email(to_address=BEA, sent=True)
    for event in events:
        tell(about(row, event))
    assert Suppression.objects.get().cause == Cause.COMPLAINED
    assert sorted(phases(row)) == [Phase.CAME_BACK, Phase.COMPLAINED]


@pytest.mark.parametrize(
    "odd", [{"Email": "a\x00b@c.example"}, {"MessageID": "a\x00b"}, {"Metadata": {"email": "\x00"}}]
)
def test_what_no_database_could_hold_is_put_aside(odd: dict[str, Any]) -> None:
    """Not answered with an error, so that the provider does not tell it for days."""
    row = email(to_address=BEA, sent=True)
    assert tell(about(row) | odd).status_code == 200
    assert told() == (0, 0)


def test_an_old_bounce_told_anew_holds_nothing_back(harbour: Organisation, alice: User) -> None:
    """The address was put right and freed meanwhile."""
    row = email(to_address=BEA, sent=True, organisation=harbour)
    tell(about(row))
    assert lift_suppression(row, by=alice, now=NOW)
    tell(about(row))
    assert told() == (0, 1)
