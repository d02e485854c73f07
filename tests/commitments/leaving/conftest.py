"""Alice's pledge, the day she leaves it, and who comes next."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from commitments.actions.leaving import hand_over
from commitments.enums import PledgeState, StandardKind
from commitments.models import Handover, Pledge, Standard, Wording
from organisations.models import Organisation, User
from tests.factories.commitments import PledgeFactory
from tests.factories.organisations import ConfirmedAddressFactory, UserFactory

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 5, 20)
NEXT = "next@harbour.example"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def old(alice: User, harbour: Organisation, wording: Wording) -> Pledge:
    """Alice's, published in January 2026, with words and standards of its own."""
    made = PledgeFactory(
        leader=alice, organisation=harbour, signing=wording, slug="alice-adeyemi", draft=True,
        published_at=None, created_at=datetime(2026, 1, 5, tzinfo=UTC), leader_name="Alice Adeyemi",
        signing__own=("I will publish who speaks.",), signing__left_out=("ask",),
        signing__statement="Why **I** do this",
    )  # fmt: skip
    text = made.signings.get()
    Standard.objects.create(signing=text, position=1, kind=StandardKind.RACE_AT_WORK)
    Standard.objects.create(
        signing=text, position=2, kind=StandardKind.OTHER, name="Our plan",
        signed_up_on=date(2024, 2, 1), link="https://harbour.example/plan",
    )  # fmt: skip
    text.signed_at = made.published_at = made.created_at
    text.save()
    made.state, made.slug = PledgeState.PUBLISHED, "alice-adeyemi"
    made.save()
    return made


@pytest.fixture
def nkechi(db: None) -> User:
    """The next leader, at the address that is asked."""
    user = UserFactory(email=NEXT, display_name="Nkechi Obi")
    ConfirmedAddressFactory(user=user)
    return user


@pytest.fixture
def asked(old: Pledge, alice: User) -> Handover:
    return hand_over(pledge=old, ended_on=TODAY, email=NEXT, by=alice, now=timezone.now())


def end_of(pledge: Pledge) -> str:
    return reverse("pledge_end", args=[pledge.pk])


def typed(ending: str, **more: str) -> dict[str, str]:
    return {"ending": ending, "ended_on": "", "email": ""} | more


def standing(pledge: Pledge) -> tuple[object, ...]:
    pledge.refresh_from_db()
    return (pledge.state, pledge.ending, pledge.ended_on)


OPEN = (PledgeState.PUBLISHED, "", None)
