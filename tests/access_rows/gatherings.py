"""The further pages of one event or group, and what the organisation counts."""

from datetime import UTC, datetime

from panels.enums import GatheringKind
from panels.models import Gathering
from tests.access_rows import Rows, Seeds
from tests.factories.gatherings import SnapshotFactory
from tests.factories.panels import GatheringFactory, enter_count, numbers

A_DAY = datetime(2026, 3, 20, 10, tzinfo=UTC)


def rows(seeds: Seeds) -> Rows:
    here = {"organisation": seeds.organisation.slug}
    board = GatheringFactory(
        organisation=seeds.organisation,
        kind=GatheringKind.BOARD,
        title=f"{seeds.canary} board",
        created_by=seeds.owner,
    )
    enter_count(board, numbers(6, 3, 3, 2, 4), by=seeds.owner)
    locked: Gathering = GatheringFactory(
        organisation=seeds.organisation, title=f"{seeds.canary} locked", locked_at=A_DAY
    )
    SnapshotFactory(gathering=locked, locked_by=seeds.owner)
    one = here | {"pk": seeds.gathering.pk}
    return {
        "gathering_quick": here,
        "counting_choices": here,
        "gathering_repeat": one,
        "gathering_lock": one,
        "gathering_frozen": here | {"pk": locked.pk},
        "counts_as_at": here | {"pk": board.pk},
        "counts_again": here | {"pk": board.pk},
    }
