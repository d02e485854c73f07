"""What is written to the log: ids enough to follow a thing, and nothing of anybody."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
import structlog
from celery import current_app
from django.test import Client
from django_structlog.celery.receivers import CeleryReceiver
from django_structlog.celery.steps import DjangoStructLogInitStep

from config import logs
from organisations.models import Organisation
from outbox.delivery import deliver_due
from tests.outbox.delivering import clock, email
from tests.outbox.peer import mail_server, nobody_listens

pytestmark = pytest.mark.django_db

SECRETS = [
    ("GET /r/9aF-_x/", "GET /r/[secret]/"),
    ("GET /p/9aF-_x/ 200", "GET /p/[secret]/ 200"),
    ("POST /join/abc_DEF-1/ 200", "POST /join/[secret]/ 200"),
    (
        "https://att.example/unsubscribe/WyJ:1a:Zz-_9/?x=1",
        "https://att.example/unsubscribe/[secret]/",
    ),
    ("GET /accounts/signup/?next=%2Fjoin%2Fabc_DEF-1%2F 200", "GET /accounts/signup/ 200"),
    ("next=%2Fjoin%2Fabc_DEF-1%2F&x=1", "next=%2Fjoin%2F[secret]%2F&x=1"),
    ("next=%2funsubscribe%2fWyJ%3A1a%3AZz", "next=%2funsubscribe%2f[secret]"),
    ("next=%252FJOIN%252Fabc", "next=%252FJOIN%252F[secret]"),
    ("{'next': '/join/abc'}", "{'next': '/join/[secret]'}"),
    ("GET /o/harbour-minds/mail/?q=Bea+Brown HTTP/1.1", "GET /o/harbour-minds/mail/ HTTP/1.1"),
    ("to ọlá.bea+one@harbour.example.", "to [address]."),
    ("login?email=bea%40harbour.example", "login?email=[address]"),
    ("GET /o/harbour-minds/people/", "GET /o/harbour-minds/people/"),
    ("GET /pledges/r/", "GET /pledges/r/"),
]


@pytest.mark.parametrize(("said", "kept"), SECRETS)
def test_secrets_and_addresses_are_redacted(said: str, kept: str) -> None:
    assert logs.redact(said) == kept


@pytest.mark.parametrize("format", ["json", "console"])
def test_every_line_passes_the_redaction(
    format: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOG_FORMAT", format)
    monkeypatch.setattr(logs, "_render", logs.line_format())
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processor=logs.renderer, foreign_pre_chain=logs.foreign_pre_chain
        )
    )
    ours, theirs = structlog.get_logger("ours"), logging.getLogger("ours")
    theirs.addHandler(handler)
    try:
        ours.warning("refused", to="bea@harbour.example", ip="10.0.0.1", user_agent="Mail/1")
        try:
            raise ValueError("bea@harbour.example at /join/abc/")
        except ValueError:
            theirs.exception("failed for %s", "bea@harbour.example")
    finally:
        theirs.removeHandler(handler)
    written = capsys.readouterr().err
    assert written.count("[address]") == 4
    assert "/join/[secret]/" in written
    for secret in ("bea@", "abc", "10.0.0.1", "Mail/1"):
        assert secret not in written


Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """What production would write, one object a line."""
    monkeypatch.setenv("LOG_FORMAT", "json")
    monkeypatch.setattr(logs, "_render", logs.line_format())
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processor=logs.renderer, foreign_pre_chain=logs.foreign_pre_chain
        )
    )
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)
    structlog.contextvars.clear_contextvars()


# As words of their own: an identifier may hold the letters of a name.
PERSONAL = re.compile(
    r"\b(bea|Brown|Due on 3 December|This is waiting for you|Mail/1|10\.9\.8\.7)\b"
)


def test_a_request_carries_its_id_and_the_organisations(
    lines: Lines, as_alice: Client, harbour: Organisation
) -> None:
    sent = {"User-Agent": "Mail/1", "X-Forwarded-For": "10.9.8.7"}
    as_alice.get(f"/o/{harbour.slug}/people/?q=Bea+Brown", headers=sent)
    as_alice.get("/pledges/")
    started, finished, *_, public = [line for line in lines() if "request_" in line["event"]]
    assert (started["event"], finished["event"]) == ("request_started", "request_finished")
    assert started["request_id"] == finished["request_id"] != public["request_id"]
    assert finished["organisation"] == str(harbour.id)
    assert finished["request"] == f"GET /o/{harbour.slug}/people/"
    assert "organisation" not in public
    assert PERSONAL.search(json.dumps(lines())) is None


def test_a_task_carries_the_id_of_the_request_that_rang(lines: Lines) -> None:
    receiver = CeleryReceiver()
    headers: dict[str, Any] = {}
    with structlog.contextvars.bound_contextvars(request_id="of-a-request"):
        receiver.receiver_before_task_publish(headers=headers)
    task = SimpleNamespace(name="outbox.tasks.deliver", request=SimpleNamespace(**headers))
    receiver.receiver_task_prerun("of-a-task", task)
    structlog.get_logger("ours").info("delivering")
    said = {key: lines()[-1].get(key) for key in ("event", "request_id", "task_id")}
    assert said == {"event": "delivering", "request_id": "of-a-request", "task_id": "of-a-task"}
    assert DjangoStructLogInitStep in current_app.steps["worker"]


@pytest.mark.parametrize(
    "answer", ["550 5.1.1 <bea@harbour.example> unknown", "451 Later, bea@x.y"]
)
def test_an_email_that_did_not_leave_is_named_by_its_id(
    answer: str, lines: Lines, harbour: Organisation
) -> None:
    row = email(to_address="bea@harbour.example", organisation=harbour)
    with mail_server(at_recipient=answer):
        deliver_due(clock=clock())
    [line] = [line for line in lines() if line["event"] == "email_not_sent"]
    assert {key: line[key] for key in ("email_id", "kind", "organisation", "attempts")} == {
        "email_id": str(row.id),
        "kind": "reminders",
        "organisation": str(harbour.id),
        "attempts": 1,
    }
    assert PERSONAL.search(json.dumps(lines())) is None


def test_without_an_organisation_there_is_none_to_name(lines: Lines) -> None:
    email(sign_in=True)
    with mail_server(at_data="drop"):
        deliver_due(clock=clock())
    for line in lines():
        assert "organisation" not in line
        assert "ABC123" not in json.dumps(line)


def test_an_outage_names_the_server_alone(lines: Lines) -> None:
    email(to_address="bea@harbour.example")
    with nobody_listens():
        deliver_due(clock=clock())
    [line] = [line for line in lines() if line["event"] == "mail_server_unreachable"]
    assert "ConnectionRefusedError" in line["reason"]
    assert "bea" not in json.dumps(line)
