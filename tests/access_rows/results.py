from tests.access_rows import Rows, Seeds


def rows(seeds: Seeds) -> Rows:
    of_gathering = {"organisation": seeds.organisation.slug, "pk": seeds.gathering.pk}
    return {"seat_planner": of_gathering, "step_aside": of_gathering}
