"""Two at once: one pack of a meeting, one number each, one paper, one link."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from committees.actions import pack_paper
from committees.actions.pack_links import make_link
from committees.actions.packs import freeze_pack
from committees.models import Pack, PackLink
from committees.pack_seal import matches
from organisations.erasing import erase_account
from organisations.models import Organisation, User
from tests.factories.packs import coming_meeting, frozen_pack, plan_for_a_pack

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*work: Callable[[], Any]) -> list[Any]:
    def run(each: Callable[[], Any]) -> Any:
        try:
            return each()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack_paper, "_ring", lambda pack: None)


def test_a_double_click_freezes_one_pack(harbour: Organisation, alice: User) -> None:
    meeting, now = coming_meeting(harbour), timezone.now()
    made = at_once(*[lambda: freeze_pack(meeting=meeting, by=alice, now=now)] * 3)
    assert made == [Pack.objects.get()] * 3


def test_packs_of_two_meetings_have_two_numbers(harbour: Organisation, alice: User) -> None:
    meetings, now = [coming_meeting(harbour) for _ in "ab"], timezone.now()
    first, second = (
        lambda each=each: freeze_pack(meeting=each, by=alice, now=now) for each in meetings
    )
    assert sorted(pack.number for pack in at_once(first, second)) == [1, 2]


def test_whoever_goes_while_a_pack_is_frozen_is_not_in_it(
    harbour: Organisation, alice: User
) -> None:
    plan, now = plan_for_a_pack(harbour), timezone.now()
    at_once(
        lambda: freeze_pack(meeting=plan.meeting, by=alice, now=now),
        lambda: erase_account(person=plan.lead, now=now),
    )
    pack = Pack.objects.get()
    assert "Lena Lead" not in str(pack.content)
    assert matches(pack.content, pack.sha256)


def test_two_workers_make_one_paper(
    harbour: Organisation, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack, made = frozen_pack(harbour, by=alice), []
    monkeypatch.setattr(pack_paper, "paper", lambda *_: made.append(1) or b"%PDF")
    at_once(*[lambda: pack_paper.make_paper(pack=pack.pk, now=timezone.now())] * 2)
    assert made == [1]


def test_a_double_click_makes_one_link(harbour: Organisation, alice: User) -> None:
    pack, now = frozen_pack(harbour, by=alice), timezone.now()
    made = at_once(*[lambda: make_link(pack=pack, days=30, by=alice, now=now)] * 2)
    assert made[0] == made[1]
    assert PackLink.objects.count() == 1
