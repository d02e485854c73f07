"""Groups, on screen."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from committees.enums import MeetingState
from committees.models import Group
from committees.refusals import NAME_TAKEN
from organisations.models import Organisation, User
from tests.committees.pages.conftest import HERE, NEW
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory


class TestList:
    def test_late_ones_come_first(self, as_bea: Client, harbour: Organisation) -> None:
        now = timezone.now()
        GroupFactory(organisation=harbour, name="Board")
        GroupFactory(organisation=harbour, name="Forum", created_at=now - timedelta(days=200))
        response = as_bea.get(HERE)
        assert [row.group.name for row in response.context["rows"]] == ["Forum", "Board"]
        assert (response.context["late"], response.context["missed"]) == (1, 0)
        assert "1 group has not met for too long" in response.content.decode()

    def test_a_missed_meeting_shows(self, as_bea: Client, group: Group) -> None:
        MeetingFactory(group=group, date=timezone.localdate() - timedelta(days=1))
        page = as_bea.get(HERE).content.decode()
        assert "1 planned meeting was missed or not recorded" in page
        assert "Missed a meeting" in page

    def test_dates_come_from_what_was_held_and_planned(self, as_bea: Client, group: Group) -> None:
        today = timezone.localdate()
        for days, state in ((-9, "held"), (-5, "cancelled"), (4, "planned"), (8, "planned")):
            MeetingFactory(group=group, date=today + timedelta(days=days), state=state)
        (row,) = as_bea.get(HERE).context["rows"]
        assert (row.standing.last_held, row.standing.next_planned, row.standing.missed) == (
            today - timedelta(days=9),
            today + timedelta(days=4),
            0,
        )

    @pytest.mark.parametrize("rows", [1, 3])
    def test_its_cost_does_not_grow(
        self,
        rows: int,
        as_bea: Client,
        harbour: Organisation,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(rows):
            group = GroupFactory(organisation=harbour)
            MeetingFactory(group=group)
        with django_assert_num_queries(4):
            assert len(as_bea.get(HERE).context["rows"]) == rows

    @pytest.mark.parametrize(("who", "offered"), [("as_alice", True), ("as_bea", False)])
    def test_empty_it_says_what_to_do(
        self, who: str, offered: bool, request: pytest.FixtureRequest
    ) -> None:
        page = request.getfixturevalue(who).get(HERE).content.decode()
        assert "No groups yet" in page
        assert (f"{HERE}new/" in page) is offered


class TestDetail:
    def test_it_shows_meetings_and_seats(
        self, as_bea: Client, pages: dict[str, str], group: Group, alice: User
    ) -> None:
        today = timezone.localdate()
        MeetingFactory(group=group, date=today - timedelta(days=1))
        MeetingFactory(group=group, date=today - timedelta(days=2), state=MeetingState.HELD)
        MeetingFactory(group=group, date=today - timedelta(days=3), state=MeetingState.CANCELLED)
        GroupMemberFactory(
            group=group,
            user=alice,
            from_date=today - timedelta(days=9),
            to_date=today - timedelta(days=1),
        )
        page = as_bea.get(pages["detail"]).content.decode()
        for word in ("Planned", "Missed", "Held", "Cancelled", "Bea Brown"):
            assert word in page
        assert page.index("Who sat here before") < page.index("Alice Adeyemi")
        assert "seats/" not in page
        assert f"{pages['detail']}meetings/" not in page

    def test_a_late_group_says_so(self, as_bea: Client, pages: dict[str, str]) -> None:
        Group.objects.update(created_at=timezone.localtime() - timedelta(days=200))
        page = as_bea.get(pages["detail"]).content.decode()
        assert "This group is late" in page
        assert "It has not met yet." in page

    def test_a_staff_network_shows_a_contact_and_no_members(
        self, as_alice: Client, network: Group
    ) -> None:
        page = as_alice.get(f"{HERE}{network.pk}/").content.decode()
        assert "network@harbour.example" in page
        assert "A staff network has no list of members here" in page
        assert "seats/" not in page

    @pytest.mark.parametrize("rows", [1, 3])
    def test_its_cost_does_not_grow(
        self,
        rows: int,
        as_alice: Client,
        group: Group,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        today = timezone.localdate()
        for number in range(rows):
            MeetingFactory(group=group, date=today + timedelta(days=number))
            GroupMemberFactory(group=group)
        with django_assert_num_queries(9):
            assert as_alice.get(f"{HERE}{group.pk}/").status_code == 200


class TestCreate:
    def test_it_works(self, as_alice: Client, harbour: Organisation) -> None:
        response = as_alice.post(f"{HERE}new/", NEW)
        group = harbour.groups.get()
        assert response.headers["Location"] == f"{HERE}{group.pk}/"
        assert (group.kind, group.name, group.meets_every_months) == (
            "accountability",
            "Race equality committee",
            3,
        )

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"kind": "club"}, "kind"),
            ({"name": "x" * 10_000}, "name"),
            ({"name": ""}, "name"),
            ({"meets_every_months": "0"}, "meets_every_months"),
            ({"meets_every_months": "13"}, "meets_every_months"),
            ({"meets_every_months": "often"}, "meets_every_months"),
            ({"contact_address": "nowhere"}, "contact_address"),
        ],
    )
    def test_bad_input_is_named_and_kept(
        self, as_alice: Client, harbour: Organisation, change: dict[str, str], field: str
    ) -> None:
        sent = NEW | {"contact_address": "a@b.example"} | change
        response = as_alice.post(f"{HERE}new/", sent)
        assert list(response.context["form"].errors) == [field]
        kept = {name: response.context["form"][name].value() for name in sent}
        assert kept == sent
        assert harbour.groups.count() == 0

    def test_a_taken_name_is_named(self, as_alice: Client, group: Group) -> None:
        response = as_alice.post(f"{HERE}new/", NEW | {"name": group.name})
        assert response.context["form"].errors == {"name": [NAME_TAKEN]}
