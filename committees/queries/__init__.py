"""What other apps, pages and tests read of groups and their meetings."""

from committees.queries.groups import (
    GroupRow,
    as_row,
    group_row,
    groups_of,
    open_groups,
    people_without_a_seat,
    seats_before,
    seats_of,
    seats_on,
)
from committees.queries.meetings import MeetingRow, meeting_in, meetings_of

__all__ = [
    "GroupRow",
    "MeetingRow",
    "as_row",
    "group_row",
    "groups_of",
    "meeting_in",
    "meetings_of",
    "open_groups",
    "people_without_a_seat",
    "seats_before",
    "seats_of",
    "seats_on",
]
