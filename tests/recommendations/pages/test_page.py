"""One recommendation: its page, and who may open it and its forms."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.models import User
from recommendations.enums import State
from recommendations.models import Recommendation
from tests.factories.deciding import closed_by_decision, moved_by_decision
from tests.factories.recommendations import ActionFactory, ProgressUpdateFactory
from tests.recommendations.pages.conftest import take_on

FORMS = ("update", "owners", "response")


class TestAccess:
    @pytest.mark.parametrize("page", ["", "update/", "owners/", "response/"])
    def test_a_stranger_gets_404(self, as_chidi: Client, here: str, lead: User, page: str) -> None:
        assert as_chidi.get(here + page).status_code == 404
        assert (
            as_chidi.get((here + page).replace("harbour-minds", "northside-trust")).status_code
            == 404
        )

    @pytest.mark.parametrize("page", ["", "update/", "owners/", "response/"])
    def test_nobody_is_asked_to_sign_in(self, client: Client, here: str, page: str) -> None:
        assert client.get(here + page).headers["Location"].startswith("/accounts/login/")

    @pytest.mark.parametrize("page", ["update/", "owners/", "response/"])
    def test_a_member_without_the_part_gets_403(
        self, as_bea: Client, here: str, lead: User, page: str
    ) -> None:
        assert as_bea.get(here + page).status_code == 403
        assert as_bea.post(here + page).status_code == 403

    @pytest.mark.parametrize("page", ["update/", "owners/", "response/"])
    def test_the_forms_refuse_put(self, as_alice: Client, here: str, page: str) -> None:
        assert as_alice.put(here + page).status_code == 405

    def test_the_page_rejects_post(self, as_alice: Client, here: str) -> None:
        assert as_alice.post(here).status_code == 405

    def test_a_coordinator_does_not_report_for_the_lead(
        self, as_alice: Client, here: str, lead: User
    ) -> None:
        assert as_alice.get(here + "update/").status_code == 403

    def test_an_unknown_one_is_404(self, as_alice: Client) -> None:
        address = "/o/harbour-minds/recommendations/00000000-0000-0000-0000-000000000000/"
        pages = ["", "update/", "owners/", "response/"]
        assert [as_alice.get(address + page).status_code for page in pages] == [404] * 4


class TestPage:
    def test_it_tells_the_whole_story(
        self, as_bea: Client, here: str, lead: User, recommendation: Recommendation
    ) -> None:
        ProgressUpdateFactory(recommendation=recommendation, by=lead, text="A first draft exists.")
        page = as_bea.get(here).content.decode()
        for text in (
            "Meet quarterly",
            recommendation.text,
            recommendation.source.title,
            "No response yet",
            "Dilys Evans",
            "At least one piece of evidence: a file, a link or a dated note.",
            "A draft until the lead accepts it",
            "A first draft exists.",
            "0 of 1 shown to be done",
        ):
            assert text in page

    def test_staff_see_no_buttons(self, as_bea: Client, here: str, lead: User) -> None:
        page = as_bea.get(here).content.decode()
        for form in (*FORMS, "accept"):
            assert f"{form}/" not in page

    def test_the_lead_sees_theirs(
        self, as_lead: Client, here: str, recommendation: Recommendation
    ) -> None:
        page = as_lead.get(here).content.decode()
        assert [f"{here}{form}/" in page for form in FORMS] == [True, False, False]
        assert "Take this on" in page

    def test_the_coordinator_sees_theirs(self, as_alice: Client, here: str, lead: User) -> None:
        page = as_alice.get(here).content.decode()
        assert [f"{here}{form}/" in page for form in FORMS] == [False, True, True]
        assert "Take this on" not in page

    def test_a_closed_one_offers_nothing_to_its_lead(
        self, as_lead: Client, here: str, recommendation: Recommendation
    ) -> None:
        closed_by_decision(
            recommendation,
            state=State.CLOSED_NOT_IMPLEMENTED,
            at=datetime(2026, 1, 5, 12, tzinfo=UTC),
        )
        Recommendation.objects.update(state_reason="The service closed.")
        page = as_lead.get(here).content.decode()
        assert "The service closed." in page
        assert "5 January 2026" in page
        assert f"{here}update/" not in page
        assert "Take this on" not in page

    def test_a_lead_who_has_left_is_said_to_have_left(
        self, as_bea: Client, here: str, lead: User
    ) -> None:
        assert "has left" not in as_bea.get(here).content.decode()
        lead.memberships.update(ended_at=timezone.now())
        assert "has left" in as_bea.get(here).content.decode()

    def test_a_moved_date_shows_both(
        self, as_bea: Client, here: str, lead: User, recommendation: Recommendation
    ) -> None:
        take_on(recommendation.actions.get(), lead)
        moved_by_decision(recommendation.actions.get(), timezone.localdate() + timedelta(days=54))
        page = as_bea.get(here).content.decode()
        assert "moved once, 14 days" in page

    def test_text_in_any_script_is_shown_as_typed(
        self, as_bea: Client, here: str, lead: User, recommendation: Recommendation
    ) -> None:
        text = "مرحبا <script>alert(1)</script> 🪑 Ẹ kú iṣẹ́"
        ProgressUpdateFactory(recommendation=recommendation, by=lead, text=text)
        page = as_bea.get(here).content.decode()
        assert "مرحبا &lt;script&gt;alert(1)&lt;/script&gt; 🪑 Ẹ kú iṣẹ́" in page

    @pytest.mark.parametrize("rows", [1, 3])
    def test_its_cost_does_not_grow(
        self,
        rows: int,
        as_bea: Client,
        here: str,
        recommendation: Recommendation,
        alice: User,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        ActionFactory.create_batch(rows, recommendation=recommendation, responsible_owner=alice)
        ProgressUpdateFactory.create_batch(rows, recommendation=recommendation, by=alice)
        with django_assert_num_queries(9):
            assert as_bea.get(here).status_code == 200
