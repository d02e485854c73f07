"""The page of a meeting: what is before it, what came of it; changing it, and apologies."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from committees.enums import GroupKind, MeetingState
from committees.models import Group, Meeting
from committees.refusals import DATE_TAKEN, NO_SEAT_THAT_DAY, NOT_PLANNED
from organisations.models import Organisation, User
from tests.committees.pages.conftest import HERE
from tests.factories.agenda import AdviceFactory, AgendaItemFactory, ApologyFactory
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory
from tests.factories.deciding import closed_by_decision
from tests.factories.recommendations import ActionFactory, RecommendationFactory

MEETINGS = "/o/harbour-minds/meetings/"
DAY = timedelta(days=1)
OVER = {"revision": "1"}


def address(meeting: Meeting, page: str = "") -> str:
    return f"{MEETINGS}{meeting.pk}/{page}"


@pytest.fixture
def forum(harbour: Organisation) -> Group:
    found: Group = GroupFactory(organisation=harbour, kind=GroupKind.FORUM, name="Forum")
    return found


@pytest.fixture
def seminar(forum: Group) -> Meeting:
    found: Meeting = MeetingFactory(group=forum, kind="seminar", topic="Waiting times")
    return found


class TestDetail:
    def test_it_shows_what_is_before_it(
        self, as_alice: Client, as_bea: Client, meeting: Meeting, harbour: Organisation
    ) -> None:
        RecommendationFactory(organisation=harbour, title="Publish the pay gap")
        AdviceFactory(organisation=harbour, title="Say who gained")
        AgendaItemFactory(meeting=meeting, title="The budget")
        pages = [who.get(address(meeting)).content.decode() for who in (as_alice, as_bea)]
        for page in pages:
            assert "Publish the pay gap" in page
            assert "The budget" in page
        assert ["Say who gained" in page for page in pages] == [True, False]
        assert ["Record what happened" in page for page in pages] == [True, False]

    def test_it_shows_what_came_of_it(
        self, as_bea: Client, seminar: Meeting, harbour: Organisation, bea: User
    ) -> None:
        action = ActionFactory(
            recommendation__organisation=harbour, cadence=True, title="Quarterly"
        )
        AgendaItemFactory(meeting=seminar, action=action, was_covered=True)
        AgendaItemFactory(meeting=seminar, was_covered=False)
        ApologyFactory(meeting=seminar, member__user=bea)
        Meeting.objects.update(
            state=MeetingState.HELD, headcount=24, changed="Letters are plain.", note="Went well."
        )
        page = as_bea.get(address(seminar)).content.decode()
        shown = ("Held", "24", "Waiting times", "Letters are plain.", "Went well.", "Bea Brown")
        for words in (*shown, "Counts towards", "Quarterly", "Covered", "Not covered"):
            assert words in page

    def test_decisions_are_on_it(self, as_bea: Client, harbour: Organisation) -> None:
        closed_by_decision(RecommendationFactory(organisation=harbour, title="Train everybody"))
        page = as_bea.get(address(Meeting.objects.get())).content.decode()
        assert "Train everybody" in page
        assert "Approved" in page

    def test_a_network_s_has_nothing_on_it(self, as_alice: Client, network: Group) -> None:
        meeting = MeetingFactory(group=network)
        page = as_alice.get(address(meeting)).content.decode()
        assert "no agenda, no notes, no names" in page
        for part in ("agenda/", "apologies/"):
            assert part not in page
            assert as_alice.get(address(meeting, part)).status_code == 404

    def test_a_missed_one_says_so(self, as_bea: Client, meeting: Meeting) -> None:
        Meeting.objects.update(date=timezone.localdate() - DAY)
        page = as_bea.get(address(meeting)).content.decode()
        assert "This meeting was missed or not recorded" in page

    @pytest.mark.parametrize("rows", [1, 3])
    def test_its_cost_does_not_grow(
        self,
        rows: int,
        as_alice: Client,
        meeting: Meeting,
        harbour: Organisation,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(rows):
            linked = RecommendationFactory(organisation=harbour)
            AgendaItemFactory(meeting=meeting, recommendation=linked)
            AdviceFactory(organisation=harbour)
            ApologyFactory(meeting=meeting)
        with django_assert_num_queries(12):
            assert as_alice.get(address(meeting)).status_code == 200


class TestEdit:
    def test_it_is_moved(self, as_alice: Client, meeting: Meeting) -> None:
        day = meeting.date + DAY
        sent = {"day": day.isoformat(), "starts_at": "09:30", "place": "Room 2", **OVER}
        response = as_alice.post(address(meeting, "edit/"), sent)
        assert response.headers["Location"] == address(meeting)
        meeting.refresh_from_db()
        assert (meeting.date, f"{meeting.starts_at:%H:%M}", meeting.place) == (
            day,
            "09:30",
            "Room 2",
        )

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"day": ""}, "day"),
            ({"day": "9999-12-31"}, "day"),
            ({"starts_at": "half past"}, "starts_at"),
            ({"place": "x" * 200}, "place"),
            ({"kind": "party"}, "kind"),
            ({"kind": "workshop", "topic": ""}, "topic"),
            ({"topic": "x" * 300}, "topic"),
        ],
    )
    def test_bad_input_is_named_and_kept(
        self, as_alice: Client, seminar: Meeting, change: dict[str, str], field: str
    ) -> None:
        sent = {"day": "2026-11-30", "kind": "seminar", "topic": "Waiting", "place": "Here", **OVER}
        response = as_alice.post(address(seminar, "edit/"), sent | change)
        form = response.context["form"]
        assert list(form.errors) == [field]
        assert form[field].value() == change[field]
        assert form["place"].value() == (sent | change)["place"]

    def test_a_taken_day_and_one_that_is_recorded(
        self, as_alice: Client, group: Group, meeting: Meeting
    ) -> None:
        other = MeetingFactory(group=group, date=meeting.date + DAY)
        taken = as_alice.post(address(meeting, "edit/"), OVER | {"day": other.date.isoformat()})
        assert taken.context["form"].errors == {"day": [DATE_TAKEN]}
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.HELD)
        sent = {"day": meeting.date.isoformat(), "place": "Kept", **OVER}
        refused = as_alice.post(address(meeting, "edit/"), sent)
        assert refused.context["form"].errors == {"__all__": [NOT_PLANNED]}
        assert "Kept" in refused.content.decode()

    def test_only_a_forum_is_asked_for_a_topic(
        self, as_alice: Client, group: Group, forum: Group
    ) -> None:
        asked = [
            list(as_alice.get(f"{HERE}{each.pk}/meetings/new/").context["form"].fields)
            for each in (group, forum)
        ]
        assert asked == [
            ["day", "starts_at", "place"],
            ["day", "starts_at", "place", "kind", "topic"],
        ]


class TestRecord:
    def record(self, meeting: Meeting) -> str:
        return f"{HERE}{meeting.group_id}/meetings/{meeting.pk}/"

    def test_what_was_covered_counts(
        self, as_alice: Client, seminar: Meeting, harbour: Organisation
    ) -> None:
        action = ActionFactory(recommendation__organisation=harbour, cadence=True)
        item = AgendaItemFactory(meeting=seminar, action=action)
        sent = {"state": "held", "covered": [str(item.pk)], "headcount": "24", "changed": "Much"}
        as_alice.post(self.record(seminar), sent | OVER)
        occurrence = action.occurrences.get()
        assert (occurrence.topic, occurrence.headcount) == ("Waiting times", 24)

    @pytest.mark.parametrize("headcount", ["-1", "many", "100001"])
    def test_a_bad_count_is_named_and_kept(
        self, as_alice: Client, seminar: Meeting, headcount: str
    ) -> None:
        sent = {"state": "held", "headcount": headcount, "note": "Kept words", **OVER}
        response = as_alice.post(self.record(seminar), sent)
        assert list(response.context["form"].errors) == ["headcount"]
        assert "Kept words" in response.content.decode()

    def test_an_item_of_elsewhere_is_named(
        self, as_alice: Client, seminar: Meeting, meeting: Meeting
    ) -> None:
        AgendaItemFactory(meeting=seminar)
        item = AgendaItemFactory(meeting=meeting)
        sent = {"state": "held", "covered": [str(item.pk)], **OVER}
        response = as_alice.post(self.record(seminar), sent)
        assert list(response.context["form"].errors) == ["covered"]

    def test_nobody_is_asked_who_came(self, as_alice: Client, seminar: Meeting) -> None:
        AgendaItemFactory(meeting=seminar)
        fields = as_alice.get(self.record(seminar)).context["form"].fields
        assert list(fields) == ["revision", "state", "covered", "headcount", "changed", "note"]


class TestApologies:
    def test_they_are_saved(
        self, as_alice: Client, meeting: Meeting, bea: User, group: Group
    ) -> None:
        seat = GroupMemberFactory(group=group, user=bea)
        as_alice.post(address(meeting, "apologies/"), {"seats": [str(seat.pk)]})
        assert [each.member for each in meeting.apologies.all()] == [seat]
        assert "checked" in as_alice.get(address(meeting, "apologies/")).content.decode()

    @pytest.mark.parametrize("left", [{"to_date": -1}, {"from_date": 1}])
    def test_only_of_people_with_a_seat_that_day(
        self, as_alice: Client, meeting: Meeting, group: Group, left: dict[str, Any]
    ) -> None:
        today = timezone.localdate()
        dates = {"from_date": today - 9 * DAY} | {
            name: today + days * DAY for name, days in left.items()
        }
        seat = GroupMemberFactory(group=group, **dates)
        sent = {"seats": [str(seat.pk)]}
        response = as_alice.post(address(meeting, "apologies/"), sent)
        assert response.context["form"].errors == {"seats": [NO_SEAT_THAT_DAY]}
        assert "nobody to send apologies" in response.content.decode()


class TestAccess:
    def test_who_may(
        self, as_alice: Client, as_bea: Client, as_chidi: Client, client: Client, meeting: Meeting
    ) -> None:
        parts = ["", "edit/", "agenda/", "apologies/"]
        for who, expected in (
            (as_alice, [200] * 4),
            (as_bea, [200, 403, 403, 403]),
            (as_chidi, [404] * 4),
            (client, [302] * 4),
        ):
            statuses = [who.get(address(meeting, part)).status_code for part in parts]
            assert statuses == expected
        assert [as_alice.put(address(meeting, part)).status_code for part in parts] == [405] * 4
        assert as_alice.post(address(meeting)).status_code == 405

    def test_another_organisation_s_is_404(self, as_alice: Client, northside: Organisation) -> None:
        theirs = MeetingFactory(group__organisation=northside)
        parts = ["", "edit/", "agenda/", "apologies/"]
        assert [as_alice.get(address(theirs, part)).status_code for part in parts] == [404] * 4
