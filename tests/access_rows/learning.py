"""The shelf, asking others to make the pledge, and membership bodies."""

from commitments.enums import LearningKind
from organisations.tokens import new_token
from tests.access_rows import Rows, Seeds
from tests.factories.learning import (
    BodyLinkFactory,
    EncouragementFactory,
    LearningItemFactory,
    LearningNoteFactory,
    WorkshopDateFactory,
)
from tests.factories.organisations import OrganisationFactory


def rows(seeds: Seeds) -> Rows:
    here, canary = {"organisation": seeds.organisation.slug}, seeds.canary
    workshop = LearningItemFactory(
        organisation=seeds.organisation,
        kind=LearningKind.WORKSHOP,
        title=f"{canary} workshop",
        why=f"{canary} why",
        suggested_by=seeds.other,
    )
    LearningNoteFactory(item=workshop, person=seeds.other, text=f"{canary} private note")
    day = WorkshopDateFactory(item=workshop, place=f"{canary} place")
    EncouragementFactory(pledge=seeds.pledge)
    asked = BodyLinkFactory(
        body=seeds.organisation, member_name=f"{canary} member", asked_by=seeds.owner
    )
    seen_by = BodyLinkFactory(
        body=OrganisationFactory(name=f"{canary} body"), member=seeds.organisation
    )
    item, token = here | {"pk": workshop.pk}, {"token": new_token()}
    return {
        "learning_list": here,
        "learning_add": here,
        "learning_import": here,
        "learning_template": here,
        "learning_detail": item,
        "learning_edit": item,
        "learning_remove": item,
        "learning_date_add": item,
        "learning_date_remove": item | {"day": day.pk},
        "body_members": here,
        "body_ask": here,
        "body_end": here | {"pk": asked.pk},
        "bodies": here,
        "bodies_end": here | {"pk": seen_by.pk},
        "body_consent": token,
        "encourage": {"pk": seeds.pledge.pk},
        "encouraged": token,
    }
