"""The pages on which closing is proposed, taken back and looked at again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.models import User
from recommendations.closing import OUTCOME_OR_ACTIVITY, OUTCOME_OWED, REASON_OWED
from recommendations.models import ClosureProposal, Recheck, Recommendation
from tests.factories.closing import due_recheck, proposed
from tests.factories.committees import seated_in
from tests.factories.deciding import closed_by_decision
from tests.factories.recommendations import ActionFactory
from tests.recommendations.closing.conftest import NOW, taken_away

CHECKS = "/o/harbour-minds/recommendations/checks/"
CLOSING = "/o/harbour-minds/recommendations/closing/"
DONE = {"wanted": "closed_implemented", "outcome": "Waiting times are shorter.", "reason": ""}


class TestPropose:
    def test_it_works(self, as_lead: Client, here: str, proven: Recommendation) -> None:
        assert as_lead.get(here + "closing/").status_code == 200
        done = as_lead.post(here + "closing/", DONE)
        assert done["Location"] == here
        proposal = ClosureProposal.objects.get()
        assert (proposal.outcome, proposal.is_activity_only) == (DONE["outcome"], False)

    def test_activity_only(self, as_sponsor: Client, here: str, proven: Recommendation) -> None:
        as_sponsor.post(here + "closing/", DONE | {"outcome": "", "is_activity_only": "on"})
        assert ClosureProposal.objects.get().is_activity_only

    @pytest.mark.parametrize(
        ("said", "field", "error"),
        [
            ({"reason": ""}, "wanted", "Choose one of the three."),
            ({"wanted": "closed"}, "wanted", "Select a valid choice. closed is not one of"),
            (DONE | {"outcome": ""}, "outcome", OUTCOME_OWED),
            (DONE | {"is_activity_only": "on"}, "outcome", OUTCOME_OR_ACTIVITY),
            ({"wanted": "closed_superseded", "reason": " "}, "reason", REASON_OWED),
            (DONE | {"outcome": "x" * 4001}, "outcome", "Use 4000 characters or fewer."),
        ],
    )
    def test_bad_input_is_told_at_its_field(
        self,
        as_lead: Client,
        here: str,
        proven: Recommendation,
        said: dict[str, str],
        field: str,
        error: str,
    ) -> None:
        page = as_lead.post(here + "closing/", said)
        assert page.status_code == 200
        assert page.context["form"].errors[field][0].startswith(error)
        assert ClosureProposal.objects.count() == 0

    def test_what_was_typed_stays(self, as_lead: Client, here: str, proven: Recommendation) -> None:
        taken_away(proven, 2)
        page = as_lead.post(here + "closing/", DONE)
        assert page.context["form"].errors == {"wanted": ["Action 2 is not shown to be done yet."]}
        assert "Waiting times are shorter.</textarea>" in page.content.decode()

    def test_what_is_missing_is_named(
        self, as_lead: Client, here: str, proven: Recommendation
    ) -> None:
        action = proven.actions.get(position=2)
        assert "It cannot be proposed" not in as_lead.get(here + "closing/").content.decode()
        taken_away(proven, 2)
        page = as_lead.get(here + "closing/").content.decode()
        assert "It cannot be proposed as implemented yet" in page
        assert f"Action 2: {action.title}" in page
        assert f"/actions/{action.pk}/" in page

    @pytest.mark.parametrize("end", ["proposed", "closed"])
    def test_when_there_is_nothing_to_propose(
        self, as_lead: Client, here: str, proven: Recommendation, lead: User, end: str
    ) -> None:
        if end == "closed":
            closed_by_decision(proven, at=NOW)
        else:
            proposed(proven, by=lead, at=NOW)
        page = as_lead.get(here + "closing/")
        assert "<textarea" not in page.content.decode()
        again = as_lead.post(here + "closing/", DONE)
        assert again.status_code == 200
        assert again.context["form"].errors

    @pytest.mark.parametrize("who", ["alice", "bea"])
    def test_a_role_is_not_enough(
        self, as_alice: Client, as_bea: Client, here: str, proven: Recommendation, who: str
    ) -> None:
        client = {"alice": as_alice, "bea": as_bea}[who]
        assert client.get(here + "closing/").status_code == 403
        assert client.post(here + "closing/", DONE).status_code == 403

    def test_strangers_and_methods(
        self, client: Client, as_chidi: Client, as_lead: Client, here: str
    ) -> None:
        assert as_chidi.get(here + "closing/").status_code == 404
        assert client.get(here + "closing/")["Location"].startswith("/accounts/login/")
        assert as_lead.put(here + "closing/").status_code == 405

    @pytest.mark.parametrize("rows", [1, 3])
    def test_its_cost_does_not_grow(
        self,
        rows: int,
        as_lead: Client,
        here: str,
        recommendation: Recommendation,
        lead: User,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        ActionFactory.create_batch(rows, recommendation=recommendation, responsible_owner=lead)
        with django_assert_num_queries(8):
            assert as_lead.get(here + "closing/").status_code == 200


class TestWithdraw:
    def test_it_works(self, as_lead: Client, here: str, proven: Recommendation, lead: User) -> None:
        proposal = proposed(proven, by=lead, at=NOW)
        address = f"{CLOSING}{proposal.pk}/withdraw/"
        assert [as_lead.post(address)["Location"] for _ in range(2)] == [here, here]
        proposal.refresh_from_db()
        assert proposal.withdrawn_at is not None

    def test_who_else(
        self,
        client: Client,
        as_bea: Client,
        as_chidi: Client,
        as_lead: Client,
        proven: Recommendation,
        lead: User,
    ) -> None:
        address = f"{CLOSING}{proposed(proven, by=lead, at=NOW).pk}/withdraw/"
        assert as_bea.post(address).status_code == 403
        assert as_chidi.post(address).status_code == 404
        assert as_chidi.post(address.replace("harbour-minds", "northside-trust")).status_code == 404
        assert as_lead.get(address).status_code == 405
        assert client.post(address)["Location"].startswith("/accounts/login/")


class TestRecheck:
    @pytest.fixture
    def recheck(self, proven: Recommendation, lead: User) -> Recheck:
        return due_recheck(proven, by=lead)

    def test_it_works(self, as_member: Client, here: str, recheck: Recheck) -> None:
        address = f"{CHECKS}{recheck.pk}/"
        assert "Waiting times are shorter." in as_member.get(address).content.decode()
        done = as_member.post(address, {"result": "not_sustained", "note": "Two teams stopped."})
        assert done["Location"] == here
        assert Recommendation.objects.get().state == "in_progress"

    @pytest.mark.parametrize(
        ("said", "field", "error"),
        [
            ({"note": "Looked."}, "result", "Choose one of the two."),
            ({"result": "sustained"}, "note", "Say what you found, in a sentence or two."),
            ({"result": "sustained", "note": "  "}, "note", "Say what you found"),
        ],
    )
    def test_bad_input_is_told_at_its_field(
        self, as_member: Client, recheck: Recheck, said: dict[str, str], field: str, error: str
    ) -> None:
        page = as_member.post(f"{CHECKS}{recheck.pk}/", said)
        assert page.context["form"].errors[field][0].startswith(error)

    def test_before_its_day(self, as_member: Client, recheck: Recheck) -> None:
        Recheck.objects.update(due_on=timezone.localdate() + timedelta(days=1))
        said = {"result": "sustained", "note": "We looked at two teams."}
        page = as_member.post(f"{CHECKS}{recheck.pk}/", said)
        assert page.context["form"].errors["result"][0].startswith("This can be said from")
        assert "We looked at two teams.</textarea>" in page.content.decode()

    def test_once_it_is_done(self, as_member: Client, recheck: Recheck) -> None:
        address = f"{CHECKS}{recheck.pk}/"
        as_member.post(address, {"result": "sustained", "note": "Looked."})
        assert "This check is done" in as_member.get(address).content.decode()
        page = as_member.post(address, {"result": "sustained", "note": "Again."})
        assert page.context["form"].errors["result"] == ["This check is no longer open."]

    @pytest.mark.parametrize(("who", "status"), [("lead", 403), ("bea", 403), ("chidi", 404)])
    def test_who_may_not(
        self,
        recheck: Recheck,
        as_lead: Client,
        as_bea: Client,
        as_chidi: Client,
        who: str,
        status: int,
    ) -> None:
        client = {"lead": as_lead, "bea": as_bea, "chidi": as_chidi}[who]
        assert client.get(f"{CHECKS}{recheck.pk}/").status_code == status

    def test_not_an_owner_who_sits_on_the_committee(
        self, recheck: Recheck, as_lead: Client, lead: User
    ) -> None:
        seated_in(recheck.recommendation.organisation, lead)
        assert as_lead.get(f"{CHECKS}{recheck.pk}/").status_code == 403

    def test_methods_and_sign_in(self, recheck: Recheck, as_member: Client, client: Client) -> None:
        assert as_member.put(f"{CHECKS}{recheck.pk}/").status_code == 405
        found = client.get(f"{CHECKS}{recheck.pk}/")
        assert found["Location"].startswith("/accounts/login/")
