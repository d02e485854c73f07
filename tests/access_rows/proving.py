"""What shows that actions are done. The owner of the seeds owns none of it, and coordinates."""

from tests.access_rows import Rows, Seeds
from tests.factories.proving import (
    CoverageUnitFactory,
    EmbeddingCheckFactory,
    EvidenceFactory,
    OccurrenceFactory,
    add_version,
    stored,
)
from tests.factories.recommendations import ActionFactory, RecommendationFactory


def rows(seeds: Seeds) -> Rows:
    slug = seeds.organisation.slug
    recommendation = RecommendationFactory(
        organisation=seeds.organisation, title=f"{seeds.canary} proof", reference="P.1"
    )
    of_it = {"recommendation": recommendation, "title": f"{seeds.canary} step"}
    cadence = ActionFactory(**of_it, position=1, cadence=True)
    areas = ActionFactory(**of_it, position=2, coverage=True)
    counted = ActionFactory(**of_it, position=3, coverage=True, is_counted=True, percent_needed=90)
    embedding = ActionFactory(**of_it, position=4, embedding=True)
    EmbeddingCheckFactory(action=embedding, note=f"{seeds.canary} check", by=seeds.other)
    occurrence = OccurrenceFactory(
        action=cadence, topic=f"{seeds.canary} seminar", changed=seeds.canary, by=seeds.other
    )
    unit = CoverageUnitFactory(action=areas, name=f"{seeds.canary} area")
    evidence = EvidenceFactory(
        recommendation=recommendation, title=f"{seeds.canary} evidence", added_by=seeds.other
    )
    # Of each organisation the file is another version, so that one's number is not the other's.
    number = 2 if slug.startswith("n") else 3
    add_version(evidence, number=number, **stored())
    here = {"organisation": slug}
    of_action = here | {"recommendation": recommendation.pk}
    of_evidence = here | {"pk": evidence.pk}
    return {
        "action_detail": of_action | {"pk": cadence.pk},
        "occurrence_add": of_action | {"pk": cadence.pk},
        "occurrence_remove": of_action | {"pk": occurrence.pk},
        "units_edit": of_action | {"pk": areas.pk},
        "unit_cover": of_action | {"pk": unit.pk},
        "coverage_count": of_action | {"pk": counted.pk},
        "embedding_check": of_action | {"pk": embedding.pk},
        "evidence_list": of_action,
        "evidence_add": of_action,
        "evidence_detail": of_evidence,
        "evidence_version": of_evidence,
        "evidence_withdraw": of_evidence,
        "evidence_publish": of_evidence,
        "evidence_keep": of_evidence,
        "evidence_unpublish": of_evidence,
        "evidence_file": of_evidence | {"number": number},
    }
