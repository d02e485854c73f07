"""What waits and what was decided: the list, and what it is read from."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from committees.actions import deciding
from committees.enums import View
from committees.models import Decision, Meeting
from committees.queries.deciding import Matter, matters_of
from organisations.models import Organisation, User
from recommendations.enums import Response, Ruling
from recommendations.models import ClosureProposal, Extension, Recommendation
from tests.committees.deciding.conftest import DUE, HERE, LATER, NOW
from tests.factories.closing import proposed
from tests.factories.recommendations import RecommendationFactory, led_recommendation
from ui.dates import in_full

CLOSED: dict[str, Any] = {"pack": None, "ruling": Ruling.APPROVED, "reason": ""}


def settle(proposal: ClosureProposal, meeting: Meeting, by: User, **said: Any) -> Decision:
    return deciding.decide_closure(
        proposal=proposal, meeting=meeting, by=by, **{**CLOSED, "now": NOW, **said}
    )


def brief(matter: Matter) -> tuple[str, str, str]:
    return matter.kind, matter.what, matter.asked_by


class TestMatters:
    def test_the_oldest_first(
        self, proposal: ClosureProposal, extension: Extension, harbour: Organisation, alice: User
    ) -> None:
        old = NOW - timedelta(days=90)
        Recommendation.objects.update(created_at=old, response=Response.ACCEPTED)
        RecommendationFactory(organisation=harbour, created_at=old)
        proposal.opinions.create(by=alice, view=View.AGREE, at=NOW)
        found = matters_of(harbour)
        assert [brief(matter) for matter in found] == [
            ("response", "Does the organisation agree?", ""),
            ("closure", "As superseded", "Dilys Evans"),
            ("extension", f"Action 1, from {in_full(DUE)} to {in_full(LATER)}", "Dilys Evans"),
        ]
        assert [said.who for said in found[1].opinions] == ["Alice Adeyemi"]
        assert [matter.url for matter in found[1:]] == [
            f"{HERE}closing/{proposal.pk}/",
            f"{HERE}later-date/{extension.pk}/",
        ]

    def test_of_this_organisation_alone(
        self, proposal: ClosureProposal, northside: Organisation
    ) -> None:
        assert matters_of(northside) == []

    def test_what_is_decided_waits_no_more(
        self,
        proposal: ClosureProposal,
        extension: Extension,
        meeting: Meeting,
        chair: User,
        harbour: Organisation,
    ) -> None:
        settle(proposal, meeting, chair)
        assert matters_of(harbour) == []

    @pytest.mark.parametrize("rows", [1, 3])
    def test_four_queries(
        self, rows: int, harbour: Organisation, alice: User, django_assert_num_queries: Any
    ) -> None:
        for _ in range(rows):
            one = led_recommendation(lead=alice, organisation=harbour)
            proposal = proposed(one, by=alice, at=NOW)
            proposal.opinions.create(by=alice, view=View.AGREE, at=NOW)
        with django_assert_num_queries(4):
            assert len(matters_of(harbour)) == 2 * rows


class TestList:
    def test_who_may_open_it(
        self, as_bea: Client, as_chidi: Client, client: Client, proposal: ClosureProposal
    ) -> None:
        assert as_bea.get(HERE).status_code == 200
        assert as_chidi.get(HERE).status_code == 404
        assert client.get(HERE).headers["Location"].startswith("/accounts/login/")
        assert as_bea.post(HERE).status_code == 405

    def test_what_waits(self, as_chair: Client, as_bea: Client, proposal: ClosureProposal) -> None:
        link = f"{HERE}closing/{proposal.pk}/"
        page = as_chair.get(HERE).content.decode()
        assert "Waiting for a decision: 2" in page
        assert link in page
        assert link not in as_bea.get(HERE).content.decode()

    def test_what_was_decided(
        self, as_bea: Client, proposal: ClosureProposal, meeting: Meeting, chair: User
    ) -> None:
        said = {"ruling": Ruling.RETURNED, "reason": "Two reports are missing."}
        settle(proposal, meeting, chair, **said)
        page = as_bea.get(HERE).content.decode()
        assert "Closing: As superseded" in page
        assert "Two reports are missing." in page
        assert "Parisa Haddad" in page

    def test_filters_in_the_address(
        self,
        as_bea: Client,
        proposal: ClosureProposal,
        extension: Extension,
        meeting: Meeting,
        chair: User,
    ) -> None:
        by = {"meeting": meeting, "pack": None, "by": chair, "now": NOW}
        refused = {"ruling": Ruling.RETURNED, "reason": "In time."}
        first = deciding.decide_extension(extension=extension, **refused, **by)
        second = settle(proposal, meeting, chair)

        def shown(query: str) -> list[Decision]:
            rows = as_bea.get(HERE + query).context["page"].object_list
            return [row.decision for row in rows]

        assert set(shown("")) == {first, second}
        assert shown("?kind=closure") == [second]
        assert shown("?ruling=returned") == [first]
        assert shown("?kind=closure&ruling=returned") == []
        assert set(shown(f"?meeting={meeting.pk}")) == {first, second}
        assert set(shown("?kind=nonsense&meeting=x&page=99")) == {first, second}
        page = as_bea.get(f"{HERE}?kind=response").content.decode()
        assert "Nothing fits this filter" in page

    def test_of_this_organisation_alone(
        self, as_chidi: Client, proposal: ClosureProposal, meeting: Meeting, chair: User
    ) -> None:
        settle(proposal, meeting, chair)
        page = as_chidi.get("/o/northside-trust/decisions/").content.decode()
        assert "Nothing is decided yet" in page
        assert "Meet quarterly" not in page

    @pytest.mark.parametrize("rows", [1, 3])
    def test_as_many_queries_with_more_of_it(
        self,
        rows: int,
        as_bea: Client,
        harbour: Organisation,
        alice: User,
        meeting: Meeting,
        chair: User,
        django_assert_num_queries: Any,
    ) -> None:
        for _ in range(rows):
            one = led_recommendation(lead=alice, organisation=harbour)
            settle(proposed(one, by=alice, at=NOW), meeting, chair, now=timezone.now())
            proposed(led_recommendation(lead=alice, organisation=harbour), by=alice, at=NOW)
        with django_assert_num_queries(11):
            page = as_bea.get(HERE)
        assert len(page.context["page"].object_list) == rows
