"""What other apps and pages read of recommendations."""

from recommendations.queries.rows import (
    Row,
    action_facts,
    actions_to_do,
    as_row,
    facts_of,
    has_current_lead,
    recommendation_in_full,
    rows_of,
    updates_of,
)

__all__ = [
    "Row",
    "action_facts",
    "actions_to_do",
    "as_row",
    "facts_of",
    "has_current_lead",
    "recommendation_in_full",
    "rows_of",
    "updates_of",
]
