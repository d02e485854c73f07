"""Figures over the years, over events and groups of which some are named."""

from tests.access_rows import Rows, Seeds
from tests.factories.over_time import PooledReleaseFactory, StandingFactory


def rows(seeds: Seeds) -> Rows:
    StandingFactory(gathering__organisation=seeds.organisation)
    PooledReleaseFactory(organisation=seeds.organisation)
    here = {"organisation": seeds.organisation.slug}
    return dict.fromkeys(("trends", "trends_csv", "trends_xlsx"), here)
