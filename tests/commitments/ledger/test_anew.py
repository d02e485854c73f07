"""A seat is asked about anew each year."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from commitments.enums import InvitationKind
from commitments.models import Pledge
from organisations.models import Organisation, User
from tests.commitments.ledger.conftest import RECEIVED, TODAY, anew, path
from tests.factories.commitments import InvitationFactory
from tests.factories.panels import GatheringFactory


def test_a_seat_that_is_asked_about_anew_leaves_its_event_where_it_is(
    pledge: Pledge, alice: User, harbour: Organisation
) -> None:
    event = GatheringFactory(organisation=harbour)
    seat = InvitationFactory(
        pledge=pledge, kind=InvitationKind.SEAT, received_on=date(2025, 3, 1), gathering=event
    )
    assert anew(seat, alice).gathering is None
    seat.refresh_from_db()
    assert seat.gathering == event


def test_a_seat_is_asked_about_anew(pledge: Pledge, alice: User) -> None:
    seat = InvitationFactory(
        pledge=pledge, kind=InvitationKind.SEAT, title="A board", received_on=date(2025, 3, 1)
    )
    later = anew(seat, alice)
    assert (later.follows, later.title, later.kind) == (seat, "A board", "seat")
    assert path(later) == [(RECEIVED, TODAY, True)]
    assert anew(seat, alice) == later
    with pytest.raises(ValidationError):
        anew(later, alice)
