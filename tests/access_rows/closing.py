"""Closing, later dates, objections and checks. The owner of the seeds sponsors, leads and sits."""

from datetime import timedelta

from django.utils import timezone

from tests.access_rows import Rows, Seeds
from tests.factories.closing import asked_for, due_recheck, objected, proposed
from tests.factories.recommendations import ActionFactory, RecommendationFactory


def rows(seeds: Seeds) -> Rows:
    here, now = {"organisation": seeds.organisation.slug}, timezone.now()
    due = timezone.localdate() + timedelta(days=60)
    of_owner, of_other = (
        RecommendationFactory(
            organisation=seeds.organisation,
            title=f"{seeds.canary} work",
            reference=f"C.{number}",
            accountable_owner=sponsor,
        )
        for number, sponsor in enumerate((seeds.owner, seeds.other))
    )
    title = f"{seeds.canary} step"
    stands = ActionFactory(
        recommendation=of_owner,
        position=1,
        title=title,
        responsible_owner=seeds.owner,
        accepted_by=seeds.owner,
        accepted_at=now,
        original_date=due,
        target_date=due,
    )
    asked = ActionFactory(
        recommendation=of_owner, position=2, title=title, responsible_owner=seeds.owner
    )
    refused = ActionFactory(
        recommendation=of_owner, position=3, title=title, responsible_owner=seeds.other
    )
    ActionFactory(recommendation=of_other, position=1, title=title, responsible_owner=seeds.other)
    objection = objected(refused, reason=seeds.canary)
    extension = asked_for(stands, due + timedelta(days=30), by=seeds.owner, at=now)
    recheck = due_recheck(of_other, by=seeds.other)
    proposal = proposed(of_owner, by=seeds.owner, at=now, reason=seeds.canary)
    return {
        "closure_propose": here | {"pk": of_owner.pk},
        "closure_withdraw": here | {"pk": proposal.pk},
        "extension_ask": here | {"recommendation": of_owner.pk, "pk": stands.pk},
        "extension_withdraw": here | {"pk": extension.pk},
        "action_not_yet": here | {"recommendation": of_owner.pk, "pk": stands.pk},
        "action_object": here | {"recommendation": of_owner.pk, "pk": asked.pk},
        "objection_settle": here | {"pk": objection.pk},
        "recheck_record": here | {"pk": recheck.pk},
        "hand_over": here | {"pk": seeds.other.pk},
    }
