"""My work says how much waits on a record: as much as the record shows."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.actions.ledger import add_invitation
from commitments.enums import InvitationKind
from commitments.models import Pledge, Reflection, Step
from commitments.queries.my_pledges import my_pledges
from commitments.queries.own_record import own_record_of
from commitments.queries.tending import to_confirm
from commitments.waiting import What, is_over, what_waits
from organisations.models import User
from tests.commitments.record_pages.conftest import S, days_ago, taken_part
from tests.factories.commitments import CheckInFactory, InvitationFactory, PledgeFactory

TODAY = date(2026, 6, 20)
YESTERDAY = date(2026, 6, 19)


def said(client: Client) -> list[str]:
    page = " ".join(client.get("/me/").content.decode().split())
    return re.findall(r'<a href="([^"]+)">(\d+ things? waits? on your record)</a>', page)


def number_for(user: User) -> list[int]:
    return [mine.on_the_record for mine in my_pledges(user, today=timezone.localdate())]


def on_the_page(pledge: Pledge) -> int:
    """Lines of the record itself; its check-in is open."""
    own = own_record_of(pledge, today=timezone.localdate())
    return len(own.waits) + own.more_waits + len(to_confirm(pledge)) + 1


def test_my_work_counts_what_the_record_shows(old: Pledge, alice: User, as_alice: Client) -> None:
    InvitationFactory(pledge=old, state=S.ANSWERED, asked_on=days_ago(0))
    InvitationFactory(pledge=old, held_on=days_ago(1), received_on=days_ago(3))
    InvitationFactory(pledge=old, held_on=days_ago(0), received_on=days_ago(3))
    InvitationFactory(pledge=old, held_on=days_ago(1), received_on=days_ago(3), state=S.DECLINED)
    seat = InvitationKind.SEAT
    InvitationFactory(pledge=old, held_on=days_ago(500), received_on=days_ago(600), kind=seat)
    taken_part(old)
    taken_part(old, both=False)
    told = taken_part(old, both=False)
    Reflection.objects.create(
        invitation=told, what_happened="x", written_by=alice, written_at=timezone.now()
    )
    InvitationFactory(pledge=old, confirmed_at=None)
    phoned = InvitationFactory(pledge=old, state=S.ANSWERED, asked_on=days_ago(0))
    Step.objects.filter(invitation=phoned, state=S.ANSWERED).update(confirmed_at=None)
    assert number_for(alice) == [on_the_page(old)] == [7]
    assert said(as_alice) == [(reverse("my_pledge", args=[old.pk]), "7 things wait on your record")]


def test_one_thing_waits(old: Pledge, as_alice: Client) -> None:
    assert [words for _, words in said(as_alice)] == ["1 thing waits on your record"]


def test_nothing_waits(old: Pledge, alice: User, as_alice: Client) -> None:
    CheckInFactory(pledge=old)
    assert number_for(alice) == [0]
    assert said(as_alice) == []


def test_what_a_wording_asks_for_decides(old: Pledge, alice: User) -> None:
    """3 of 5 women meet a half, and not four in five."""
    taken_part(old)
    assert number_for(alice) == [1]
    strict = PledgeFactory(leader=alice, created_at=old.created_at, organisation=old.organisation)
    wording = strict.signings.get().wording
    type(wording).objects.filter(pk=wording.pk).update(women_numerator=4, women_denominator=5)
    taken_part(strict)
    assert sorted(number_for(alice)) == [1, on_the_page(strict)] == [1, 2]


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_no_query_of_its_own(
    rows: int, old: Pledge, alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Pledges with what waits on them, check-ins, changes of rhythm and drafts."""
    for _ in range(rows):
        pledge = PledgeFactory(leader=alice, created_at=old.created_at)
        add(pledge, alice)
        InvitationFactory(pledge=pledge, state=S.ANSWERED, asked_on=days_ago(0))
    with django_assert_num_queries(4):
        assert sum(number_for(alice)) == 1 + 2 * rows


def add(pledge: Pledge, by: User) -> Any:
    """Received only: nothing about it waits."""
    now = timezone.now()
    return add_invitation(
        pledge=pledge, title="New", organiser="", held_on=None, received_on=now.date(),
        asked_on=None, by=by, now=now,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "state", "held_on", "expected"),
    [
        (InvitationKind.INVITED, S.RECEIVED, YESTERDAY, True),
        (InvitationKind.INVITED, S.RECEIVED, TODAY, False),
        (InvitationKind.INVITED, S.RECEIVED, None, False),
        (InvitationKind.INVITED, S.TOOK_PART, YESTERDAY, False),
        (InvitationKind.INVITED, S.DECLINED, YESTERDAY, False),
        (InvitationKind.SEAT, S.RECEIVED, YESTERDAY, False),
        (InvitationKind.CONVERSATION, S.RECEIVED, YESTERDAY, False),
    ],
)
def test_an_event_is_over_the_day_after(
    kind: InvitationKind, state: S, held_on: date | None, expected: bool
) -> None:
    assert is_over(kind, state, held_on, today=TODAY) is expected


@pytest.mark.parametrize(
    ("state", "held_on", "reflects", "expected"),
    [
        (S.ANSWERED, YESTERDAY, True, What.OVER),
        (S.ANSWERED, TODAY, True, What.ANSWERED),
        (S.TOOK_PART, YESTERDAY, True, What.TO_REFLECT_ON),
        (S.TOOK_PART, YESTERDAY, False, None),
    ],
)
def test_one_thing_is_asked_at_a_time(
    state: S, held_on: date, reflects: bool, expected: What | None
) -> None:
    found = what_waits(
        InvitationKind.INVITED, state, held_on, waits_for_reflection=reflects, today=TODAY
    )
    assert found == expected
