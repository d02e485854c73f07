"""A group is changed, closed and opened again, on screen; and its calendar."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from committees.enums import GroupKind
from committees.models import Group
from committees.refusals import MEETINGS_AHEAD, NAME_TAKEN
from organisations.models import Organisation
from tests.committees.pages.conftest import HERE
from tests.factories.committees import GroupFactory, MeetingFactory

EDIT = {
    "name": "Race equality committee",
    "meets_every_months": "2",
    "tolerance_days": "7",
    "contact_address": "chair@harbour.example",
    "has_equality_item": "on",
    "revision": "1",
}


class TestEdit:
    def test_it_works(self, as_alice: Client, group: Group) -> None:
        response = as_alice.post(f"{HERE}{group.pk}/edit/", EDIT)
        group.refresh_from_db()
        assert response.headers["Location"] == f"{HERE}{group.pk}/"
        assert (group.name, group.meets_every_months, group.tolerance_days) == (EDIT["name"], 2, 7)
        assert group.has_equality_item is True
        assert "Has race equality on it" in as_alice.get(f"{HERE}{group.pk}/").content.decode()

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"name": ""}, "name"),
            ({"name": "x" * 200}, "name"),
            ({"meets_every_months": "13"}, "meets_every_months"),
            ({"tolerance_days": "61"}, "tolerance_days"),
            ({"tolerance_days": "-1"}, "tolerance_days"),
            ({"tolerance_days": ""}, "tolerance_days"),
            ({"tolerance_days": "many"}, "tolerance_days"),
            ({"contact_address": "nowhere"}, "contact_address"),
        ],
    )
    def test_bad_input_is_named_and_kept(
        self, as_alice: Client, group: Group, change: dict[str, str], field: str
    ) -> None:
        response = as_alice.post(f"{HERE}{group.pk}/edit/", EDIT | change)
        form = response.context["form"]
        assert list(form.errors) == [field]
        assert form[field].value() == change[field]
        group.refresh_from_db()
        assert group.name == "Accountability committee"

    def test_a_taken_name_is_named_and_its_own_is_not(
        self, as_alice: Client, group: Group, network: Group
    ) -> None:
        page = f"{HERE}{group.pk}/edit/"
        taken = as_alice.post(page, EDIT | {"name": network.name})
        assert taken.context["form"].errors == {"name": [NAME_TAKEN]}
        assert as_alice.post(page, EDIT | {"name": group.name}).status_code == 302

    def test_its_kind_is_not_asked_and_a_network_has_no_item(
        self, as_alice: Client, group: Group, network: Group
    ) -> None:
        asked = [
            set(as_alice.get(f"{HERE}{each.pk}/edit/").context["form"].fields)
            for each in (group, network)
        ]
        assert asked == [set(EDIT), set(EDIT) - {"has_equality_item"}]
        as_alice.post(f"{HERE}{network.pk}/edit/", EDIT | {"name": "Network", "kind": "board"})
        network.refresh_from_db()
        assert (network.name, network.kind, network.has_equality_item) == (
            "Network",
            GroupKind.STAFF_NETWORK,
            False,
        )


class TestClose:
    def test_it_closes_and_opens(self, as_alice: Client, group: Group) -> None:
        Group.objects.update(created_at=timezone.localtime() - timedelta(days=400))
        one = f"{HERE}{group.pk}/"
        assert as_alice.post(f"{one}close/", follow=True).status_code == 200
        page, listed = (as_alice.get(each).content.decode() for each in (one, HERE))
        assert "This group is closed" in page
        assert f"{one}meetings/new/" not in page
        assert f"{one}seats/new/" not in page
        assert "not met for too long" not in listed
        assert "Closed" in listed
        as_alice.post(f"{one}reopen/")
        assert "This group is late" in as_alice.get(one).content.decode()

    def test_it_says_why_not(self, as_alice: Client, group: Group) -> None:
        MeetingFactory(group=group, date=timezone.localdate())
        page = as_alice.post(f"{HERE}{group.pk}/close/", follow=True).content.decode()
        assert MEETINGS_AHEAD in page
        group.refresh_from_db()
        assert group.closed_on is None

    def test_who_may(
        self, as_alice: Client, as_bea: Client, as_chidi: Client, client: Client, group: Group
    ) -> None:
        one = f"{HERE}{group.pk}/"
        for page in ("edit", "close", "reopen"):
            address = f"{one}{page}/"
            statuses = [who.post(address).status_code for who in (as_bea, as_chidi)]
            assert statuses == [403, 404]
            assert client.post(address).headers["Location"].startswith("/accounts/login/")
        assert [as_alice.get(f"{one}{page}/").status_code for page in ("close", "reopen")] == [
            405,
            405,
        ]
        assert as_alice.put(f"{one}edit/").status_code == 405
        group.refresh_from_db()
        assert group.closed_on is None

    def test_the_list_goes_on_over_pages(self, as_bea: Client, harbour: Organisation) -> None:
        for _ in range(26):
            GroupFactory(organisation=harbour)
        assert len(as_bea.get(HERE).context["rows"]) == 25
        assert len(as_bea.get(f"{HERE}?page=2").context["rows"]) == 1


class TestCalendar:
    def address(self, group: Group) -> str:
        return f"{HERE}{group.pk}/calendar.ics"

    def test_every_member_has_it(self, as_bea: Client, group: Group) -> None:
        today = timezone.localdate()
        words = {"note": "Who came", "topic": "Private", "changed": "Much"}
        held = MeetingFactory(group=group, date=today - timedelta(days=400), state="held", **words)
        MeetingFactory(group=group, date=today - timedelta(days=401))
        ahead = MeetingFactory(
            group=group, date=today, starts_at=time(9), place="Room 2", state="cancelled"
        )
        response = as_bea.get(self.address(group))
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert response["Content-Disposition"] == 'attachment; filename="meetings.ics"'
        assert "private" in response["Cache-Control"]
        events = list(Calendar.from_ical(response.content).walk("VEVENT"))
        assert [str(event["uid"]) for event in events] == [
            f"meeting-{held.pk}",
            f"meeting-{ahead.pk}",
        ]
        assert [str(event["summary"]) for event in events] == [group.name] * 2
        assert [str(event["status"]) for event in events] == ["CONFIRMED", "CANCELLED"]
        for word in words.values():
            assert word not in response.content.decode()

    def test_it_is_fetched_again_only_once_changed(self, as_bea: Client, group: Group) -> None:
        meeting = MeetingFactory(group=group)
        first = as_bea.get(self.address(group))
        again = as_bea.get(self.address(group), headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        meeting.place = "Elsewhere"
        meeting.save()
        after = as_bea.get(self.address(group), headers={"If-None-Match": first["ETag"]})
        assert after.status_code == 200

    def test_nobody_else_has(
        self, as_chidi: Client, client: Client, as_alice: Client, group: Group
    ) -> None:
        assert as_chidi.get(self.address(group)).status_code == 404
        assert client.get(self.address(group)).headers["Location"].startswith("/accounts/login/")
        assert as_alice.post(self.address(group)).status_code == 405

    @pytest.mark.parametrize("rows", [1, 3])
    def test_its_cost_does_not_grow(
        self,
        rows: int,
        as_bea: Client,
        group: Group,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for number in range(rows):
            MeetingFactory(group=group, date=timezone.localdate() + timedelta(days=number))
        with django_assert_num_queries(6):
            as_bea.get(self.address(group))
