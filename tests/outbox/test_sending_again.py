"""A failed email is owed anew, but never to somebody who said no."""

import pytest

from organisations.models import Organisation, User
from outbox.actions import send_again
from outbox.enums import Cause, Kind, State
from outbox.models import Email
from tests.factories.outbox import SuppressionFactory
from tests.outbox.delivering import NOW, email

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cause", "by_somebody", "is_sent"),
    [
        (None, True, True),
        (None, False, True),
        (Cause.BOUNCED, True, True),
        (Cause.REFUSED, True, True),
        (Cause.BOUNCED, False, False),
        (Cause.COMPLAINED, True, False),
        (Cause.COMPLAINED, False, False),
    ],
)
def test_who_may_have_refused(
    cause: Cause | None, by_somebody: bool, is_sent: bool, harbour: Organisation, alice: User
) -> None:
    """`by` nobody is the command, for many at once: nobody has looked at each address."""
    row = email(organisation=harbour, kind=Kind.WORK, state=State.FAILED, to_address="bo@x.example")
    if cause:
        SuppressionFactory(address="BO@x.example", cause=cause)
    again = send_again(row, by=alice if by_somebody else None, now=NOW)
    assert (again is not None) is is_sent
    assert Email.objects.count() == 1 + is_sent
