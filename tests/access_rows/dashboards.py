"""The dashboards of recommendations; what everybody may see of them is shown to nobody yet."""

from uuid import uuid4

from tests.access_rows import Rows, Seeds


def rows(seeds: Seeds) -> Rows:
    here = {"organisation": seeds.organisation.slug}
    names = (
        "dashboard_over_time",
        "dashboard_over_time_export",
        "dashboard_by_owner",
        "dashboard_changes",
        "progress_show",
        "progress_public",
    )
    return dict.fromkeys(names, here) | {"progress_evidence": here | {"pk": uuid4()}}
