"""What other apps and pages read of events, groups and their counts."""

from panels.queries.counts import (
    FACTS,
    CountOnRecord,
    Entered,
    as_fact,
    count_on_record,
    counts_on_record,
    newest_tallies,
    versions_of,
)
from panels.queries.gatherings import gatherings_of

__all__ = [
    "FACTS",
    "CountOnRecord",
    "Entered",
    "as_fact",
    "count_on_record",
    "counts_on_record",
    "gatherings_of",
    "newest_tallies",
    "versions_of",
]
