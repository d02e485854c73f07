"""Whose mail goes next: sign-in codes, then every organisation in its turn."""

import threading
from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction

from organisations.models import Organisation
from outbox.delivery import LEASE, claim_batch
from outbox.enums import Kind, State
from outbox.models import Email
from outbox.queries import lock_claimable
from tests.factories.organisations import OrganisationFactory
from tests.outbox.delivering import NOW, email

pytestmark = pytest.mark.django_db
FIRST = UUID(int=0)


def organisations(number: int) -> list[Organisation]:
    """In the order of the ring."""
    return [OrganisationFactory(id=UUID(int=place)) for place in range(1, number + 1)]


def owed(organisation: Organisation | None, number: int, *, seconds_ago: int = 60) -> list[Email]:
    """Oldest first, a second apart."""
    return [
        email(organisation=organisation, due_at=NOW - timedelta(seconds=seconds_ago - place))
        for place in range(number)
    ]


@transaction.atomic
def claimed(size: int = 20, *, start: UUID = FIRST) -> list[Email]:
    return lock_claimable(now=NOW, size=size, start=start)


def test_each_takes_a_turn_before_any_takes_two() -> None:
    one, two, three = organisations(3)
    many, few, single = owed(one, 30), owed(two, 2, seconds_ago=20), owed(three, 1, seconds_ago=5)
    nobodys = owed(None, 2, seconds_ago=3)
    assert claimed(10) == [
        nobodys[0], many[0], few[0], single[0],
        nobodys[1], many[1], few[1],
        many[2], many[3], many[4],
    ]  # fmt: skip


def test_one_alone_fills_the_batch() -> None:
    [one] = organisations(1)
    rows = owed(one, 25)
    assert claimed() == rows[:20]


def test_mail_without_an_organisation_alone_fills_the_batch() -> None:
    rows = owed(None, 25)
    assert claimed() == rows[:20]


def test_a_batch_begins_where_it_is_told_and_goes_round() -> None:
    everyone = organisations(4)
    first, second, third, fourth = (owed(one, 1)[0] for one in everyone)
    [nobodys] = owed(None, 1)
    assert claimed(5, start=UUID(int=9)) == [nobodys, first, second, third, fourth]
    assert claimed(3, start=UUID(int=3)) == [third, fourth, nobodys]
    assert claimed(3, start=UUID(int=4)) == [fourth, nobodys, first]
    assert claimed(9, start=UUID(int=2)) == [second, third, fourth, nobodys, first]


def test_old_backlogs_of_many_do_not_keep_one_waiting() -> None:
    """More organisations than a batch holds, each with old mail, and one with a new email."""
    everyone = organisations(25)
    for one in everyone[:-1]:
        owed(one, 3, seconds_ago=60)
    [new] = owed(everyone[-1], 1, seconds_ago=1)
    assert new not in claimed()
    assert new in claimed(start=UUID(int=6))


def test_sign_in_codes_go_first_whoever_waits() -> None:
    [one] = organisations(1)
    rows = owed(one, 3, seconds_ago=600)
    late, early = email(sign_in=True), email(sign_in=True, due_at=NOW - timedelta(minutes=5))
    assert claimed(4) == claimed(2) == [early, late]
    Email.objects.filter(kind=Kind.SIGN_IN).delete()
    assert claimed(2) == [rows[0], rows[1]]


def test_no_more_codes_at_once_than_may_be_lost_with_a_worker() -> None:
    """What it had claimed of them, begun or not, is never sent again."""
    codes = [email(sign_in=True, due_at=NOW - timedelta(seconds=9 - n)) for n in range(7)]
    assert (claimed(50), claimed(3)) == (codes[:5], codes[:3])


def test_only_what_may_be_claimed() -> None:
    [one] = organisations(1)
    leased = {"state": State.LEASED, "lease_token": FIRST, "organisation": one}
    email(organisation=one, due_at=NOW + timedelta(seconds=1))
    email(organisation=one, sent=True)
    email(lease_until=NOW, **leased)
    lost = email(lease_until=NOW - timedelta(seconds=1), **leased)
    due = email(organisation=one, due_at=NOW)
    assert claimed() == [lost, due]


def test_5000_of_one_organisation_and_one_of_another() -> None:
    one, two = organisations(2)
    rows = [
        Email(
            organisation=one,
            kind=Kind.MEMBER_INVITE,
            dedupe_key=f"many:{number}",
            message_id=f"<{number}@att.example>",
            to_address="new@example.org",
            date_header=NOW,
            created_at=NOW,
            due_at=NOW - timedelta(hours=1),
        )
        for number in range(5000)
    ]
    Email.objects.bulk_create(rows)
    [single] = owed(two, 1, seconds_ago=1)
    assert single in claim_batch(now=NOW).to_send


@pytest.mark.django_db(transaction=True)
def test_claimers_at_once_never_share_and_miss_none() -> None:
    for one in organisations(3):
        owed(one, 40)
    owed(None, 40)
    for _ in range(10):
        email(sign_in=True)
    start = threading.Barrier(4)
    held: list[list[UUID]] = []

    def claim_all() -> None:
        mine: list[UUID] = []
        try:
            start.wait()
            while batch := claim_batch(now=NOW):
                mine += [row.id for row in batch.to_send]
        finally:
            held.append(mine)
            connection.close()

    claimers = [threading.Thread(target=claim_all) for _ in range(4)]
    for claimer in claimers:
        claimer.start()
    for claimer in claimers:
        claimer.join()
    taken = Counter(pk for mine in held for pk in mine)
    assert (len(taken), set(taken.values())) == (170, {1})


@pytest.mark.django_db(transaction=True)
def test_a_claimer_passes_over_what_another_holds() -> None:
    one, two = organisations(2)
    first, second = owed(one, 2), owed(two, 2)
    seen: list[list[Email]] = []

    def other() -> None:
        try:
            seen.append(claimed(2))
        finally:
            connection.close()

    with transaction.atomic():
        Email.objects.select_for_update().get(pk=first[0].pk)
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert seen == [[first[1], second[0]]]


def test_a_lease_that_ran_out_is_taken_in_turn() -> None:
    one, _ = organisations(2)
    [row] = owed(one, 1)
    claim_batch(now=NOW)
    assert claim_batch(now=NOW + LEASE + timedelta(seconds=1)).to_send == [row]


def test_a_full_batch_wherever_it_begins() -> None:
    """Nobody's mail takes no place in the ring where there is none."""
    for one in organisations(25):
        owed(one, 1)
    for place in range(26):
        assert len(claimed(19, start=UUID(int=place))) == 19
