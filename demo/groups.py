"""Groups that meet: meetings held, one missed, one cancelled, and the next ones planned."""

from dataclasses import dataclass

from committees.actions import add_member, create_group, plan_meeting, record_meeting
from committees.enums import GroupKind, MeetingState
from committees.models import Group, Meeting
from demo.days import Days
from demo.people import HOMES, Cast
from organisations.models import User

PLANNED_AHEAD = 60


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


def hold_meetings(cast: Cast, days: Days) -> None:
    for circle in CIRCLES:
        hold(circle, cast, days)


def hold(circle: Circle, cast: Cast, days: Days) -> None:
    by = cast[HOMES[circle.home].coordinator]
    group = create_group(
        organisation=cast.homes[circle.home],
        kind=circle.kind,
        name=circle.name,
        meets_every_months=circle.months,
        contact_address=circle.contact,
        by=by,
        now=days.at(circle.began),
    )
    seats = [(circle.chair, True)] if circle.chair else []
    seats += [(member, False) for member in circle.members]
    for key, is_chair in seats:
        add_member(
            group=group,
            user=cast[key],
            is_chair=is_chair,
            from_date=days.on(circle.began),
            by=by,
            now=days.at(circle.began, 14),
        )
    meet(circle, group, by, days)


def meet(circle: Circle, group: Group, by: User, days: Days) -> None:
    """Plan and record in the order in which it happened; each is planned two months ahead."""
    ends = dict.fromkeys(circle.held, MeetingState.HELD)
    ends |= dict.fromkeys(circle.cancelled, MeetingState.CANCELLED)
    meetings = {*ends, *circle.missed, *circle.planned}
    planned_at = {
        ago: days.at(min(circle.began, max(ago, 0) + PLANNED_AHEAD), 15) for ago in meetings
    }
    steps = [(at, 0, ago) for ago, at in planned_at.items()]
    steps += [(days.at(ago, 17), 1, ago) for ago in ends]
    rows: dict[int, Meeting] = {}
    for at, is_over, ago in sorted(steps):
        if not is_over:
            rows[ago] = plan_meeting(group=group, day=days.on(ago), by=by, now=at)
            continue
        note = NOTES.get(circle.kind, "") if ends[ago] == MeetingState.HELD else ""
        record_meeting(meeting=rows[ago], state=ends[ago], note=note, by=by, now=at)
