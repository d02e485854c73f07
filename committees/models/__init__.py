"""Groups, their meetings, what was before them, what they decided and advised."""

from committees.models.advice import Advice
from committees.models.decision import Decision, Opinion
from committees.models.group import Group, GroupMember
from committees.models.meeting import AgendaItem, Apology, Meeting
from committees.models.pack import Pack, PackLink, PackPaper

__all__ = [
    "Advice",
    "AgendaItem",
    "Apology",
    "Decision",
    "Group",
    "GroupMember",
    "Meeting",
    "Opinion",
    "Pack",
    "PackLink",
    "PackPaper",
]
