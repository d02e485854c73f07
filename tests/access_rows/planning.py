"""Sources, what they recommend and its actions."""

from tests.access_rows import Rows, Seeds
from tests.factories.recommendations import ActionFactory, RecommendationFactory


def rows(seeds: Seeds) -> Rows:
    title = f"{seeds.canary} planned"
    one = RecommendationFactory(organisation=seeds.organisation, title=title)
    step = ActionFactory(recommendation=one, title=f"{seeds.canary} step")
    here = {"organisation": seeds.organisation.slug}
    of_step = here | {"recommendation": one.pk, "pk": step.pk}
    return {
        "source_list": here,
        "source_create": here,
        "source_paste": here,
        "source_edit": here | {"pk": one.source_id},
        "recommendation_create": here | {"source": one.source_id},
        "recommendation_edit": here | {"pk": one.pk},
        "dependencies_edit": here | {"pk": one.pk},
        "action_add": here | {"recommendation": one.pk},
        "action_edit": of_step,
        "action_remove": of_step,
        "recommendations_change": here,
        "recommendations_export": here,
        "recommendations_import": here | {"source": one.source_id},
        "recommendations_import_preview": here | {"source": one.source_id},
    }
