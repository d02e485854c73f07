"""No date of a source is earlier than the day it began, wherever it is typed."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import User
from recommendations.actions import set_owners
from recommendations.assignment import Assignment
from recommendations.models import Action, Source
from recommendations.planning import BEFORE_SOURCE, why_before
from recommendations.refusals import RecommendationRefused
from tests.recommendations.plan.conftest import FAR

SAID = BEFORE_SOURCE % "31 March 2030"
EVE = date(2030, 3, 30)


@pytest.mark.parametrize(
    ("day", "began_on", "said"),
    [(EVE, FAR, SAID), (FAR, FAR, ""), (EVE, None, ""), (None, FAR, "")],
)
def test_the_rule(day: date | None, began_on: date | None, said: str) -> None:
    assert why_before(day, began_on) == said


def test_in_the_form_of_leads_and_dates(as_alice: Client, action: Action) -> None:
    Source.objects.update(began_on=FAR)
    sent = {"initial-sponsor": "", "initial-lead_1": "", "initial-date_1": "", "date_1": str(EVE)}
    path = action.recommendation.get_absolute_url() + "owners/"
    assert as_alice.post(path, sent).context["form"].errors == {"date_1": [SAID]}
    assert as_alice.post(path, sent | {"date_1": str(FAR)}).status_code == 302


def test_in_the_action(alice: User, action: Action) -> None:
    Source.objects.update(began_on=FAR)
    with pytest.raises(RecommendationRefused, match="before 31 March 2030"):
        set_owners(
            recommendation=action.recommendation,
            sponsor=None,
            assignments=[Assignment(action.pk, target_date=EVE)],
            by=alice,
            now=timezone.now(),
        )
    action.refresh_from_db()
    assert action.target_date is None
