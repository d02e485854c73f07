"""What waits for the committee, with the canary in what owners wrote for members alone."""

from datetime import timedelta

from django.utils import timezone

from recommendations.models import Action
from tests.access_rows import Rows, Seeds
from tests.factories.closing import asked_for, proposed
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.recommendations import led_recommendation


def rows(seeds: Seeds) -> Rows:
    now, today = timezone.now(), timezone.localdate()
    home, canary = seeds.organisation, seeds.canary
    lead = UserFactory(display_name=f"{canary} lead")
    MembershipFactory(organisation=home, user=lead)
    recommendation = led_recommendation(
        lead=lead, organisation=home, title=f"{canary} to decide", text=f"{canary} text"
    )
    action = recommendation.actions.get()
    day = today + timedelta(days=30)
    Action.objects.filter(pk=action.pk).update(
        original_date=day, target_date=day, accepted_at=now, accepted_by=lead
    )
    action.refresh_from_db()
    extension = asked_for(action, day + timedelta(days=30), by=lead, at=now)
    proposal = proposed(recommendation, by=lead, at=now, reason=f"{canary} reason")
    here = {"organisation": home.slug}
    of_proposal = here | {"pk": proposal.pk}
    return {
        "decision_list": here,
        "closure_decide": of_proposal,
        "opinion_give": of_proposal,
        "network_opinion_give": of_proposal,
        "extension_decide": here | {"pk": extension.pk},
        "date_move": here | {"recommendation": recommendation.pk, "pk": action.pk},
        "response_decide": here | {"pk": recommendation.pk},
    }
