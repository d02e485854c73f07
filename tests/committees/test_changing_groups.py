"""A group is changed, closed and opened again."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from committees import actions, queries
from committees.enums import GroupKind, MeetingState
from committees.models import AgendaItem, Group
from committees.refusals import GROUP_CLOSED, MEETINGS_AHEAD, NAME_TAKEN, GroupRefused
from history.queries import lines_about
from organisations.models import Organisation, User
from tests.committees.conftest import NOW, TODAY
from tests.factories.committees import GroupFactory, MeetingFactory

DAY = timedelta(days=1)


def edit(group: Group, by: User, **changes: Any) -> Group:
    as_it_is = {field: getattr(group, field) for field in EDITABLE}
    as_it_is["over_revision"] = Group.objects.get(pk=group.pk).revision
    return actions.edit_group(group=group, **(as_it_is | changes), by=by, now=NOW)


EDITABLE = ("name", "meets_every_months", "tolerance_days", "contact_address", "has_equality_item")


def sentences(group: Group) -> list[str]:
    return [line.text for line in lines_about(group)][::-1]


@pytest.mark.parametrize("kind", GroupKind.values)
def test_race_equality_stands_on_every_agenda_of_a_board(
    kind: str, harbour: Organisation, alice: User
) -> None:
    group = actions.create_group(
        organisation=harbour,
        kind=kind,
        name="A group",
        meets_every_months=3,
        contact_address="",
        by=alice,
        now=NOW,
    )
    assert (group.has_equality_item, group.tolerance_days) == (kind == "board", 14)


class TestEdit:
    def test_it_works(self, forum: Group, alice: User) -> None:
        edit(forum, alice, name="The forum", meets_every_months=2, tolerance_days=0)
        forum.refresh_from_db()
        assert (forum.name, forum.meets_every_months, forum.tolerance_days) == ("The forum", 2, 0)
        assert sentences(forum) == ["Alice Adeyemi changed this group"]

    def test_the_same_again_leaves_no_history(self, forum: Group, alice: User) -> None:
        edit(forum, alice)
        assert sentences(forum) == []

    def test_a_taken_name_is_refused(
        self, forum: Group, board: Group, alice: User, northside: Organisation
    ) -> None:
        GroupFactory(organisation=northside, name="Elsewhere")
        with pytest.raises(GroupRefused, match=NAME_TAKEN):
            edit(forum, alice, name=board.name)
        assert edit(forum, alice, name="Elsewhere").name == "Elsewhere"

    @pytest.mark.parametrize(("days", "stands"), [(0, True), (60, True), (61, False)])
    def test_postgres_keeps_to_sixty_days(self, forum: Group, days: int, stands: bool) -> None:
        change = {"tolerance_days": days}
        if stands:
            assert Group.objects.filter(pk=forum.pk).update(**change) == 1
            return
        with pytest.raises(IntegrityError, match="group_tolerance"), transaction.atomic():
            Group.objects.filter(pk=forum.pk).update(**change)

    def test_the_item_comes_to_planned_meetings_alone(self, forum: Group, alice: User) -> None:
        held = MeetingFactory(group=forum, date=TODAY - DAY, state=MeetingState.HELD)
        planned = MeetingFactory(group=forum, date=TODAY + DAY)
        edit(forum, alice, has_equality_item=True)
        assert [item.meeting for item in AgendaItem.objects.all()] == [planned]
        assert held.agenda.count() == 0
        forum.refresh_from_db()
        edit(forum, alice, has_equality_item=False)
        assert AgendaItem.objects.count() == 0

    def test_a_network_has_no_item(self, staff_network: Group, alice: User) -> None:
        MeetingFactory(group=staff_network, date=TODAY + DAY)
        edit(staff_network, alice, has_equality_item=True)
        staff_network.refresh_from_db()
        assert (staff_network.has_equality_item, AgendaItem.objects.count()) == (False, 0)

    def test_its_kind_stands(self, forum: Group) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            Group.objects.filter(pk=forum.pk).update(kind=GroupKind.STAFF_NETWORK)

    @pytest.mark.usefixtures("no_history")
    def test_it_rolls_back_whole(self, forum: Group, alice: User) -> None:
        MeetingFactory(group=forum, date=TODAY + DAY)
        with pytest.raises(DatabaseError):
            edit(forum, alice, name="Other", has_equality_item=True)
        forum.refresh_from_db()
        assert (forum.name, AgendaItem.objects.count()) == ("Forum", 0)


class TestClose:
    def test_it_closes_once_and_opens_once(self, forum: Group, alice: User) -> None:
        acts = (actions.close_group, actions.reopen_group)
        assert [act(group=forum, by=alice, now=NOW) for act in acts for _ in "ab"] == [
            True,
            False,
        ] * 2
        assert sentences(forum) == [
            "Alice Adeyemi closed this group",
            "Alice Adeyemi opened this group again",
        ]

    @pytest.mark.parametrize(
        ("days", "state", "refused"),
        [
            (-1, MeetingState.PLANNED, False),
            (0, MeetingState.PLANNED, True),
            (9, MeetingState.PLANNED, True),
            (9, MeetingState.CANCELLED, False),
            (0, MeetingState.HELD, False),
        ],
    )
    def test_not_while_meetings_are_planned(
        self, days: int, state: str, refused: bool, forum: Group, alice: User
    ) -> None:
        MeetingFactory(group=forum, date=TODAY + days * DAY, state=state)
        if refused:
            with pytest.raises(GroupRefused, match=MEETINGS_AHEAD):
                actions.close_group(group=forum, by=alice, now=NOW)
        else:
            assert actions.close_group(group=forum, by=alice, now=NOW)

    def test_closed_it_plans_nothing_and_seats_nobody(
        self, forum: Group, alice: User, bea: User
    ) -> None:
        actions.close_group(group=forum, by=alice, now=NOW)
        with pytest.raises(GroupRefused, match=GROUP_CLOSED):
            actions.plan_meeting(group=forum, day=TODAY, by=alice, now=NOW)
        with pytest.raises(GroupRefused, match=GROUP_CLOSED):
            actions.add_member(
                group=forum, user=bea, is_chair=False, from_date=TODAY, by=alice, now=NOW
            )

    def test_it_is_not_late_comes_last_and_cannot_be_chosen(
        self, forum: Group, board: Group, harbour: Organisation, alice: User
    ) -> None:
        year_on = TODAY + 400 * DAY
        actions.close_group(group=board, by=alice, now=NOW)
        rows = queries.groups_of(harbour, today=year_on)
        assert [(row.group.name, row.standing.is_late) for row in rows] == [
            ("Forum", True),
            ("Board", False),
        ]
        assert list(queries.open_groups(harbour)) == [forum]
        assert list(queries.open_groups(harbour, GroupKind.BOARD)) == []

    @pytest.mark.usefixtures("no_history")
    def test_both_roll_back_whole(self, forum: Group, board: Group, alice: User) -> None:
        Group.objects.filter(pk=board.pk).update(closed_on=TODAY)
        for act, group in ((actions.close_group, forum), (actions.reopen_group, board)):
            with pytest.raises(DatabaseError):
                act(group=group, by=alice, now=NOW)
        assert sorted(Group.objects.values_list("name", "closed_on")) == [
            ("Board", TODAY),
            ("Forum", None),
        ]
