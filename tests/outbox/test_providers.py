"""What becomes of an email, by what a provider's own interface on loopback answers."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings

from outbox.backoff import Answer, answer_to_status
from outbox.delivery import deliver_due
from outbox.enums import Cause, Phase, State
from outbox.models import Attempt, Suppression
from outbox.transport import Result, Transport
from tests.outbox.delivering import NOW, clock, email, phases
from tests.outbox.peer import free_port
from tests.outbox.provider import provider_of, sending_by

pytestmark = pytest.mark.django_db
HEADERS = {
    "From": "Harbour Minds (At the Table) <no-reply@att.example>",
    "Auto-Submitted": "auto-generated",
    "List-Unsubscribe": "<https://att.example/unsubscribe/abc/>",
}


def test_it_arrives_as_it_was_written() -> None:
    row = email(headers=HEADERS, to_address="bea@harbour.example")
    with provider_of("postmark") as provider:
        assert deliver_due(clock=clock()) is False
    row.refresh_from_db()
    assert (row.state, phases(row)) == (State.SENT, [Phase.CLAIMED, Phase.SENT])
    [sent] = provider.taken
    headers = {header["Name"]: header["Value"] for header in sent.pop("Headers")}
    assert headers == {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": "<https://att.example/unsubscribe/abc/>",
        "Date": "Mon, 02 Mar 2026 07:59:00 +0000",
        "Message-ID": row.message_id,
    }
    assert sent == {
        "From": '"Harbour Minds (At the Table)" <no-reply@att.example>',
        "To": "bea@harbour.example",
        "Subject": row.subject,
        "TextBody": row.text,
        "HtmlBody": row.html,
        "Metadata": {"email": str(row.id)},
        "TrackOpens": False,
        "TrackLinks": "None",
    }


@pytest.mark.parametrize("name", ["postmark", "resend", "brevo"])
def test_a_provider_that_can_tell_is_told_which_email_it_is(name: str) -> None:
    rows = [email(due_at=NOW - timedelta(seconds=second)) for second in (2, 1)]
    with provider_of(name) as provider:
        deliver_due(clock=clock())
    ids = {str(row.id) for row in rows}
    assert set(provider.keys) == ids
    named = {sent.get("headers", {}).get("idempotencyKey") for sent in provider.taken}
    assert named == (ids if name == "brevo" else {None})


@pytest.mark.parametrize(
    ("status", "state", "attempts"),
    [
        (400, State.FAILED, 1),
        (413, State.FAILED, 1),
        (401, State.QUEUED, 1),
        (429, State.QUEUED, 1),
        (503, State.QUEUED, 1),
        (500, State.QUEUED, 1),
    ],
)
def test_an_error_says_what_becomes_of_it(status: int, state: State, attempts: int) -> None:
    row = email(to_address="bea@harbour.example")
    said = {"ErrorCode": 1, "Message": "bea@harbour.example"}
    with provider_of("resend", status=status, body=said):
        deliver_due(clock=clock())
    row.refresh_from_db()
    assert (row.state, row.attempts) == (state, attempts)
    assert row.last_error == f"AnymailRequestsAPIError: {status}"
    assert (state == State.FAILED) == (row.due_at <= NOW)
    assert Suppression.objects.count() == 0


@pytest.mark.parametrize(
    ("status", "state"), [(500, State.FAILED), (503, State.QUEUED), (429, State.QUEUED)]
)
def test_a_code_in_doubt_is_never_sent_twice(status: int, state: State) -> None:
    row = email(sign_in=True)
    with provider_of("resend", status=status, body={}):
        deliver_due(clock=clock())
    row.refresh_from_db()
    assert row.state == state


@pytest.mark.parametrize("trouble", [{"wait": 1.5, "timeout": 1}, {"hangs_up": True}])
def test_without_an_answer_it_is_in_doubt(trouble: dict[str, Any]) -> None:
    row, code = email(), email(sign_in=True)
    with provider_of("resend", **trouble):
        deliver_due(clock=clock())
    for item in (row, code):
        item.refresh_from_db()
    assert (row.state, row.attempts, code.state) == (State.QUEUED, 1, State.FAILED)
    assert row.last_error == "AnymailRequestsAPIError: no answer"


def test_a_refused_address_gets_no_more() -> None:
    row = email(to_address="gone@example.org")
    said = "Found inactive addresses: gone@example.org. Inactive recipients are ones that bounced."
    with provider_of("postmark", status=422, body={"ErrorCode": 406, "Message": said}):
        deliver_due(clock=clock())
    row.refresh_from_db()
    assert (row.state, row.last_error) == (State.FAILED, "The provider refuses this address.")
    assert list(Suppression.objects.values_list("address", "cause", "reason")) == [
        ("gone@example.org", Cause.REFUSED, "The provider refuses this address.")
    ]


def test_an_error_in_words_that_anymail_does_not_know_is_not_taken_for_success() -> None:
    row = email(to_address="gone@example.org")
    with provider_of("postmark", status=422, body={"ErrorCode": 406, "Message": "No."}):
        deliver_due(clock=clock())
    row.refresh_from_db()
    assert (row.state, row.last_error) == (State.FAILED, "The provider refused: 422")
    assert Suppression.objects.count() == 0


def test_a_provider_that_is_away_costs_no_attempt() -> None:
    row = email()
    with sending_by("resend", f"http://127.0.0.1:{free_port()}/"):
        assert deliver_due(clock=clock()) is False
    row.refresh_from_db()
    assert (row.state, row.attempts, Attempt.objects.count()) == (State.QUEUED, 0, 0)


def test_a_key_that_is_missing_costs_no_attempt() -> None:
    row = email()
    with sending_by("resend", "http://127.0.0.1:1/"), override_settings(ANYMAIL={}):
        assert deliver_due(clock=clock()) is False
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.QUEUED, 0)


def test_what_cannot_be_written_fails_by_itself() -> None:
    bad = email(headers={"From": "no address at all <"})
    good = email()
    with provider_of("postmark"):
        deliver_due(clock=clock())
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == (State.FAILED, State.SENT)
    assert bad.last_error == "This email cannot be written: AnymailInvalidAddress"


def test_a_line_that_was_never_open_took_nothing() -> None:
    from anymail.exceptions import AnymailRequestsAPIError
    from requests import ConnectTimeout

    kind = type("AnymailRequestsAPIError", (AnymailRequestsAPIError, ConnectTimeout), {})
    with sending_by("resend", ""), Transport() as transport:
        assert transport.result_of_other(kind("no")) == Result(
            Answer.PUT_OFF, "The provider cannot be reached."
        )


def test_amazons_status_is_in_an_answer_of_its_own() -> None:
    from anymail.exceptions import AnymailAPIError

    def failed(answer: Any) -> AnymailAPIError:
        cause = Exception()
        cause.response = answer  # type: ignore[attr-defined]
        error = AnymailAPIError("no")
        error.__cause__ = cause
        return error

    with sending_by("amazon_ses", ""), Transport() as transport:
        throttled = failed({"ResponseMetadata": {"HTTPStatusCode": 429}})
        assert transport.result_of_other(throttled).answer == Answer.PUT_OFF
        assert transport.result_of_other(failed(None)).answer == Answer.NONE
        assert transport.result_of_other(KeyError("ours")).answer == Answer.NONE


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (400, Answer.REFUSED),
        (422, Answer.REFUSED),
        (499, Answer.REFUSED),
        (408, Answer.PUT_OFF),
        (409, Answer.PUT_OFF),
        (403, Answer.PUT_OFF),
        (503, Answer.PUT_OFF),
        (200, Answer.NONE),
        (500, Answer.NONE),
        (504, Answer.NONE),
        (None, Answer.NONE),
    ],
)
def test_what_a_status_means(status: int | None, answer: Answer) -> None:
    assert answer_to_status(status) == answer
