"""By which links an organiser answers, and what a link that is over says."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.actions.replying import LinkClosedError, give_answer
from commitments.enums import PledgeState
from commitments.models import AskLetter, Invitation, Pledge, Reply
from commitments.queries.record import record_of
from config.logs import redact
from organisations.tokens import derived_token
from tests.commitments.replying.conftest import NUMBERS, UNKNOWN, address, everything, text
from tests.conftest import signed_in_as
from tests.factories.assisting import AssistantFactory
from tests.factories.replies import AskLetterFactory, given, token_of


def by_mail(letter: AskLetter) -> str:
    return reverse("letter_reply", args=[derived_token("reply-mail", letter.pk)])


def test_an_answer_says_by_which_link_it_came(mailed: AskLetter, client: Client) -> None:
    client.post(address(mailed), {"note": "By the link on the page"})
    client.post(by_mail(mailed), {"note": "By the link in the email"})
    replies = Reply.objects.order_by("version").values_list("note", "came_by_mail")
    assert list(replies) == [("By the link on the page", False), ("By the link in the email", True)]


def test_a_letter_that_was_never_emailed_has_one_link(letter: AskLetter, client: Client) -> None:
    assert client.post(by_mail(letter), NUMBERS).status_code == 404
    assert not Reply.objects.exists()


def test_what_the_organiser_repeats_by_email_is_theirs(mailed: AskLetter, client: Client) -> None:
    """Somebody may have said it in their name before."""
    for link in (address, by_mail, by_mail, address):
        client.post(link(mailed), NUMBERS)
    replies = Reply.objects.order_by("version").values_list("came_by_mail", flat=True)
    assert list(replies) == [False, True]


@pytest.mark.parametrize(("links", "said"), [
    ([by_mail], "of which 1 came by a link emailed from here"),
    ([address], "of which none came by a link emailed from here"),
    ([by_mail, address], "of which none came by a link emailed from here"),
])  # fmt: skip
def test_the_record_says_how_many_came_by_the_emailed_link(
    links: list[Any], said: str, mailed: AskLetter, client: Client
) -> None:
    """Of the answer that stands."""
    for number, link in enumerate(links):
        client.post(link(mailed), {"note": f"Word {number}"})
    pledge = Pledge.objects.get(pk=mailed.invitation.pledge_id)
    answered_ones = record_of(pledge, today=timezone.localdate()).year.answered
    assert answered_ones.stamp.sources == f"Answers: 1, {said}"


def test_whoever_asks_does_not_answer_by_either_link(mailed: AskLetter, as_alice: Client) -> None:
    helper = AssistantFactory(pledge=mailed.invitation.pledge).user
    for asker in (as_alice, signed_in_as(helper)):
        for link in (address, by_mail):
            page = asker.post(link(mailed), NUMBERS).content.decode()
            assert "The organiser answers here" in page
    assert not Reply.objects.exists()


def test_whoever_asked_does_not_answer(letter: AskLetter, as_alice: Client, as_bea: Client) -> None:
    for response in (as_alice.get(address(letter)), as_alice.post(address(letter), NUMBERS)):
        assert "The organiser answers here" in response.content.decode()
    assert not Reply.objects.exists()
    assert "Who is on the line-up" in text(as_bea, letter)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"expires_at": timezone.localtime() - timedelta(days=1)}, "This link has expired"),
        ({"revoked_at": timezone.now()}, "This link was closed"),
    ],
)
def test_a_link_that_is_over_says_so(
    change: dict[str, datetime], said: str, invitation: Invitation, client: Client
) -> None:
    letter = AskLetterFactory(invitation=invitation, **change)
    before = everything()
    for response in (client.get(address(letter)), client.post(address(letter), {"note": "Kept"})):
        assert response.status_code == 410
        page = response.content.decode()
        assert said in page
        assert invitation.pledge.get_absolute_url() in page
        assert "Voices of the Coast" not in page
    assert "Kept" in page
    assert everything() == before


def test_a_link_that_never_was_says_so(client: Client, db: None) -> None:
    for token in (UNKNOWN, "x" * 5_000, "ñ", "..%2f"):
        for method in (client.get, client.head, client.post):
            assert method(f"/r/{token}/").status_code == 404, token
    assert "This link does not work" in client.get(f"/r/{UNKNOWN}/").content.decode()


def test_a_closed_pledge_keeps_no_more_answers(letter: AskLetter, client: Client) -> None:
    pledge = letter.invitation.pledge
    pledge.state, pledge.closed_at = PledgeState.CLOSED, timezone.now()
    pledge.save()
    before = everything()
    response = client.post(address(letter), NUMBERS | {"note": "Kept"})
    assert response.status_code == 410
    assert "This pledge is closed" in response.content.decode()
    assert reverse("check") in response.content.decode()
    with pytest.raises(LinkClosedError):
        give_answer(letter=letter, given=given(letter, note="x"), now=timezone.now())
    assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_a_link_closed_while_somebody_sent(letter: AskLetter) -> None:
    """Their answer finds it open, and waits for whoever is closing it."""

    def send() -> HttpResponse:
        try:
            return Client().post(address(letter), {"note": "Kept"})  # type: ignore[return-value]
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Pledge.objects.select_for_update().get(pk=letter.invitation.pledge_id)
            sending = pool.submit(send)
            until_somebody_waits()
            AskLetter.objects.update(revoked_at=timezone.now())
        response = sending.result()
    assert response.status_code == 410
    assert "Kept" in response.content.decode()
    assert not Reply.objects.exists()


def until_somebody_waits() -> None:
    """For what this transaction has locked."""
    waiting = "SELECT FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    deadline = time.monotonic() + 30
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(waiting)
            if cursor.rowcount:
                return
            time.sleep(0.01)
    raise AssertionError("Nobody came to wait.")


def test_the_secret_reaches_no_log(
    letter: AskLetter, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get(address(letter))
        client.post(address(letter), {"note": "Words of the organiser", "people": "x"})
        client.post(address(letter), {"note": "Words of the organiser"})
        client.get(f"/r/{UNKNOWN}/")
    lines = [redact(record.getMessage()) for record in caplog.records]
    said = "\n".join(lines)
    for secret in (token_of(letter), UNKNOWN, "Words of the organiser"):
        assert secret not in said
    assert token_of(letter) not in redact(f"GET {address(letter)} 200")
