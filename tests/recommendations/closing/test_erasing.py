"""What somebody wrote about the work goes when they erase their account; what was done stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from organisations.erasing import erase_account
from organisations.models import User
from recommendations.actions.handing_over import hand_over
from recommendations.actions.rechecking import record_recheck
from recommendations.handing_over import Passing
from recommendations.models import (
    Action,
    ClosureProposal,
    Extension,
    Handover,
    Objection,
    ProgressUpdate,
    Recheck,
    Recommendation,
)
from tests.factories.closing import asked_for, due_recheck, objected
from tests.factories.recommendations import ActionFactory, ProgressUpdateFactory
from tests.recommendations.closing.conftest import DUE, NOW


def test_their_words_go_and_nobody_elses(
    action: Action, recommendation: Recommendation, lead: User, bea: User
) -> None:
    asked = ActionFactory(recommendation=recommendation, position=2, responsible_owner=lead)
    for person in (lead, bea):
        ProgressUpdateFactory(recommendation=recommendation, by=person, text="How it went.")
    asked_for(action, DUE + timedelta(days=9), by=lead, at=NOW)
    objected(asked, settled_by=bea, settled_at=NOW, answer="You get two days.")
    erase_account(person=lead, now=timezone.now())
    assert sorted(ProgressUpdate.objects.values_list("text", flat=True)) == ["", "How it went."]
    assert Extension.objects.get().reason == ""
    objection = Objection.objects.get()
    assert (objection.reason, objection.answer) == ("", "You get two days.")
    erase_account(person=bea, now=timezone.now())
    assert Objection.objects.get().answer == ""


def test_their_handovers(action: Action, lead: User, bea: User) -> None:
    passing = Passing(action.recommendation.pk, action.pk, bea.pk, "Ask the network.")
    organisation = action.recommendation.organisation
    hand_over(organisation=organisation, person=lead, passings=[passing], by=lead, now=NOW)
    erase_account(person=lead, now=timezone.now())
    assert Handover.objects.get().note == ""


@pytest.mark.parametrize("who", ["lead", "member"])
def test_their_proposals_and_checks(
    proven: Recommendation, lead: User, member: User, who: str
) -> None:
    recheck = due_recheck(proven, by=lead)
    record_recheck(
        recheck=recheck, result="sustained", note="Looked.", by=member, now=timezone.now()
    )
    erase_account(person={"lead": lead, "member": member}[who], now=timezone.now())
    proven.refresh_from_db()
    words = (ClosureProposal.objects.get().outcome, proven.outcome)
    kept = ("Waiting times are shorter.",) * 2
    assert words == (("", "") if who == "lead" else kept)
    assert Recheck.objects.get(months=6).note == ("Looked." if who == "lead" else "")
    assert proven.state == "closed_implemented"
