"""Reporting progress, and the response of the organisation."""

import pytest
from django.test import Client

from organisations.models import User
from recommendations.enums import Rating, State
from recommendations.models import Recommendation
from recommendations.refusals import CLOSED, REASON_NEEDED
from tests.factories.deciding import closed_by_decision


class TestUpdateForm:
    def test_it_works(
        self, as_lead: Client, here: str, recommendation: Recommendation, lead: User
    ) -> None:
        response = as_lead.post(here + "update/", {"rating": "on_track", "text": "All set."})
        assert response.headers["Location"] == here
        update = recommendation.updates.get()
        assert (update.by, update.rating, update.text) == (lead, Rating.ON_TRACK, "All set.")
        recommendation.refresh_from_db()
        assert recommendation.state == State.IN_PROGRESS

    def test_it_opens(self, as_lead: Client, here: str) -> None:
        assert as_lead.get(here + "update/").status_code == 200

    @pytest.mark.parametrize(
        ("data", "field"),
        [
            ({"text": "Kept words"}, "rating"),
            ({"rating": "splendid", "text": "Kept words"}, "rating"),
            ({"rating": "on_track", "text": ""}, "text"),
            ({"rating": "on_track", "text": "x" * 10_000}, "text"),
        ],
    )
    def test_bad_input_is_named_and_kept(
        self, as_lead: Client, here: str, data: dict[str, str], field: str
    ) -> None:
        response = as_lead.post(here + "update/", data)
        assert response.status_code == 200
        assert list(response.context["form"].errors) == [field]
        assert data["text"] in response.content.decode()

    def test_a_closed_one_is_refused_in_words(
        self, as_lead: Client, here: str, recommendation: Recommendation
    ) -> None:
        closed_by_decision(Recommendation.objects.get())
        response = as_lead.post(here + "update/", {"rating": "on_track", "text": "Kept words"})
        page = response.content.decode()
        assert CLOSED in page
        assert "Kept words" in page
        assert recommendation.updates.count() == 0


class TestResponseForm:
    def test_it_works(self, as_alice: Client, here: str, recommendation: Recommendation) -> None:
        data = {"response": "not_accepted", "reason": "Done already."}
        assert as_alice.post(here + "response/", data).headers["Location"] == here
        recommendation.refresh_from_db()
        assert (recommendation.response, recommendation.response_reason) == (
            "not_accepted",
            "Done already.",
        )

    def test_it_shows_what_stands(self, as_alice: Client, here: str) -> None:
        Recommendation.objects.update(response="not_accepted", response_reason="Done already.")
        assert "Done already." in as_alice.get(here + "response/").content.decode()

    @pytest.mark.parametrize("response", ["accepted_in_part", "not_accepted"])
    def test_a_reason_is_asked_for(self, as_alice: Client, here: str, response: str) -> None:
        page = as_alice.post(here + "response/", {"response": response, "reason": " "})
        assert page.context["form"].errors == {"reason": [REASON_NEEDED]}

    def test_a_closed_one_is_refused_in_words(self, as_alice: Client, here: str) -> None:
        closed_by_decision(Recommendation.objects.get())
        assert f"{here}response/" not in as_alice.get(here).content.decode()
        data = {"response": "not_accepted", "reason": "Kept words"}
        page = as_alice.post(here + "response/", data).content.decode()
        assert CLOSED in page
        assert "Kept words" in page

    @pytest.mark.parametrize("response", ["", "none_yet", "perhaps"])
    def test_a_response_is_one_of_three(self, as_alice: Client, here: str, response: str) -> None:
        page = as_alice.post(here + "response/", {"response": response, "reason": "Kept words"})
        assert list(page.context["form"].errors) == ["response"]
        assert "Kept words" in page.content.decode()

    def test_too_long_a_reason_is_named_once(self, as_alice: Client, here: str) -> None:
        data = {"response": "not_accepted", "reason": "x" * 10_000}
        page = as_alice.post(here + "response/", data)
        assert [len(errors) for errors in page.context["form"].errors.values()] == [1]
