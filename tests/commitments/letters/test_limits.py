"""How many letters leave by email, and to whom none does."""

from datetime import timedelta

import pytest

from commitments.actions.asking import LetterRefused
from commitments.actions.refusals import refuse_mail
from commitments.mail_limits import MOST_A_DAY
from commitments.models import AskLetter
from commitments.queries.refusals import address_digest
from organisations.models import User
from outbox.models import Email
from tests.commitments.letters.conftest import NOW, TO, send
from tests.factories.strangers import StrangerMailFactory


def sent_before(by: User, number: int, to: str, ago: timedelta) -> None:
    for _ in range(number):
        StrangerMailFactory(by=by, address=to, sent_at=NOW - ago)


@pytest.mark.parametrize(
    ("number", "ago", "leaves"),
    [
        (MOST_A_DAY - 1, timedelta(hours=2), True),
        (MOST_A_DAY, timedelta(hours=2), False),
        (MOST_A_DAY, timedelta(days=1), True),
    ],
)
def test_twenty_a_day_for_each_person(
    number: int, ago: timedelta, leaves: bool, letter: AskLetter, alice: User
) -> None:
    sent_before(alice, number, "other@example.org", ago)
    if leaves:
        assert send(letter, alice).sent_at == NOW
    else:
        with pytest.raises(LetterRefused):
            send(letter, alice)


@pytest.mark.parametrize(
    ("ago", "leaves"), [(timedelta(minutes=59), False), (timedelta(hours=1), True)]
)
def test_one_an_hour_for_each_address(
    ago: timedelta, leaves: bool, letter: AskLetter, alice: User, chidi: User
) -> None:
    """Whoever it was that wrote there."""
    sent_before(chidi, 1, TO.upper(), ago)
    if leaves:
        assert send(letter, alice).sent_at == NOW
    else:
        with pytest.raises(LetterRefused):
            send(letter, alice)


def test_an_address_that_wants_no_more_gets_none(letter: AskLetter, alice: User) -> None:
    refuse_mail(address_digest=address_digest(TO.upper()), now=NOW)
    with pytest.raises(LetterRefused):
        send(letter, alice)
    assert Email.objects.count() == 0
