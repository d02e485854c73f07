"""What waits, read in one query for several organisations: the same as the list tells of one."""

from datetime import timedelta
from typing import Any

import pytest

from committees.queries.deciding import matters_of
from committees.queries.waiting import PASSED, Asked, asked_in
from organisations.models import Organisation, User
from recommendations.enums import Response, State
from recommendations.models import Action, ClosureProposal, Extension, Recommendation
from tests.committees.deciding.conftest import NOW, TODAY
from tests.factories.closing import proposed
from tests.factories.recommendations import ActionFactory, RecommendationFactory, led_recommendation

DAY = timedelta(days=1)


def asked(organisation: Organisation, what: str = "") -> list[Asked]:
    found = asked_in([organisation.pk], today=TODAY)
    return [each for each in found if not what or each.what == what]


def test_the_same_matters_of_the_same_people(
    proposal: ClosureProposal,
    extension: Extension,
    harbour: Organisation,
    northside: Organisation,
    alice: User,
) -> None:
    RecommendationFactory(organisation=harbour, accountable_owner=alice)
    proposed(led_recommendation(lead=alice, organisation=northside), by=alice, at=NOW)
    listed = {
        (each.kind, each.id, each.about.owners, each.about.asked_by) for each in matters_of(harbour)
    }
    found = asked(harbour)
    assert {(each.kind, each.id, each.owners, each.asked_by) for each in found} == listed
    assert len(found) == len(listed) == 4
    assert extension.pk in {each.id for each in found}


class TestPassed:
    def test_a_date_that_passed(self, overdue: Action, harbour: Organisation, lead: User) -> None:
        recommendation = overdue.recommendation
        assert asked(harbour, PASSED) == [
            Asked(
                what=PASSED,
                id=overdue.pk,
                organisation=harbour.pk,
                recommendation=recommendation.pk,
                owners=frozenset({lead.pk, recommendation.accountable_owner_id}),
                asked_by=None,
                title="Publish the figures",
                day=TODAY - 10 * DAY,
            )
        ]
        assert asked(harbour, PASSED)[0].kind == "extension"

    @pytest.mark.parametrize(("ago", "found"), [(1, 1), (0, 0), (-1, 0)])
    def test_the_last_day_is_in_time(
        self, ago: int, found: int, action: Action, harbour: Organisation
    ) -> None:
        day = TODAY - ago * DAY
        late = ActionFactory(
            recommendation=action.recommendation, position=2, title="Late",
            accepted_at=NOW, original_date=day, target_date=day,
        )  # fmt: skip
        assert [each.id for each in asked(harbour, PASSED)] == [late.pk] * found

    @pytest.mark.parametrize(
        "changes", [{"proven_on": TODAY}, {"accepted_at": None, "accepted_by": None}]
    )
    def test_not_of_what_is_shown_nor_of_a_draft(
        self, changes: dict[str, Any], action: Action, harbour: Organisation
    ) -> None:
        day = TODAY - DAY
        given = {"accepted_at": NOW, "original_date": day, "target_date": day, **changes}
        if "accepted_at" in changes:
            given["original_date"] = None
        ActionFactory(recommendation=action.recommendation, position=2, title="Late", **given)
        assert asked(harbour, PASSED) == []

    @pytest.mark.parametrize(
        "changes", [{"response": Response.NOT_ACCEPTED}, {"state": State.PROPOSED_FOR_CLOSURE}]
    )
    def test_not_where_nobody_works_on_it(
        self, changes: dict[str, Any], overdue: Action, harbour: Organisation
    ) -> None:
        if "response" in changes:
            changes = changes | {"response_reason": "It is done elsewhere."}
        Recommendation.objects.update(**changes)
        assert asked(harbour, PASSED) == []


def test_nothing_of_nowhere(proposal: ClosureProposal, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert asked_in([], today=TODAY) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_one_query(
    rows: int, harbour: Organisation, alice: User, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        proposed(led_recommendation(lead=alice, organisation=harbour), by=alice, at=NOW)
    with django_assert_num_queries(1):
        assert len(asked(harbour)) == 2 * rows
