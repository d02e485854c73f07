"""An agenda is put together with buttons alone."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from committees.enums import MeetingState
from committees.models import AgendaItem, Meeting
from committees.refusals import COVERED_STAYS, STANDING_STAYS, WAS_CANCELLED
from organisations.models import Organisation
from recommendations.models import Action
from tests.factories.agenda import AgendaItemFactory
from tests.factories.committees import MeetingFactory
from tests.factories.recommendations import ActionFactory

ITEMS = "/o/harbour-minds/agenda/"
DAY = timedelta(days=1)


@pytest.fixture
def agenda(meeting: Meeting) -> str:
    return f"/o/harbour-minds/meetings/{meeting.pk}/agenda/"


@pytest.fixture
def regular(harbour: Organisation) -> Action:
    found: Action = ActionFactory(
        recommendation__organisation=harbour, cadence=True, title="Report each quarter"
    )
    return found


@pytest.fixture
def item(meeting: Meeting) -> AgendaItem:
    found: AgendaItem = AgendaItemFactory(meeting=meeting, title="The budget")
    return found


class TestAdd:
    def test_it_works(
        self, as_alice: Client, agenda: str, meeting: Meeting, regular: Action
    ) -> None:
        response = as_alice.post(agenda, {"title": "The figures", "action": str(regular.pk)})
        assert response.headers["Location"] == agenda
        item = meeting.agenda.get()
        assert (item.title, item.action, item.recommendation) == (
            "The figures",
            regular,
            regular.recommendation,
        )

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"title": ""}, "title"),
            ({"title": "x" * 300}, "title"),
            ({"recommendation": "nothing"}, "recommendation"),
            ({"action": "7d3c5c7e-0000-4000-8000-000000000000"}, "action"),
        ],
    )
    def test_bad_input_is_named_and_kept(
        self, as_alice: Client, agenda: str, regular: Action, change: dict[str, str], field: str
    ) -> None:
        response = as_alice.post(agenda, {"title": "Kept words"} | change)
        form = response.context["form"]
        assert list(form.errors) == [field]
        assert form["title"].value() == ({"title": "Kept words"} | change)["title"]

    def test_without_any_recommendation_none_is_asked_for(
        self, as_alice: Client, agenda: str
    ) -> None:
        assert list(as_alice.get(agenda).context["form"].fields) == ["title"]

    def test_not_to_what_was_cancelled(
        self, as_alice: Client, agenda: str, meeting: Meeting
    ) -> None:
        Meeting.objects.update(state=MeetingState.CANCELLED)
        response = as_alice.post(agenda, {"title": "Kept words"})
        assert response.context["form"].errors == {"__all__": [WAS_CANCELLED]}
        assert "Kept words" in response.content.decode()

    @pytest.mark.parametrize("rows", [1, 3])
    def test_its_cost_does_not_grow(
        self,
        rows: int,
        as_alice: Client,
        agenda: str,
        meeting: Meeting,
        harbour: Organisation,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(rows):
            action = ActionFactory(recommendation__organisation=harbour, cadence=True)
            AgendaItemFactory(meeting=meeting, action=action, recommendation=action.recommendation)
        with django_assert_num_queries(7):
            assert as_alice.get(agenda).status_code == 200


class TestChange:
    def test_it_is_changed(
        self, as_alice: Client, agenda: str, item: AgendaItem, regular: Action
    ) -> None:
        sent = {
            "title": "The new budget",
            "recommendation": str(regular.recommendation_id),
            "revision": "1",
        }
        assert as_alice.post(f"{ITEMS}{item.pk}/", sent).headers["Location"] == agenda
        item.refresh_from_db()
        assert (item.title, item.recommendation) == ("The new budget", regular.recommendation)

    def test_bad_input_is_named(self, as_alice: Client, item: AgendaItem) -> None:
        response = as_alice.post(f"{ITEMS}{item.pk}/", {"title": "", "revision": "1"})
        assert list(response.context["form"].errors) == ["title"]

    def test_of_the_standing_item_only_links(
        self, as_alice: Client, item: AgendaItem, regular: Action
    ) -> None:
        AgendaItem.objects.update(is_standing=True)
        page = f"{ITEMS}{item.pk}/"
        asked = as_alice.get(page).context["form"].fields
        assert list(asked) == ["recommendation", "action", "revision"]
        as_alice.post(page, {"title": "Something else", "action": str(regular.pk), "revision": "1"})
        item.refresh_from_db()
        assert (item.title, item.action) == ("The budget", regular)

    def test_what_was_covered_says_why_not(self, as_alice: Client, item: AgendaItem) -> None:
        AgendaItem.objects.update(was_covered=True)
        sent = {"title": "Kept words", "revision": "1"}
        refused = as_alice.post(f"{ITEMS}{item.pk}/", sent)
        assert refused.context["form"].errors == {"__all__": [COVERED_STAYS]}
        page = as_alice.post(f"{ITEMS}{item.pk}/remove/", follow=True).content.decode()
        assert COVERED_STAYS in page
        assert AgendaItem.objects.count() == 1


class TestMoveAndRemove:
    def test_they_work(
        self, as_alice: Client, agenda: str, meeting: Meeting, item: AgendaItem
    ) -> None:
        other = AgendaItemFactory(meeting=meeting, title="First of all", position=item.position + 1)
        for way, titles in (
            ("up", ["First of all", "The budget"]),
            ("up", ["First of all", "The budget"]),
            ("sideways", ["First of all", "The budget"]),
            ("down", ["The budget", "First of all"]),
        ):
            response = as_alice.post(f"{ITEMS}{other.pk}/move/", {"way": way})
            assert response.headers["Location"] == agenda
            found = meeting.agenda.order_by("position").values_list("title", flat=True)
            assert list(found) == titles
        as_alice.post(f"{ITEMS}{other.pk}/remove/")
        assert list(meeting.agenda.all()) == [item]

    def test_the_standing_item_stays(self, as_alice: Client, item: AgendaItem) -> None:
        AgendaItem.objects.update(is_standing=True)
        page = as_alice.post(f"{ITEMS}{item.pk}/remove/", follow=True).content.decode()
        assert STANDING_STAYS in page
        assert AgendaItem.objects.count() == 1

    def test_nothing_of_what_was_cancelled(self, as_alice: Client, item: AgendaItem) -> None:
        Meeting.objects.update(state=MeetingState.CANCELLED)
        page = as_alice.post(f"{ITEMS}{item.pk}/move/", {"way": "up"}, follow=True)
        assert WAS_CANCELLED in page.content.decode()


class TestAccess:
    def test_who_may(
        self,
        as_alice: Client,
        as_bea: Client,
        as_chidi: Client,
        client: Client,
        item: AgendaItem,
        northside: Organisation,
    ) -> None:
        own = f"{ITEMS}{item.pk}/"
        parts = ["", "move/", "remove/"]
        for who, expected in ((as_bea, 403), (as_chidi, 404), (client, 302)):
            assert [who.post(own + part).status_code for part in parts] == [expected] * 3
        assert [as_alice.get(own + part).status_code for part in parts] == [200, 405, 405]
        assert as_alice.put(own).status_code == 405
        theirs = AgendaItemFactory(meeting=MeetingFactory(group__organisation=northside))
        page = f"{ITEMS}{theirs.pk}/"
        assert [as_alice.post(page + part).status_code for part in parts] == [404] * 3
        assert AgendaItem.objects.count() == 2
