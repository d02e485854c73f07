"""Groups and their meetings, on screen."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from committees import actions
from committees.enums import GroupKind, MeetingState
from committees.forms import SeatForm
from committees.models import Group, GroupMember, Meeting
from committees.refusals import (
    DATE_TAKEN,
    NAME_TAKEN,
    NO_MEMBERS,
    NOT_YET,
    GroupRefused,
)
from organisations.models import Organisation, User
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory
from ui.dates import TOO_FAR

HERE = "/o/harbour-minds/groups/"
NEW = {
    "kind": "accountability",
    "name": "Race equality committee",
    "meets_every_months": "3",
    "contact_address": "",
}


@pytest.fixture
def group(harbour: Organisation) -> Group:
    found: Group = GroupFactory(organisation=harbour, name="Accountability committee")
    return found


@pytest.fixture
def network(harbour: Organisation) -> Group:
    found: Group = GroupFactory(
        organisation=harbour,
        kind=GroupKind.STAFF_NETWORK,
        name="Staff network",
        contact_address="network@harbour.example",
    )
    return found


@pytest.fixture
def meeting(group: Group) -> Meeting:
    found: Meeting = MeetingFactory(group=group, date=timezone.localdate())
    return found


@pytest.fixture
def pages(group: Group, meeting: Meeting, bea: User) -> dict[str, str]:
    member = GroupMemberFactory(group=group, user=bea)
    one = f"{HERE}{group.pk}/"
    return {
        "list": HERE,
        "new": f"{HERE}new/",
        "detail": one,
        "seat": f"{one}seats/new/",
        "end": f"{one}seats/{member.pk}/end/",
        "plan": f"{one}meetings/new/",
        "record": f"{one}meetings/{meeting.pk}/",
    }


class TestAccess:
    def test_who_may_open_what(
        self, as_alice: Client, as_bea: Client, as_chidi: Client, pages: dict[str, str]
    ) -> None:
        def statuses(client: Client) -> list[int]:
            return [client.get(pages[p]).status_code for p in pages if p != "end"]

        assert statuses(as_alice) == [200] * 6
        assert statuses(as_bea) == [200, 403, 200, 403, 403, 403]
        assert statuses(as_chidi) == [404] * 6

    def test_who_may_end_a_seat(
        self, as_bea: Client, as_chidi: Client, pages: dict[str, str]
    ) -> None:
        clients = (as_bea, as_chidi)
        assert [client.post(pages["end"]).status_code for client in clients] == [403, 404]
        assert GroupMember.objects.get().to_date is None

    def test_nobody_is_asked_to_sign_in(self, client: Client, pages: dict[str, str]) -> None:
        for page in pages.values():
            assert client.get(page).headers["Location"].startswith("/accounts/login/")

    def test_wrong_methods(self, as_alice: Client, pages: dict[str, str]) -> None:
        assert [as_alice.put(page).status_code for page in pages.values()] == [405] * 7
        assert [as_alice.post(pages[page]).status_code for page in ("list", "detail")] == [405] * 2
        assert as_alice.get(pages["end"]).status_code == 405

    def test_another_organisation_s_group_is_404(
        self, as_alice: Client, northside: Organisation
    ) -> None:
        other = MeetingFactory(group__organisation=northside, group__name="Not yours to see")
        one = f"{HERE}{other.group.pk}/"
        for page in ("", "seats/new/", "meetings/new/", f"meetings/{other.pk}/"):
            assert as_alice.get(one + page).status_code == 404
        assert "Not yours to see" not in as_alice.get(HERE).content.decode()

    def test_another_group_s_meeting_is_404(
        self, as_alice: Client, group: Group, network: Group, meeting: Meeting
    ) -> None:
        assert as_alice.get(f"{HERE}{network.pk}/meetings/{meeting.pk}/").status_code == 404


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
        assert "Alice Adeyemi" not in page
        assert "seats/" not in page
        assert f"meetings/{group.meetings.first().pk}" not in page  # type: ignore[union-attr]

    def test_a_late_group_says_so(self, as_bea: Client, pages: dict[str, str]) -> None:
        Group.objects.update(created_at=timezone.now() - timedelta(days=200))
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
        with django_assert_num_queries(7):
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
        response = as_alice.post(f"{HERE}new/", NEW | {"contact_address": "a@b.example"} | change)
        assert list(response.context["form"].errors) == [field]
        for typed in change.values():
            assert field == "kind" or typed in response.content.decode()
        assert harbour.groups.count() == 0

    def test_a_taken_name_is_named(self, as_alice: Client, group: Group) -> None:
        response = as_alice.post(f"{HERE}new/", NEW | {"name": group.name})
        assert response.context["form"].errors == {"name": [NAME_TAKEN]}


class TestSeats:
    def test_it_works(self, as_alice: Client, group: Group, bea: User) -> None:
        data = {"user": str(bea.pk), "is_chair": "on", "from_date": "2026-01-05"}
        as_alice.post(f"{HERE}{group.pk}/seats/new/", data)
        member = group.members.get()
        assert (member.user, member.is_chair, member.from_date.isoformat()) == (
            bea,
            True,
            "2026-01-05",
        )

    def test_only_members_without_a_seat_are_offered(
        self, as_alice: Client, pages: dict[str, str], chidi: User
    ) -> None:
        form = as_alice.get(pages["seat"]).context["form"]
        assert [label for _, label in form.fields["user"].choices] == [
            "Choose somebody",
            "Alice Adeyemi",
        ]

    def test_a_stranger_cannot_be_chosen(
        self, as_alice: Client, pages: dict[str, str], chidi: User
    ) -> None:
        data = {"user": str(chidi.pk), "from_date": "soon"}
        response = as_alice.post(pages["seat"], data)
        assert list(response.context["form"].errors) == ["user", "from_date"]
        assert 'value="soon"' in response.content.decode()

    def test_a_staff_network_has_no_such_page(
        self, as_alice: Client, network: Group, bea: User
    ) -> None:
        address = f"{HERE}{network.pk}/seats/new/"
        data = {"user": str(bea.pk), "from_date": "2026-01-05"}
        assert as_alice.get(address).status_code == 404
        assert as_alice.post(address, data).status_code == 404

    def test_and_its_form_refuses_them(self, network: Group, bea: User) -> None:
        form = SeatForm(
            {"user": str(bea.pk), "from_date": "2026-01-05"}, group=network, today=date(2026, 1, 5)
        )
        assert form.errors == {"__all__": [NO_MEMBERS]}

    def test_a_seat_ends_today(self, as_alice: Client, pages: dict[str, str]) -> None:
        as_alice.post(pages["end"])
        assert GroupMember.objects.get().to_date == timezone.localdate()
        assert as_alice.post(pages["end"]).status_code == 404

    def test_one_that_has_not_begun_is_taken_back(
        self, as_alice: Client, pages: dict[str, str]
    ) -> None:
        GroupMember.objects.update(from_date=timezone.localdate() + timedelta(days=1))
        assert "Take this seat back?" in as_alice.get(pages["detail"]).content.decode()
        page = as_alice.post(pages["end"], follow=True).content.decode()
        assert "Bea Brown&#x27;s seat is taken back." in page
        assert GroupMember.objects.count() == 0

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_a_day_out_of_reach_is_named(
        self, as_alice: Client, alice: User, pages: dict[str, str], day: str
    ) -> None:
        response = as_alice.post(pages["seat"], {"user": str(alice.pk), "from_date": day})
        assert response.context["form"].errors == {"from_date": [TOO_FAR]}


class TestMeetings:
    def test_one_is_planned(self, as_alice: Client, group: Group) -> None:
        as_alice.post(f"{HERE}{group.pk}/meetings/new/", {"day": "2026-04-01"})
        assert [meeting.date.isoformat() for meeting in group.meetings.all()] == ["2026-04-01"]

    def test_one_that_has_been_goes_on_to_what_happened(
        self, as_alice: Client, group: Group
    ) -> None:
        new, today = f"{HERE}{group.pk}/meetings/new/", timezone.localdate()
        past = as_alice.post(new, {"day": today - timedelta(days=1)})
        meeting = group.meetings.get()
        assert past["Location"] == f"{HERE}{group.pk}/meetings/{meeting.pk}/"
        assert as_alice.post(new, {"day": today})["Location"] == f"{HERE}{group.pk}/"

    @pytest.mark.parametrize("day", ["", "2026-02-30", "next week", "9999-12-31"])
    def test_a_bad_day_is_named_and_kept(self, as_alice: Client, group: Group, day: str) -> None:
        response = as_alice.post(f"{HERE}{group.pk}/meetings/new/", {"day": day})
        assert list(response.context["form"].errors) == ["day"]
        assert day in response.content.decode()

    def test_a_taken_day_is_named(self, as_alice: Client, group: Group, meeting: Meeting) -> None:
        data = {"day": meeting.date.isoformat()}
        response = as_alice.post(f"{HERE}{group.pk}/meetings/new/", data)
        assert response.context["form"].errors == {"day": [DATE_TAKEN]}

    def test_it_is_recorded(
        self, as_alice: Client, pages: dict[str, str], meeting: Meeting
    ) -> None:
        as_alice.post(pages["record"], {"state": "held", "note": "Values and governance."})
        meeting.refresh_from_db()
        assert (meeting.state, meeting.note) == ("held", "Values and governance.")

    def test_what_stands_is_shown(
        self, as_alice: Client, pages: dict[str, str], meeting: Meeting
    ) -> None:
        Meeting.objects.update(state=MeetingState.HELD, note="Values and governance.")
        assert "Values and governance." in as_alice.get(pages["record"]).content.decode()

    @pytest.mark.parametrize("state", ["", "planned", "perhaps"])
    def test_something_must_have_happened(
        self, as_alice: Client, pages: dict[str, str], state: str
    ) -> None:
        response = as_alice.post(pages["record"], {"state": state, "note": "Kept words"})
        assert list(response.context["form"].errors) == ["state"]
        assert "Kept words" in response.content.decode()

    def test_not_before_its_day(
        self, as_alice: Client, pages: dict[str, str], meeting: Meeting
    ) -> None:
        Meeting.objects.update(date=timezone.localdate() + timedelta(days=1))
        response = as_alice.post(pages["record"], {"state": "held"})
        assert response.context["form"].errors == {"state": [NOT_YET]}

    def test_a_network_is_asked_for_no_note(self, as_alice: Client, network: Group) -> None:
        meeting = MeetingFactory(group=network)
        address = f"{HERE}{network.pk}/meetings/{meeting.pk}/"
        assert list(as_alice.get(address).context["form"].fields) == ["state"]
        as_alice.post(address, {"state": "held", "note": "Who came"})
        meeting.refresh_from_db()
        assert (meeting.state, meeting.note) == ("held", "")


@pytest.mark.parametrize(
    ("action", "page", "data"),
    [
        ("create_group", "new", NEW),
        ("add_member", "seat", {"from_date": "2026-01-05"}),
        ("plan_meeting", "plan", {"day": "2026-04-01"}),
        ("record_meeting", "record", {"state": "held"}),
    ],
)
def test_what_a_second_click_meets_is_said_in_words(
    action: str,
    page: str,
    data: dict[str, str],
    as_alice: Client,
    alice: User,
    pages: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(**kwargs: object) -> None:
        raise GroupRefused("Somebody was quicker.")

    monkeypatch.setattr(actions, action, refuse)
    response = as_alice.post(pages[page], {"user": str(alice.pk)} | data)
    assert response.status_code == 200
    assert "Somebody was quicker." in response.content.decode()
