"""What is put on an agenda, and what stands on it by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from committees.actions.agenda import MOST_ITEMS, add_item, edit_item, move_item, remove_item
from committees.enums import GroupKind, MeetingState
from committees.models import AgendaItem, Group, Meeting
from committees.ordering import Way
from committees.queries.agenda import SHOWN, before, linkable_actions
from committees.refusals import (
    AGENDA_FULL,
    COVERED_STAYS,
    NO_AGENDA,
    NOT_A_CADENCE,
    NOT_YOURS,
    STANDING_STAYS,
    WAS_CANCELLED,
    GroupRefused,
)
from history.queries import lines_about
from organisations.models import Organisation, User
from recommendations.enums import Response, State
from recommendations.models import Action, ClosureProposal, Extension
from tests.committees.conftest import NOW, TODAY
from tests.factories.agenda import AdviceFactory, AgendaItemFactory
from tests.factories.committees import GroupFactory, MeetingFactory
from tests.factories.recommendations import ActionFactory, RecommendationFactory


def add(meeting: Meeting, by: User, title: str = "Pay gap", **links: Any) -> AgendaItem:
    linked = {"recommendation": None, "action": None} | links
    return add_item(meeting=meeting, title=title, **linked, by=by, now=NOW)


def edit(item: AgendaItem, by: User, title: str = "Other", **links: Any) -> AgendaItem | None:
    linked = {"recommendation": None, "action": None} | links
    stands = AgendaItem.objects.filter(pk=item.pk).first() or item
    over = {"over_revision": stands.revision}
    return edit_item(item=item, title=title, **linked, **over, by=by, now=NOW)


def titles(meeting: Meeting) -> list[str]:
    return list(meeting.agenda.order_by("position").values_list("title", flat=True))


class TestAdd:
    def test_it_comes_last_with_its_links(
        self, sitting: Meeting, regular: Action, alice: User
    ) -> None:
        add(sitting, alice, "First")
        item = add(sitting, alice, action=regular)
        assert titles(sitting) == ["First", "Pay gap"]
        assert (item.action, item.recommendation) == (regular, regular.recommendation)
        assert [line.text for line in lines_about(sitting.group)] == [
            "Alice Adeyemi changed the agenda of 10 March 2026"
        ] * 2

    def test_a_second_click_adds_nothing(self, sitting: Meeting, alice: User) -> None:
        assert add(sitting, alice) == add(sitting, alice)
        assert len(lines_about(sitting.group)) == 1

    def test_it_refuses_what_does_not_belong(
        self, sitting: Meeting, alice: User, northside: Organisation, harbour: Organisation
    ) -> None:
        theirs = ActionFactory(recommendation__organisation=northside, cadence=True)
        ours = ActionFactory(recommendation__organisation=harbour)
        for links, why in (
            ({"action": theirs}, NOT_YOURS),
            ({"recommendation": theirs.recommendation}, NOT_YOURS),
            ({"action": ours}, NOT_A_CADENCE),
        ):
            with pytest.raises(GroupRefused, match=why):
                add(sitting, alice, **links)
        assert sitting.agenda.count() == 0

    def test_not_for_a_network_nor_what_was_cancelled(
        self, sitting: Meeting, staff_network: Group, alice: User
    ) -> None:
        with pytest.raises(GroupRefused, match=NO_AGENDA):
            add(MeetingFactory(group=staff_network), alice)
        Meeting.objects.filter(pk=sitting.pk).update(state=MeetingState.CANCELLED)
        with pytest.raises(GroupRefused, match=WAS_CANCELLED):
            add(sitting, alice)

    def test_it_ends_somewhere(self, sitting: Meeting, alice: User) -> None:
        for number in range(MOST_ITEMS - 1):
            AgendaItemFactory(meeting=sitting, position=number)
        add(sitting, alice, "The last")
        with pytest.raises(GroupRefused, match=AGENDA_FULL):
            add(sitting, alice, "One more")

    @pytest.mark.usefixtures("no_history")
    def test_every_change_rolls_back_whole(self, sitting: Meeting, alice: User) -> None:
        one, other = (AgendaItemFactory(meeting=sitting, title=title) for title in "ab")
        for change in (
            lambda: add(sitting, alice),
            lambda: edit(one, alice),
            lambda: move_item(item=other, way=Way.UP, by=alice, now=NOW),
            lambda: remove_item(item=one, by=alice, now=NOW),
        ):
            with pytest.raises(DatabaseError):
                change()
        assert titles(sitting) == ["a", "b"]


class TestEdit:
    def test_it_is_changed(self, sitting: Meeting, regular: Action, alice: User) -> None:
        item = add(sitting, alice)
        edit(item, alice, "Pay gap, again", action=regular)
        item.refresh_from_db()
        assert (item.title, item.action) == ("Pay gap, again", regular)

    def test_the_same_again_leaves_no_history(self, sitting: Meeting, alice: User) -> None:
        item = AgendaItemFactory(meeting=sitting, title="Other")
        assert edit(item, alice) == item
        assert lines_about(sitting.group) == []

    def test_the_standing_one_keeps_its_title_and_place(
        self, sitting: Meeting, regular: Action, alice: User
    ) -> None:
        item = AgendaItemFactory(meeting=sitting, title="Race equality", is_standing=True)
        edit(item, alice, "", action=regular)
        item.refresh_from_db()
        assert (item.title, item.action) == ("Race equality", regular)
        with pytest.raises(GroupRefused, match=STANDING_STAYS):
            remove_item(item=item, by=alice, now=NOW)

    def test_what_was_covered_stays(self, sitting: Meeting, alice: User) -> None:
        item = AgendaItemFactory(meeting=sitting, was_covered=True)
        for change in (
            lambda: edit(item, alice),
            lambda: remove_item(item=item, by=alice, now=NOW),
        ):
            with pytest.raises(GroupRefused, match=COVERED_STAYS):
                change()

    def test_somebody_took_it_off(self, sitting: Meeting, alice: User) -> None:
        item = add(sitting, alice)
        assert [remove_item(item=item, by=alice, now=NOW) for _ in "ab"] == [True, False]
        assert edit(item, alice) is None
        assert move_item(item=item, way=Way.UP, by=alice, now=NOW) is False


class TestMove:
    def test_up_and_down(self, sitting: Meeting, alice: User) -> None:
        items = {title: AgendaItemFactory(meeting=sitting, title=title) for title in "abc"}

        def move(title: str, way: Way) -> str:
            move_item(item=items[title], way=way, by=alice, now=NOW)
            return "".join(titles(sitting))

        assert [move("c", Way.UP), move("c", Way.UP), move("c", Way.UP)] == ["acb", "cab", "cab"]
        assert [move("a", Way.DOWN), move("a", Way.DOWN)] == ["cba", "cba"]

    def test_postgres_gives_each_its_place(self, sitting: Meeting) -> None:
        AgendaItemFactory(meeting=sitting, position=1)
        with pytest.raises(IntegrityError, match="agenda_item_in_order"), transaction.atomic():
            AgendaItemFactory(meeting=sitting, position=1)


@pytest.fixture
def waiting(harbour: Organisation, alice: User) -> None:
    """One of each; and what belongs to nobody's agenda: elsewhere, withdrawn, answered."""
    asked = {"recommendation__organisation": harbour, "recommendation__response": Response.ACCEPTED}
    recommendation = ActionFactory(**asked, position=1, title="Publish it").recommendation
    ClosureProposal.objects.create(
        recommendation=recommendation,
        wanted=State.CLOSED_SUPERSEDED,
        reason="The new plan covers it.",
        proposed_by=alice,
        proposed_at=NOW,
    )
    Extension.objects.create(
        action=ActionFactory(**asked, title="Train everybody", target_date=TODAY),
        old_date=TODAY,
        new_date=TODAY + timedelta(days=60),
        reason="The supplier changed.",
        asked_by=alice,
        asked_on=TODAY,
        asked_at=NOW,
    )
    RecommendationFactory(organisation=harbour, title="No answer yet")
    RecommendationFactory(title="Elsewhere")
    AdviceFactory(organisation=harbour, title="Say who gained")
    AdviceFactory(organisation=harbour, title="Answered", answered=True)
    AdviceFactory(organisation=harbour, title="Asked", asked=True)


