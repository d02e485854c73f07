"""Two at once: the agenda keeps its order, advice its numbers, a seat its holder."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from committees import actions
from committees.actions.advice import answer_advice, ask_advice
from committees.actions.agenda import add_item, move_item, remove_item
from committees.enums import GroupKind
from committees.models import Advice, Meeting
from committees.ordering import Way
from committees.refusals import ANSWERED_ALREADY, DATE_TAKEN, HAS_SEAT, NAME_TAKEN
from organisations.models import Organisation, User
from organisations.refusals import Refused
from tests.factories.agenda import AdviceFactory
from tests.factories.committees import GroupFactory, MeetingFactory

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def at_once(*work: Callable[[], Any]) -> list[Any]:
    """What each came to; of what was refused, the words."""

    def run(each: Callable[[], Any]) -> Any:
        try:
            return each()
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


@pytest.fixture
def meeting(harbour: Organisation) -> Meeting:
    found: Meeting = MeetingFactory(group__organisation=harbour)
    return found


def added(meeting: Meeting, title: str, by: User) -> Any:
    return add_item(meeting=meeting, title=title, recommendation=None, action=None, by=by, now=NOW)


def order(meeting: Meeting) -> list[tuple[int, str]]:
    return list(meeting.agenda.order_by("position").values_list("position", "title"))


def test_items_added_at_once_have_a_place_each(meeting: Meeting, alice: User) -> None:
    at_once(*[lambda title=title: added(meeting, title, alice) for title in "abcd"])
    assert [place for place, _ in order(meeting)] == [0, 1, 2, 3]
    assert {title for _, title in order(meeting)} == set("abcd")


def test_items_moved_at_once_keep_a_place_each(meeting: Meeting, alice: User) -> None:
    first, second, third = (added(meeting, title, alice) for title in "abc")
    moves = [(first, Way.DOWN), (third, Way.UP), (second, Way.UP), (first, Way.DOWN)]
    at_once(
        *[lambda item=item, way=way: move_item(item=item, way=way, by=alice, now=NOW)
          for item, way in moves],
        lambda: remove_item(item=second, by=alice, now=NOW),
        lambda: added(meeting, "d", alice),
    )  # fmt: skip
    places = [place for place, _ in order(meeting)]
    assert len(set(places)) == 3
    assert {title for _, title in order(meeting)} == set("acd")


def test_advice_asked_at_once_is_numbered_in_a_row(harbour: Organisation, alice: User) -> None:
    group = GroupFactory(organisation=harbour, kind=GroupKind.ADVISORY)
    asked = {"group": group, "question": "Q", "reply_by": None, "recommendations": []}
    titles = ["a", "b", "c", "a"]
    found = at_once(
        *[lambda title=title: ask_advice(title=title, **asked, by=alice, now=NOW)
          for title in titles]
    )  # fmt: skip
    assert found[0] == found[3]
    assert sorted(Advice.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_advice_is_answered_once(harbour: Organisation, alice: User) -> None:
    advice = AdviceFactory(organisation=harbour)
    answers = ("accept", "adapt", "decline")
    found = at_once(
        *[lambda answer=answer: answer_advice(
            advice=advice, answer=answer, reason="R", by=alice, now=NOW
        ).answer for answer in answers]
    )  # fmt: skip
    advice.refresh_from_db()
    assert found.count(ANSWERED_ALREADY) == 2
    assert advice.answer in found


def test_one_group_one_seat_one_meeting(harbour: Organisation, alice: User, bea: User) -> None:
    asked = {"organisation": harbour, "kind": GroupKind.BOARD, "name": "Board",
             "meets_every_months": 3, "contact_address": ""}  # fmt: skip
    by = {"by": alice, "now": NOW}
    groups = at_once(*[lambda: actions.create_group(**asked, **by)] * 3)
    assert groups.count(NAME_TAKEN) == 2
    group = harbour.groups.get()
    seat = {"group": group, "user": bea, "is_chair": False, "from_date": TODAY}
    seats = at_once(*[lambda: actions.add_member(**seat, **by)] * 3)
    assert (seats.count(HAS_SEAT), group.members.count()) == (2, 1)
    meetings = at_once(*[lambda: actions.plan_meeting(group=group, day=TODAY, **by)] * 3)
    assert (meetings.count(DATE_TAKEN), group.meetings.count()) == (2, 1)
