"""Each email is in the hands of one worker at a time."""

import math
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from organisations.models import User
from outbox import delivery
from outbox.backoff import Answer
from outbox.delivery import LEASE, claim_batch, deliver_due, finish, hold, send_batch
from outbox.enums import Phase, State
from outbox.models import Email
from outbox.transport import Result, Transport
from tests.factories.outbox import SuppressionFactory
from tests.outbox.delivering import NOW, clock, email, ids, phases
from tests.outbox.peer import mail_server

pytestmark = pytest.mark.django_db


def test_an_expired_lease_is_sent_by_the_next() -> None:
    row = email()
    lost = claim_batch(now=NOW).to_send
    assert claim_batch(now=NOW + LEASE) == delivery.Claim([], 0)
    with mail_server() as peer:
        deliver_due(clock=clock(NOW + LEASE + timedelta(seconds=1)))
    finish(lost[0], Result(Answer.ACCEPTED), now=NOW + timedelta(minutes=5))
    row.refresh_from_db()
    assert (row.state, row.attempts, ids(peer.taken)) == (State.SENT, 2, [row.message_id])
    assert phases(row) == [Phase.CLAIMED, Phase.CLAIMED, Phase.SENT, Phase.LOST_LEASE]


def test_a_slow_batch_renews_its_lease_before_each_email() -> None:
    email()
    [row] = claim_batch(now=NOW).to_send
    assert hold(row, now=NOW + timedelta(seconds=10))
    assert row.lease_until == NOW + LEASE
    assert hold(row, now=NOW + timedelta(seconds=11))
    assert row.lease_until == NOW + timedelta(seconds=11) + LEASE
    assert Email.objects.get().lease_until == row.lease_until


def test_a_lost_lease_is_not_sent() -> None:
    email()
    mine = claim_batch(now=NOW).to_send
    late = NOW + LEASE + timedelta(seconds=1)
    claim_batch(now=late)
    with mail_server() as peer, Transport() as transport:
        assert send_batch(mine, transport=transport, clock=clock(late))
    assert peer.taken == []


@pytest.mark.parametrize(("sign_in", "state"), [(False, State.SUPPRESSED), (True, State.LEASED)])
def test_an_address_that_refused_meanwhile_gets_no_more_of_a_slow_batch(
    sign_in: bool, state: State, bea: User
) -> None:
    """But for a code that the owner of the account asks for."""
    email(to_user=bea, sign_in=sign_in)
    [row] = claim_batch(now=NOW).to_send
    SuppressionFactory(address=row.to_address.upper())
    later = NOW + timedelta(seconds=11)
    assert hold(row, now=later) is sign_in
    row.refresh_from_db()
    assert (row.state, row.attempts) == (state, 1 if sign_in else 0)
    assert phases(row) == [Phase.CLAIMED] + ([] if sign_in else [Phase.CANCELLED])


def test_what_somebody_else_holds_is_not_given_up() -> None:
    email()
    [row] = claim_batch(now=NOW).to_send
    late = NOW + LEASE + timedelta(seconds=1)
    [taken_over] = claim_batch(now=late).to_send
    SuppressionFactory(address=row.to_address)
    assert not hold(row, now=late)
    assert (Email.objects.get().state, Email.objects.get().attempts) == (State.LEASED, 2)
    assert taken_over.lease_token != row.lease_token


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_email_once() -> None:
    for _ in range(60):
        email()
    start = threading.Barrier(2)

    def work() -> None:
        try:
            start.wait()
            delivery.deliver_lane(clock=timezone.now, end=math.inf)
        finally:
            connection.close()

    with mail_server() as peer:
        workers = [threading.Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert (len(peer.taken), len(set(ids(peer.taken)))) == (60, 60)
    assert set(Email.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


@pytest.mark.django_db(transaction=True)
def test_a_row_under_claim_is_passed_over() -> None:
    """The second claimer comes while the first still holds its locks."""
    email()
    seen: list[int] = []

    def other() -> None:
        try:
            seen.append(len(claim_batch(now=NOW).to_send))
        finally:
            connection.close()

    with transaction.atomic():
        assert len(claim_batch(now=NOW).to_send) == 1
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert seen == [0]
