"""A seat that is known to end: from a day until a day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from committees import actions
from committees.models import Group, GroupMember
from committees.refusals import ENDS_FIRST, HAS_SEAT, GroupRefused
from history.queries import lines_about
from organisations.models import User
from tests.committees.conftest import NOW, TODAY
from tests.factories.committees import GroupMemberFactory
from ui.dates import TOO_FAR

DAY = timedelta(days=1)


def seat(group: Group, user: User, by: User, first: date, last: date | None) -> GroupMember:
    return actions.add_member(
        group=group, user=user, is_chair=False, from_date=first, to_date=last, by=by, now=NOW
    )


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (TODAY + 10 * DAY, TODAY + 20 * DAY, ""),
        (TODAY + 9 * DAY, None, HAS_SEAT),
        (TODAY - 9 * DAY, TODAY, ""),
        (TODAY - 9 * DAY, TODAY + DAY, HAS_SEAT),
        (TODAY + 2 * DAY, TODAY + 3 * DAY, HAS_SEAT),
        (TODAY + 20 * DAY, TODAY + 19 * DAY, ENDS_FIRST),
        (TODAY + 20 * DAY, date.max, TOO_FAR),
    ],
)
def test_nobody_sits_twice_at_a_time(
    first: date, last: date | None, why: str, board: Group, alice: User, bea: User
) -> None:
    seat(board, bea, alice, TODAY, TODAY + 10 * DAY)
    if not why:
        assert seat(board, bea, alice, first, last).to_date == last
        return
    with pytest.raises(GroupRefused, match=why):
        seat(board, bea, alice, first, last)
    assert board.members.count() == 1


def test_postgres_keeps_the_days_in_order(board: Group, bea: User) -> None:
    with pytest.raises(IntegrityError, match="ends_after_start"), transaction.atomic():
        GroupMemberFactory(group=board, user=bea, from_date=TODAY, to_date=TODAY - DAY)


@pytest.mark.parametrize(("ends", "then"), [(9, TODAY), (0, TODAY), (-1, TODAY - DAY)])
def test_it_can_end_earlier_and_never_later(
    ends: int, then: date, board: Group, alice: User, bea: User
) -> None:
    member = GroupMemberFactory(
        group=board, user=bea, from_date=TODAY - 9 * DAY, to_date=TODAY + ends * DAY
    )
    assert actions.end_member(member=member, by=alice, now=NOW) is True
    member.refresh_from_db()
    assert member.to_date == then
    assert len(lines_about(board)) == (ends > 0)


def test_on_screen(as_alice: Client, board: Group, bea: User) -> None:
    today = timezone.localdate()
    one = f"/o/harbour-minds/groups/{board.pk}/"
    sent = {"user": str(bea.pk), "from_date": today.isoformat()}
    for last in ("soon", "9999-12-31", (today - DAY).isoformat()):
        form = as_alice.post(f"{one}seats/new/", sent | {"to_date": last}).context["form"]
        assert (list(form.errors), form["to_date"].value()) == (["to_date"], last)
    as_alice.post(f"{one}seats/new/", sent | {"to_date": (today + 9 * DAY).isoformat()})
    member = board.members.get()
    assert ", until" in as_alice.get(one).content.decode()
    assert as_alice.post(f"{one}seats/{member.pk}/end/").status_code == 302
    assert as_alice.post(f"{one}seats/{member.pk}/end/").status_code == 404
