"""Where groups meet, what is on their agendas, and who sent apologies. All of it is invented."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from committees.actions import Where
from committees.actions.agenda import add_item, edit_item
from committees.actions.apologies import set_apologies
from committees.enums import GroupKind
from committees.models import Meeting
from organisations.models import User
from recommendations.enums import ActionKind, OccurrenceKind
from recommendations.models import Action

MAIN_ROOM, ONLINE = "Main meeting room", "Online"
PLACES = {
    GroupKind.ACCOUNTABILITY: (time(14), MAIN_ROOM),
    GroupKind.ADVISORY: (time(17, 30), ONLINE),
    GroupKind.BOARD: (time(18), MAIN_ROOM),
    GroupKind.FORUM: (time(13), ONLINE),
    GroupKind.STAFF_NETWORK: (time(12, 30), ONLINE),
}
ITEMS = {
    GroupKind.ACCOUNTABILITY: ("Minutes and what came of them", "What staff asked us to look at"),
    GroupKind.ADVISORY: ("What became of our last advice", "Statements planned this quarter"),
    GroupKind.BOARD: ("Finance", "Risks"),
    GroupKind.FORUM: ("Ground rules", "Questions"),
}
COVERED_SINCE = 230
"""Days ago: from then on the board's standing item counts towards recommendation 1.7."""


@dataclass(frozen=True)
class Session:
    """What a forum held: how many came, never who."""

    kind: OccurrenceKind
    topic: str
    headcount: int | None = None
    changed: str = ""


# By the days ago on which the forum met, or will.
SESSIONS = {
    270: Session(
        OccurrenceKind.SEMINAR,
        "What waiting times look like by community",
        34,
        "Two services now publish their waiting times every quarter.",
    ),
    175: Session(
        OccurrenceKind.WORKSHOP,
        "Letters that people can read",
        18,
        "The referral letter was written anew with people who use our services.",
    ),
    -20: Session(OccurrenceKind.ENGAGEMENT, "An afternoon at the community centre"),
}
APOLOGIES = {
    (GroupKind.ACCOUNTABILITY, 84): ("Nnamdi Obiora",),
    (GroupKind.BOARD, 45): ("Lloyd Sinclair",),
    (GroupKind.BOARD, 136): ("Dilys Beynon", "Lloyd Sinclair"),
}


def where(kind: GroupKind, ago: int) -> Where:
    starts_at, place = PLACES.get(kind, (None, ""))
    session = SESSIONS.get(ago) if kind == GroupKind.FORUM else None
    if session is None:
        return Where(starts_at=starts_at, place=place)
    return Where(starts_at=starts_at, place=place, kind=session.kind, topic=session.topic)


def fill(meeting: Meeting, kind: GroupKind, ago: int, *, by: User, at: datetime) -> None:
    for title in ITEMS.get(kind, ()):
        add_item(meeting=meeting, title=title, recommendation=None, action=None, by=by, now=at)
    standing = meeting.agenda.filter(is_standing=True).first()
    action = covered_at_boards(meeting) if ago < COVERED_SINCE else None
    if standing is not None and action is not None:
        links: dict[str, Any] = {"recommendation": action.recommendation, "action": action}
        over = {"over_revision": standing.revision}
        edit_item(item=standing, title="", **links, **over, by=by, now=at)


def covered_at_boards(meeting: Meeting) -> Action | None:
    """Of the charity that follows a review; the other boards have nothing to link to."""
    actions = Action.objects.filter(
        kind=ActionKind.CADENCE,
        recommendation__organisation=meeting.group.organisation,
        recommendation__reference="1.7",
    )
    return actions.select_related("recommendation").first()


def send_apologies(meeting: Meeting, kind: GroupKind, ago: int, *, by: User, at: datetime) -> None:
    names = APOLOGIES.get((kind, ago), ())
    seats = meeting.group.members.filter(user__display_name__in=names)
    set_apologies(meeting=meeting, seats=seats.values_list("pk", flat=True), by=by, now=at)


def came_of(kind: GroupKind, ago: int) -> dict[str, Any]:
    session = SESSIONS.get(ago) if kind == GroupKind.FORUM else None
    return {"headcount": session.headcount, "changed": session.changed} if session else {}
