"""Two clicks, or two people, in the same moment."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection

from organisations import actions
from organisations.enums import Role
from organisations.models import MemberInvite, Organisation, User
from outbox.models import Email
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.organisations.inviting import invite_number

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def slow_after(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Between the look and the write there is time for somebody else to do the same."""
    look = getattr(actions, name)

    def looked(*args: object) -> object:
        seen = look(*args)
        time.sleep(0.3)
        return seen

    monkeypatch.setattr(actions, name, looked)


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each gives, or the refusal it meets, when all of them start together."""
    start = threading.Barrier(len(works))
    given: list[object] = []

    def run(work: Callable[[], object]) -> None:
        try:
            start.wait()
            given.append(work())
        except actions.MembershipRefused as refusal:
            given.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def test_two_clicks_make_one_organisation(monkeypatch: pytest.MonkeyPatch) -> None:
    slow_after(monkeypatch, "_free_slug")
    ada = UserFactory()
    made = at_once(
        *[lambda: actions.create_organisation(name="Quay", nation="ENG", by=ada, now=NOW)] * 2
    )
    assert made == [Organisation.objects.get()] * 2


def test_two_people_get_an_address_each(monkeypatch: pytest.MonkeyPatch) -> None:
    slow_after(monkeypatch, "_free_slug")
    people = [UserFactory(), UserFactory()]
    at_once(
        *[
            lambda by=by: actions.create_organisation(name="Quay", nation="ENG", by=by, now=NOW)
            for by in people
        ]
    )
    slugs = Organisation.objects.order_by("slug").values_list("slug", flat=True)
    assert list(slugs) == ["quay", "quay-2"]


def test_two_clicks_send_one_invitation(harbour: Organisation, alice: User) -> None:
    made = at_once(*[lambda: invite_number(1, harbour, by=alice, at=NOW)] * 2)
    assert made == [None, None]
    assert (MemberInvite.objects.count(), Email.objects.count()) == (1, 1)


def test_two_coordinators_cannot_both_leave(
    harbour: Organisation, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_after(monkeypatch, "_keep_a_coordinator")
    MembershipFactory(organisation=harbour, roles=[Role.COORDINATOR])
    leaving = [
        lambda member=member: actions.end_membership(membership=member, by=alice, now=NOW)
        for member in harbour.memberships.all()
    ]
    assert sorted(map(str, at_once(*leaving))) == [
        "None",
        "This is the only coordinator. Make somebody else a coordinator first.",
    ]
