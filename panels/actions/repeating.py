"""Last year's again: the same sessions and seats, a year on, with nobody in them."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from history.actions import record
from organisations.limits import DOUBLE_CLICK
from organisations.models import User
from organisations.refusals import Refused
from panels.enums import PanelVerb
from panels.models import Gathering, Seat, Session

AT_ONCE = 1_000


class RepeatRefused(Refused):
    """A group that goes on is counted as at a new day; it does not happen again."""


@transaction.atomic
def repeat_gathering(
    *, gathering: Gathering, title: str, held_on: date, by: User, now: datetime
) -> Gathering:
    """A new one modelled on it, without a name and without a count; a double click makes one.

    The checklist is the organisation's own, so every line of it is there and not answered.
    """
    earlier = Gathering.objects.select_for_update().get(pk=gathering.pk)
    if earlier.is_standing:
        raise RepeatRefused("This group goes on. Count it as at a new day instead.")
    twin = earlier.repeats.filter(
        title=title, held_on=held_on, created_by=by, created_at__gt=now - DOUBLE_CLICK
    ).first()
    if twin is not None:
        return twin
    made = _one_like(earlier, title=title, held_on=held_on, by=by, now=now)
    _Programme(earlier, made).copy()
    record(
        PanelVerb.REPEATED,
        subject=made,
        organisation=made.organisation,
        by=by,
        now=now,
        modelled_on=earlier.pk,
    )
    return made


def _one_like(
    earlier: Gathering, *, title: str, held_on: date, by: User, now: datetime
) -> Gathering:
    moved = held_on - earlier.held_on
    return Gathering.objects.create(
        organisation=earlier.organisation,
        kind=earlier.kind,
        title=title,
        held_on=held_on,
        ends_on=earlier.ends_on + moved if earlier.ends_on else None,
        organiser=earlier.organiser,
        link=earlier.link,
        modelled_on=earlier,
        created_by=by,
        created_at=now,
    )


@dataclass(frozen=True)
class _Programme:
    """Sessions with their stage, room and times, and how many seats of each role they have."""

    earlier: Gathering
    made: Gathering

    def copy(self) -> None:
        old = list(self.earlier.sessions.order_by("position", "pk"))
        new = Session.objects.bulk_create([self._session(one) for one in old], AT_ONCE)
        self._copy_seats(dict(zip((one.pk for one in old), new, strict=True)))

    def _session(self, old: Session) -> Session:
        return Session(
            pk=uuid.uuid4(),
            gathering=self.made,
            title=old.title,
            stage=old.stage,
            room=old.room,
            starts_at=old.starts_at and later(old.starts_at, self.moved),
            has_time=old.has_time,
            minutes=old.minutes,
            position=old.position,
        )

    @property
    def moved(self) -> timedelta:
        return self.made.held_on - self.earlier.held_on

    def _copy_seats(self, sessions: dict[uuid.UUID, Session]) -> None:
        seats = Seat.objects.filter(session__in=list(sessions)).order_by("pk")
        planned = [
            Seat(session=sessions[session], role=role)
            for session, role in seats.values_list("session", "role")
        ]
        Seat.objects.bulk_create(planned, AT_ONCE)


def later(at: datetime, moved: timedelta) -> datetime:
    """The same time by the clock on the wall, also where the clocks went back in between."""
    wall = timezone.localtime(at).replace(tzinfo=None) + moved
    return timezone.make_aware(wall)
