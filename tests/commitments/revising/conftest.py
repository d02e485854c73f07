"""A pledge with something of everything, so that a newer version has much to change."""

from datetime import UTC, datetime

import pytest

from commitments.actions import publishing
from commitments.enums import StandardKind
from commitments.models import Pledge, Standard, Wording
from organisations.models import User
from tests.factories.commitments import PledgeFactory

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def rich(alice: User, wording: Wording) -> Pledge:
    """Published, with something of everything."""
    pledge = PledgeFactory(
        leader=alice,
        slug="rich",
        draft=True,
        signing=wording,
        signing__left_out=("keep_asking",),
        signing__adapted={"balanced_panels": "I ask first."},
        signing__own=("I learn.",),
        signing__statement="Because.",
    )
    signing = pledge.signings.get()
    Standard.objects.create(signing=signing, position=1, kind=StandardKind.ACEVO)
    return publishing.publish_pledge(pledge=pledge, by=alice, now=NOW)
