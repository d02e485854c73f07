"""What other apps, the demo and tests write here."""

from committees.actions.groups import close_group, create_group, edit_group, reopen_group
from committees.actions.meetings import Where, edit_meeting, plan_meeting, where_of
from committees.actions.recording import record_meeting
from committees.actions.seats import add_member, end_member

__all__ = [
    "Where",
    "add_member",
    "close_group",
    "create_group",
    "edit_group",
    "edit_meeting",
    "end_member",
    "plan_meeting",
    "record_meeting",
    "reopen_group",
    "where_of",
]
