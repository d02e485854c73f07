"""Meetings of a group, on screen."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from committees.enums import MeetingState
from committees.models import Group, Meeting
from committees.refusals import DATE_TAKEN, NOT_YET
from tests.committees.pages.conftest import HERE
from tests.factories.committees import MeetingFactory

OVER = {"revision": "1"}


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
        ahead = as_alice.post(new, {"day": today})
        planned = group.meetings.get(date=today)
        assert ahead["Location"] == f"/o/harbour-minds/meetings/{planned.pk}/"

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
        as_alice.post(pages["record"], {"state": "held", "note": "Values and governance.", **OVER})
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
        response = as_alice.post(pages["record"], {"state": state, "note": "Kept words", **OVER})
        assert list(response.context["form"].errors) == ["state"]
        assert "Kept words" in response.content.decode()

    def test_not_before_its_day(
        self, as_alice: Client, pages: dict[str, str], meeting: Meeting
    ) -> None:
        Meeting.objects.update(date=timezone.localdate() + timedelta(days=1))
        response = as_alice.post(pages["record"], {"state": "held", **OVER})
        assert response.context["form"].errors == {"state": [NOT_YET]}

    def test_a_network_is_asked_for_no_note(self, as_alice: Client, network: Group) -> None:
        meeting = MeetingFactory(group=network)
        address = f"{HERE}{network.pk}/meetings/{meeting.pk}/"
        assert list(as_alice.get(address).context["form"].fields) == ["revision", "state"]
        as_alice.post(address, {"state": "held", "note": "Who came", **OVER})
        meeting.refresh_from_db()
        assert (meeting.state, meeting.note) == ("held", "")
