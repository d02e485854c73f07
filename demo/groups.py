"""Groups that meet: meetings held, one missed, one cancelled, and the next ones planned."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from committees.actions import add_member, create_group, plan_meeting, record_meeting
from committees.enums import GroupKind, MeetingState
from committees.models import Group, Meeting
from demo.agendas import came_of, fill, send_apologies, where
from demo.days import Days
from demo.people import HOMES, Cast
from demo.scene import Step
from organisations.models import User

PLANNED_AHEAD = 60
NOT_REACHED = (GroupKind.BOARD, 136)


@dataclass(frozen=True)
class Circle:
    """A group. Days ago: when it began, and each meeting; a missed one was never recorded."""

    home: str
    kind: GroupKind
    name: str
    months: int
    began: int
    held: tuple[int, ...] = ()
    missed: tuple[int, ...] = ()
    cancelled: tuple[int, ...] = ()
    planned: tuple[int, ...] = ()
    chair: str = ""
    members: tuple[str, ...] = ()
    contact: str = ""


CIRCLES = (
    Circle(
        "saltmarsh",
        GroupKind.ACCOUNTABILITY,
        "Race equality accountability committee",
        3,
        began=480,
        held=(455, 364, 182, 84),
        missed=(273,),
        planned=(-12, -103),
        chair="chair",
        members=("committee-member", "harjit-dosanjh", "catriona-munro", "nnamdi-obiora"),
    ),
    Circle(
        "saltmarsh",
        GroupKind.ADVISORY,
        "External advisory group",
        3,
        began=420,
        held=(390, 301, 210, 112),
        cancelled=(150,),
        planned=(-26,),
        chair="adviser",
        contact="advisory-group@saltmarsh-minds.example",
    ),
    Circle(
        "saltmarsh",
        GroupKind.BOARD,
        "Board of trustees",
        3,
        began=545,
        held=(500, 409, 318, 227, 136, 45),
        planned=(-46,),
        chair="trustee",
        members=("dilys-beynon", "lloyd-sinclair"),
    ),
    Circle(
        "saltmarsh",
        GroupKind.FORUM,
        "Race and mental health forum",
        3,
        began=300,
        held=(270, 175),
        missed=(80,),
        planned=(-20,),
        chair="zainab-qureshi",
        members=("farhana-chowdhury", "owain-meredith"),
    ),
    Circle(
        "saltmarsh",
        GroupKind.STAFF_NETWORK,
        "Racially minoritised staff network",
        2,
        began=400,
        held=(372, 310, 248, 187, 125, 62),
        planned=(-5,),
        contact="staff-network@saltmarsh-minds.example",
    ),
    Circle(
        "kettlewell",
        GroupKind.BOARD,
        "Trustees",
        3,
        began=465,
        held=(430, 340, 250, 160, 66),
        planned=(-28,),
        chair="kettlewell-hamish-ogilvie",
    ),
    Circle(
        "kettlewell",
        GroupKind.PLEDGE_GROUP,
        "Pledge group: fair work",
        2,
        began=390,
        held=(360, 292, 231, 121),
        missed=(180,),
        chair="kettlewell-chief-executive",
        members=("kettlewell-suresh-pillai", "kettlewell-comfort-boateng", "kettlewell-obinna-eze"),
    ),
)

NOTES = {
    GroupKind.ACCOUNTABILITY: "Went through every open recommendation, the overdue ones first.",
    GroupKind.ADVISORY: "Read the public statement line by line and sent eleven changes.",
    GroupKind.BOARD: "Equality was on the agenda and was reached.",
    GroupKind.FORUM: "A speaker from outside, then an hour of questions.",
    GroupKind.PLEDGE_GROUP: "Looked at what was promised and what has been done since.",
}


@dataclass(frozen=True)
class Held:
    """A group as it fills while days go by: itself, and each meeting by its days ago."""

    circle: Circle
    cast: Cast
    days: Days
    group: list[Group] = field(default_factory=list)
    meetings: dict[int, Meeting] = field(default_factory=dict)

    @property
    def by(self) -> User:
        return self.cast[HOMES[self.circle.home].coordinator]


def hold_meetings(cast: Cast, days: Days) -> Iterator[Step]:
    for circle in CIRCLES:
        held = Held(circle, cast, days)
        yield days.at(circle.began), partial(begin, held)
        yield from meet(held)


def begin(held: Held, at: datetime) -> None:
    circle, cast = held.circle, held.cast
    group = create_group(
        organisation=cast.homes[circle.home],
        kind=circle.kind,
        name=circle.name,
        meets_every_months=circle.months,
        contact_address=circle.contact,
        by=held.by,
        now=at,
    )
    held.group.append(group)
    seats = [(circle.chair, True)] if circle.chair else []
    seats += [(member, False) for member in circle.members]
    for key, is_chair in seats:
        add_member(
            group=group,
            user=cast[key],
            is_chair=is_chair,
            from_date=held.days.on(circle.began),
            by=held.by,
            now=at,
        )


def meet(held: Held) -> Iterator[Step]:
    """Plan and record; each is planned two months ahead."""
    circle, days = held.circle, held.days
    ends = dict.fromkeys(circle.held, MeetingState.HELD)
    ends |= dict.fromkeys(circle.cancelled, MeetingState.CANCELLED)
    for ago in sorted({*ends, *circle.missed, *circle.planned}, reverse=True):
        planned = days.at(min(circle.began, max(ago, 0) + PLANNED_AHEAD), 15)
        yield planned, partial(plan, held, ago)
    for ago, state in ends.items():
        yield days.at(ago, 17), partial(write_down, held, ago, state)


def plan(held: Held, ago: int, at: datetime) -> None:
    kind = held.circle.kind
    held.meetings[ago] = plan_meeting(
        group=held.group[0],
        day=held.days.on(ago),
        where=where(kind, ago),
        by=held.by,
        now=at,
    )
    fill(held.meetings[ago], kind, ago, by=held.by, at=at)


def write_down(held: Held, ago: int, state: MeetingState, at: datetime) -> None:
    """What was on the agenda was covered, but for the last item of the busiest board."""
    kind, meeting = held.circle.kind, held.meetings[ago]
    if state == MeetingState.CANCELLED:
        record_meeting(
            meeting=meeting,
            state=state,
            note="",
            over_revision=meeting.revision,
            by=held.by,
            now=at,
        )
        return
    items = list(meeting.agenda.order_by("position").values_list("pk", flat=True))
    record_meeting(
        meeting=meeting,
        state=state,
        note=NOTES.get(kind, ""),
        **came_of(kind, ago),
        covered=items[:-1] if (kind, ago) == NOT_REACHED else items,
        over_revision=meeting.revision,
        by=held.by,
        now=at,
    )
    if not meeting.group.is_staff_network:
        send_apologies(meeting, kind, ago, by=held.by, at=at)
