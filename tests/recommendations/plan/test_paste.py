"""Pasting our own plan: looked at first, then saved."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from history.models import Entry
from organisations.models import Organisation, User
from recommendations.actions import sources
from recommendations.enums import RecommendationVerb
from recommendations.models import Recommendation, Source
from recommendations.pasted_plan import NO_SUCH_MEMBER
from recommendations.refusals import NOT_A_MEMBER, RecommendationRefused
from tests.recommendations.plan.conftest import LIST

HERE = LIST + "paste/"


def look(client: Client, sent: dict[str, Any]) -> Any:
    """The page, and the form as it would be sent from there."""
    response = client.post(HERE, sent)
    return response, sent | {"looked_at": response.context["form"]["looked_at"].value() or ""}


def test_it_is_looked_at_before_it_is_saved(
    as_alice: Client, bea: User, harbour: Organisation, pasted: dict[str, Any]
) -> None:
    response, again = look(as_alice, pasted)
    assert response.context["is_right"]
    assert [line.suggested.kind for line in response.context["form"].lines] == [
        "deliverable",
        "cadence",
        "coverage",
    ]
    assert Source.objects.count() == 0
    assert as_alice.post(HERE, again)["Location"] == "/o/harbour-minds/recommendations/"
    found = harbour.recommendations.order_by("position")
    assert [each.reference for each in found] == ["1", "2", "3"]
    first = found[0].actions.get()
    assert (first.responsible_owner, first.target_date) == (bea, date(2030, 3, 31))
    assert (first.accepted_at, first.original_date) == (None, None)
    verbs = [entry.verb for entry in Entry.objects.about(found[0]).order_by("pk")]
    assert sorted(verbs) == sorted(
        [
            RecommendationVerb.ADOPTED,
            RecommendationVerb.OWNER_SET,
            RecommendationVerb.DATE_SET,
        ]
    )
    dashboard = as_alice.get("/o/harbour-minds/recommendations/").content.decode()
    assert "Publish our pay gap" in dashboard
    assert "Bea Brown" in dashboard


def test_sent_twice_it_is_one_plan(
    as_alice: Client, bea: User, harbour: Organisation, pasted: dict[str, Any]
) -> None:
    _, again = look(as_alice, pasted)
    as_alice.post(HERE, again)
    as_alice.post(HERE, again)
    assert (harbour.sources.count(), harbour.recommendations.count()) == (1, 3)


def test_what_changed_since_is_looked_at_again(
    as_alice: Client, bea: User, pasted: dict[str, Any]
) -> None:
    _, again = look(as_alice, pasted)
    response = as_alice.post(HERE, again | {"text": "Something else"})
    assert response.status_code == 200
    assert Recommendation.objects.count() == 0


def test_each_problem_is_named_by_its_line_and_nothing_is_lost(
    as_alice: Client, left: User, pasted: dict[str, Any]
) -> None:
    text = "Publish\n\nMeet; Lee Left\n; Nobody; soon"
    response, again = look(as_alice, pasted | {"text": text})
    said = list(map(str, response.context["form"].errors["text"]))
    assert said[0] == "Line 3: " + NO_SUCH_MEMBER % "Lee Left"
    assert [str(each)[:7] for each in list(said)[1:]] == ["Line 4:"] * 3
    assert response.context["form"]["text"].value() == text
    assert as_alice.post(HERE, again).status_code == 200
    assert Source.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": " \n "}, "text"),
        ({"text": "\n".join(f"Line {n}" for n in range(501))}, "text"),
        ({"title": ""}, "title"),
    ],
)
def test_bad_input(
    as_alice: Client, bea: User, pasted: dict[str, Any], change: dict[str, str], field: str
) -> None:
    response, _ = look(as_alice, pasted | change)
    assert list(response.context["form"].errors) == [field]


def test_five_hundred_lines_are_read(as_alice: Client, pasted: dict[str, Any]) -> None:
    text = "\n".join(f"Line {n}" for n in range(500))
    _, again = look(as_alice, pasted | {"text": text})
    as_alice.post(HERE, again)
    assert Recommendation.objects.count() == 500


def test_a_lead_who_leaves_in_between_is_refused(
    harbour: Organisation, alice: User, left: User
) -> None:
    from recommendations.pasted_plan import Member, PlanLine

    line = PlanLine(1, "A", lead=Member(left.pk, "Lee", left.email))
    with pytest.raises(RecommendationRefused, match=NOT_A_MEMBER):
        sources.add_pasted_plan(
            organisation=harbour,
            details={"title": "A", "kind": "plan"},
            lines=[line],
            page=alice.pk,
            by=alice,
            now=timezone.now(),
        )
    assert Source.objects.count() == 0
