"""A pledge whose check-in is open, and who may answer it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments import queries
from commitments.enums import Cadence, Kept
from commitments.models import CheckIn, CheckInDraft, CheckInLine, CheckInRemark, Pledge, Wording
from commitments.queries.check_in_answers import check_in_page
from commitments.rhythm import Period, open_period
from history.models import Entry
from organisations.models import Organisation, User
from tests.conftest import signed_in_as
from tests.factories.assisting import AssistantFactory
from tests.factories.commitments import PledgeFactory
from tests.factories.organisations import UserFactory

SEEN = "seen"


@pytest.fixture
def old(alice: User, harbour: Organisation, wording: Wording) -> Pledge:
    """Published 100 days ago, so that a check-in is open."""
    made = timezone.localtime() - timedelta(days=100)
    return PledgeFactory(
        leader=alice, organisation=harbour, signing=wording, created_at=made,
        leader_name="Alice Adeyemi",
    )  # fmt: skip


@pytest.fixture
def adaeze(old: Pledge) -> User:
    """Alice's assistant."""
    user = UserFactory(email="adaeze@harbour.example", display_name="Adaeze Obi")
    AssistantFactory(pledge=old, user=user)
    return user


@pytest.fixture
def as_adaeze(adaeze: User) -> Client:
    return signed_in_as(adaeze)


def due(pledge: Pledge) -> Period:
    return open_period(timezone.localdate(), Cadence(pledge.check_in_every))


def url(pledge: Pledge) -> str:
    return reverse("check_in", args=[pledge.pk])


def answers(pledge: Pledge, **changes: str) -> dict[str, str]:
    """As the page holds them now, with everything set to nothing to report."""
    page = check_in_page(pledge, today=timezone.localdate())
    mark = page.standing.mark if page else ""
    sent = {"period": due(pledge).first.isoformat(), SEEN: mark}
    for position in range(1, 9):
        sent[f"kept_{position}"] = "nothing"
        sent[f"reflection_{position}"] = ""
    return sent | changes


def said(pledge: Pledge) -> list[tuple[int, str, str]]:
    """Newest answers that report something."""
    lines = queries.check_ins.newest_lines(CheckInLine.objects.filter(check_in__pledge=pledge))
    return [
        (line.promise.position, line.kept, line.said)
        for line in lines.order_by("promise__position")
        if line.kept != Kept.NOTHING or line.said
    ]


def everything() -> list[list[Any]]:
    models = [CheckIn, CheckInLine, CheckInRemark, CheckInDraft, Entry]
    return [list(model.objects.order_by("pk").values()) for model in models]
