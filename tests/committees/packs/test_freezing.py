"""Freezing a pack: once, whole, for good."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from committees.actions import packs
from committees.actions.packs import freeze_pack
from committees.enums import CommitteeVerb, GroupKind, MeetingState, PaperState
from committees.models import Meeting, Pack
from committees.pack_seal import matches
from committees.refusals import NO_PACKS, PACK_TOO_LATE, GroupRefused
from history.models import Entry
from organisations.models import Organisation, User
from recommendations.enums import ActionKind
from recommendations.models import Action, Recommendation, Source
from tests.factories.committees import GroupFactory
from tests.factories.packs import coming_meeting, freeze, frozen_pack, plan_for_a_pack
from tests.factories.recommendations import ActionFactory, RecommendationFactory, SourceFactory


def rows(pack: Pack, key: str) -> list[dict[str, Any]]:
    return next(part["rows"] for part in pack.as_read["sections"] if part["key"] == key)


def titles(pack: Pack, key: str) -> list[str]:
    return [row["title"] for row in rows(pack, key)]


class TestContent:
    def test_everything_stands_in_its_section(self, harbour: Organisation, alice: User) -> None:
        plan = plan_for_a_pack(harbour)
        pack = freeze(plan, by=alice)
        found = {part["key"]: [row["title"] for row in part["rows"]]
                 for part in pack.as_read["sections"] if part["rows"]}  # fmt: skip
        assert found == {
            "closures": ["Board agenda"],
            "extensions": ["Training"],
            "responses": ["No answer"],
            "newly_overdue": ["Pay gap"],
            "completed": ["Board agenda"],
            "advice": ["Ask people first"],
            "ownerless": ["Left alone"],
            "objections": ["Too much"],
        }
        assert rows(pack, "closures")[0] | {"id": "", "recommendation": "", "when": ""} == {
            "kind": "closure",
            "id": "",
            "recommendation": "",
            "reference": plan.closing.reference,
            "title": "Board agenda",
            "what": "Closed: implemented. 1 of 1 actions shown to be done.",
            "why": "Waiting times fell.",
            "who": "Lena Lead",
            "when": "",
            "days": None,
            "views": "Not yet: Ada Adviser.",
        }

    def test_no_addresses_no_budgets_no_internal_words(
        self, harbour: Organisation, alice: User
    ) -> None:
        plan = plan_for_a_pack(harbour)
        Action.objects.filter(pk=plan.late.pk).update(budget_pounds=987_654, staff_days=87_654)
        said = str(freeze(plan, by=alice).content)
        for word in ("@", "987654", "87654", "SECRET-REASON", "ADVICE-TEXT"):
            assert word not in said

    def test_of_one_organisation(self, harbour: Organisation, northside: Organisation,
                                 alice: User) -> None:  # fmt: skip
        plan_for_a_pack(northside)
        pack = frozen_pack(harbour, by=alice)
        assert [part["rows"] for part in pack.as_read["sections"]] == [[]] * 16

    def test_the_next_pack_tells_what_is_new(self, harbour: Organisation, alice: User) -> None:
        plan = plan_for_a_pack(harbour)
        freeze(plan, by=alice, at=timezone.localtime() - timedelta(days=1))
        second = frozen_pack(harbour, by=alice, group=plan.committee, days=90)
        assert (titles(second, "newly_overdue"), titles(second, "long_overdue")) == (
            [],
            ["Pay gap"],
        )
        assert [row["what"] for row in rows(second, "advice")] == ["Unanswered since the last pack"]
        assert titles(second, "completed") == []

    def test_later_changes_alter_nothing(self, harbour: Organisation, alice: User) -> None:
        pack = freeze(plan_for_a_pack(harbour), by=alice)
        frozen = pack.content
        Recommendation.objects.update(title="Another title")
        Action.objects.update(title="Another action")
        User.objects.update(display_name="Somebody else")
        pack.refresh_from_db()
        assert pack.content == frozen
        assert matches(pack.content, pack.sha256)


class TestOnce:
    def test_a_second_click_gives_the_same_pack(self, harbour: Organisation, alice: User) -> None:
        meeting = coming_meeting(harbour)
        made = [freeze_pack(meeting=meeting, by=alice, now=timezone.now()) for _ in "ab"]
        assert made[0] == made[1]
        assert Entry.objects.filter(verb=CommitteeVerb.PACK_FROZEN).count() == 1
        assert made[0].paper.state == PaperState.WAITING

    def test_numbers_are_of_the_organisation(
        self, harbour: Organisation, northside: Organisation, alice: User
    ) -> None:
        made = [frozen_pack(home, by=alice) for home in (harbour, northside, harbour)]
        assert [pack.number for pack in made] == [1, 1, 2]

    def test_postgres_refuses_a_second_pack_and_a_second_number(
        self, harbour: Organisation, alice: User
    ) -> None:
        pack = frozen_pack(harbour, by=alice)
        twin = {"organisation": harbour, "frozen_at": timezone.now(), "frozen_by": alice,
                "content": {}, "sha256": "0"}  # fmt: skip
        for taken in ({"meeting": pack.meeting, "number": 9},
                      {"meeting": coming_meeting(harbour), "number": pack.number}):  # fmt: skip
            with pytest.raises(IntegrityError), transaction.atomic():
                Pack.objects.create(**twin, **taken)

    def test_postgres_refuses_a_change(self, harbour: Organisation, alice: User) -> None:
        pack = frozen_pack(harbour, by=alice)
        found = Pack.objects.filter(pk=pack.pk)
        for change in (lambda: found.update(sha256="0"), lambda: found.update(content={}),
                       lambda: found._raw_delete(found.db)):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

    def test_draft_dates_stand_from_here_on(self, harbour: Organisation, alice: User) -> None:
        plan = plan_for_a_pack(harbour)
        freeze(plan, by=alice)
        plan.late.refresh_from_db()
        assert plan.late.original_date == plan.late.target_date
        assert plan.late.accepted_at is not None


class TestRefused:
    @pytest.mark.parametrize(
        "kind", sorted(set(GroupKind) - {GroupKind.ACCOUNTABILITY, GroupKind.BOARD})
    )
    def test_other_groups_get_none(self, kind: str, harbour: Organisation, alice: User) -> None:
        group = GroupFactory(organisation=harbour, kind=kind)
        with pytest.raises(GroupRefused, match=NO_PACKS):
            frozen_pack(harbour, by=alice, group=group)

    @pytest.mark.parametrize(
        ("days", "state"),
        [(-1, MeetingState.PLANNED), (1, MeetingState.CANCELLED), (0, MeetingState.HELD)],
    )
    def test_a_meeting_that_is_over(
        self, days: int, state: str, harbour: Organisation, alice: User
    ) -> None:
        with pytest.raises(GroupRefused, match=PACK_TOO_LATE):
            frozen_pack(harbour, by=alice, days=days, state=state)

    def test_on_the_day_itself_and_for_a_board(self, harbour: Organisation, alice: User) -> None:
        board = GroupFactory(organisation=harbour, kind=GroupKind.BOARD)
        assert frozen_pack(harbour, by=alice, group=board, days=0).number == 1

    def test_it_rolls_back_whole(
        self, harbour: Organisation, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plan = plan_for_a_pack(harbour)
        monkeypatch.setattr(packs, "record_meeting_step", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            freeze(plan, by=alice)
        plan.late.refresh_from_db()
        assert (Pack.objects.count(), plan.late.accepted_at) == (0, None)


def five_hundred(
    organisation: Organisation, number: int = 500, *, are_drafts: bool = False
) -> None:
    """Each overdue, with a date that was agreed or is still a draft."""
    now = timezone.now()
    source: Source = SourceFactory(organisation=organisation)
    made = Recommendation.objects.bulk_create(
        RecommendationFactory.build(
            organisation=organisation, source=source, theme=None, reference=f"R{n}", position=n + 1
        )
        for n in range(number)
    )
    day = timezone.localdate() - timedelta(days=9)
    Action.objects.bulk_create(
        ActionFactory.build(recommendation=each, kind=ActionKind.DELIVERABLE, target_date=day)
        for each in made
    )
    if not are_drafts:
        Action.objects.filter(recommendation__source=source).update(
            original_date=day - timedelta(days=30), accepted_at=now
        )


def cost(meeting: Meeting, by: User) -> tuple[int, float, Pack]:
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        pack = freeze_pack(meeting=meeting, by=by, now=timezone.now())
    return len(queries), time.perf_counter() - began, pack


@pytest.mark.parametrize("are_drafts", [False, True])
def test_500_recommendations_take_as_many_queries_as_three(
    are_drafts: bool, harbour: Organisation, northside: Organisation, alice: User
) -> None:
    five_hundred(northside, 3, are_drafts=are_drafts)
    few, _, _ = cost(coming_meeting(northside), alice)
    five_hundred(harbour, are_drafts=are_drafts)
    many, seconds, pack = cost(coming_meeting(harbour), alice)
    assert many == few
    assert len(rows(pack, "newly_overdue")) == 500
    print(f"queries {many}, seconds {seconds:.2f}")