@pytest.mark.usefixtures("waiting")
class TestBefore:
    def test_the_committee_has_it_all_before_it(self, harbour: Organisation) -> None:
        found = before(MeetingFactory(group__organisation=harbour))
        assert [each.recommendation.reference for each in found.closures.rows] != []
        assert [each.action.title for each in found.extensions.rows] == ["Train everybody"]
        assert [each.title for each in found.responses.rows] == ["No answer yet"]
        assert [each.title for each in found.advice.rows] == ["Say who gained"]
        assert found.total == 3

    def test_advisers_wait_for_answers_to_their_own(
        self, harbour: Organisation, advisers: Group
    ) -> None:
        AdviceFactory(organisation=harbour, group=advisers, title="Ours")
        found = before(MeetingFactory(group=advisers))
        assert ([each.title for each in found.advice.rows], found.total) == (["Ours"], 0)

    @pytest.mark.parametrize(
        "kind",
        [k for k in GroupKind.values if k not in {GroupKind.ACCOUNTABILITY, GroupKind.ADVISORY}],
    )
    def test_others_decide_nothing(self, kind: str, harbour: Organisation) -> None:
        found = before(MeetingFactory(group=GroupFactory(organisation=harbour, kind=kind)))
        assert (found.total, found.advice.total) == (0, 0)

    @pytest.mark.parametrize(
        ("days", "state", "is_next"),
        [
            (-1, MeetingState.PLANNED, True),
            (0, MeetingState.PLANNED, False),
            (3, MeetingState.PLANNED, False),
            (3, MeetingState.CANCELLED, True),
            (9, MeetingState.PLANNED, True),
        ],
    )
    def test_only_the_meeting_that_comes_next_has_it(
        self, days: int, state: str, is_next: bool, harbour: Organisation
    ) -> None:
        today = timezone.localdate()
        meeting = MeetingFactory(
            group__organisation=harbour, date=today + timedelta(days=5), state=MeetingState.PLANNED
        )
        MeetingFactory(group=meeting.group, date=today + timedelta(days=days), state=state)
        assert (before(meeting).total > 0) is is_next

    @pytest.mark.parametrize(
        ("state", "ago", "left"),
        [
            (MeetingState.HELD, 0, 3),
            (MeetingState.HELD, 1, 0),
            (MeetingState.CANCELLED, 0, 0),
        ],
    )
    def test_what_is_recorded_has_nothing_before_it_once_its_day_is_over(
        self, state: str, ago: int, left: int, harbour: Organisation
    ) -> None:
        day = timezone.localdate() - timedelta(days=ago)
        meeting = MeetingFactory(group__organisation=harbour, state=state, date=day)
        assert before(meeting).total == left

    def test_of_many_it_shows_the_first(self, harbour: Organisation) -> None:
        for _ in range(SHOWN + 1):
            RecommendationFactory(organisation=harbour, created_at=timezone.now())
        found = before(MeetingFactory(group__organisation=harbour)).responses
        assert (len(found.rows), found.total, found.more) == (SHOWN, SHOWN + 2, 2)


def test_what_can_be_linked(harbour: Organisation, northside: Organisation) -> None:
    regular = ActionFactory(recommendation__organisation=harbour, cadence=True)
    ActionFactory(recommendation__organisation=harbour)
    ActionFactory(recommendation__organisation=northside, cadence=True)
    assert list(linkable_actions(harbour)) == [regular]
