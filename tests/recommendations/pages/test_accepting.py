"""An action is taken on by whoever leads it."""

import pytest
from django.test import Client

from organisations.models import Organisation, User
from recommendations.assignment import DATE_CHANGED
from recommendations.models import Action, Recommendation
from tests.factories.recommendations import RecommendationFactory
from tests.recommendations.pages.conftest import take_on


@pytest.fixture
def accept_url(here: str, lead: User, recommendation: Recommendation) -> str:
    return f"{here}actions/{recommendation.actions.get().pk}/accept/"


class TestAccept:
    def test_it_works(
        self, as_lead: Client, accept_url: str, here: str, recommendation: Recommendation
    ) -> None:
        action = recommendation.actions.get()
        shown = {"target_date": action.target_date.isoformat()}
        assert f'value="{shown["target_date"]}"' in as_lead.get(here).content.decode()
        assert as_lead.post(accept_url, shown).headers["Location"] == here
        action.refresh_from_db()
        assert action.original_date == action.target_date

    def test_it_rejects_get(self, as_lead: Client, accept_url: str) -> None:
        assert as_lead.get(accept_url).status_code == 405

    def test_everybody_else_gets_403(
        self, as_alice: Client, as_bea: Client, accept_url: str
    ) -> None:
        assert [c.post(accept_url).status_code for c in (as_alice, as_bea)] == [403, 403]
        assert Action.objects.get().accepted_at is None

    def test_a_stranger_gets_404(self, as_chidi: Client, accept_url: str) -> None:
        assert as_chidi.post(accept_url).status_code == 404

    def test_nobody_is_asked_to_sign_in(self, client: Client, accept_url: str) -> None:
        assert client.post(accept_url).headers["Location"].startswith("/accounts/login/")

    def test_another_recommendation_s_action_is_404(
        self,
        as_lead: Client,
        accept_url: str,
        recommendation: Recommendation,
        harbour: Organisation,
    ) -> None:
        other = RecommendationFactory(organisation=harbour)
        address = accept_url.replace(str(recommendation.pk), str(other.pk))
        assert as_lead.post(address).status_code == 404

    @pytest.mark.parametrize("shown", ["2030-01-31", "", "soon"])
    def test_another_date_than_the_one_shown_is_refused(
        self, as_lead: Client, accept_url: str, recommendation: Recommendation, shown: str
    ) -> None:
        page = as_lead.post(accept_url, {"target_date": shown}, follow=True)
        assert DATE_CHANGED in page.content.decode()
        assert recommendation.actions.get().accepted_at is None

    def test_a_new_lead_is_asked(
        self, as_bea: Client, here: str, recommendation: Recommendation, lead: User, bea: User
    ) -> None:
        take_on(recommendation.actions.get(), lead)
        Action.objects.update(responsible_owner=bea, accepted_by=None)
        page = as_bea.get(here).content.decode()
        assert "Stands, and waits for the yes of a lead" in page
        assert "Take this on" in page

    def test_without_a_date_it_says_why(self, as_lead: Client, accept_url: str, here: str) -> None:
        Action.objects.update(target_date=None)
        page = as_lead.post(accept_url, follow=True).content.decode()
        assert "This action has no date yet." in page
