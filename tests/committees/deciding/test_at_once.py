"""Two decisions on one proposal, at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from committees.actions.deciding import decide_closure
from committees.models import Decision, Meeting
from organisations.models import Organisation, User
from organisations.refusals import Refused
from recommendations.enums import Ruling, State
from recommendations.models import ClosureProposal
from tests.factories.closing import proposed
from tests.factories.deciding import committee_member, sitting
from tests.factories.recommendations import led_recommendation

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(proposal: ClosureProposal, meeting: Meeting, by: User, *rulings: str) -> list[str]:
    """What each came to, in order: its ruling, or the name of a refusal."""

    def run(ruling: str) -> str:
        try:
            return decide_closure(
                proposal=proposal,
                meeting=meeting,
                pack=None,
                ruling=ruling,
                reason="Because.",
                by=by,
                now=timezone.now(),
            ).ruling
        except Refused as refused:
            return type(refused).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(rulings)) as pool:
        return list(pool.map(run, rulings))


def test_one_of_them_stands(transactional_db: None, harbour: Organisation, bea: User) -> None:
    recommendation = led_recommendation(lead=bea, organisation=harbour)
    proposal = proposed(recommendation, by=bea, at=timezone.now())
    member = committee_member(harbour)
    meeting = sitting(harbour, member=member)
    rulings = (Ruling.APPROVED, Ruling.RETURNED, Ruling.APPROVED, Ruling.RETURNED)
    found = at_once(proposal, meeting, member, *rulings)
    assert found.count("RecommendationRefused") == 3
    decision = Decision.objects.get()
    assert decision.ruling in found
    recommendation.refresh_from_db()
    wanted = {"approved": State.CLOSED_SUPERSEDED, "returned": State.IN_PROGRESS}
    assert recommendation.state == wanted[decision.ruling]
