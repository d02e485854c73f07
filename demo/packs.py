"""Packs of the accountability committee: for the last meeting, and for the one to come.

Their paper is made when a worker next looks.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from committees.actions.packs import freeze_pack
from committees.enums import GroupKind
from committees.models import Meeting
from demo.days import Days
from demo.people import Cast
from demo.scene import Step
from organisations.models import Organisation, User

# Days ago: the meeting, and when its pack was frozen; both meetings stand in demo/groups.py.
PACKS = ((84, 86), (-12, 1))


def freeze_packs(cast: Cast, days: Days) -> Iterator[Step]:
    home, chair = cast.homes["saltmarsh"], cast["chair"]
    for meeting, ago in PACKS:
        yield days.at(ago, 9), partial(freeze, home, days, meeting, chair)


def freeze(home: Organisation, days: Days, meeting: int, by: User, at: datetime) -> None:
    found = Meeting.objects.get(
        group__organisation=home,
        group__kind=GroupKind.ACCOUNTABILITY,
        date=days.on(meeting),
    )
    freeze_pack(meeting=found, by=by, now=at)
