"""The programme of a gathering as rows: what stands in which session, and who sits there."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from history.models import Entry
from organisations.models import User
from panels import audit
from panels.enums import Basis, GatheringKind, SeatRole
from panels.models import Gathering, Seat, Session, SessionCount
from panels.queries.line_up import newest_session_counts
from panels.seating import name_key
from panels.suppression import visible_session

PROGRAMMES = frozenset({GatheringKind.EVENT, GatheringKind.CONFERENCE})
MOST_SUGGESTED = 2_000
"""Names offered while typing; a browser grows slow with more."""


@dataclass
class RoleSeats:
    """Everybody of one role in one session. Names only for whoever may see them."""

    role: SeatRole
    number: int = 0
    nobodys: int = 0
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class GridRow:
    """`women` is what this reader may be told of it; `is_counted` whether anybody said it.

    `seats_that_count` differs from the count's own number where seats came or went since.
    """

    session: Session
    roles: Sequence[RoleSeats]
    seats_that_count: int
    women: audit.Count | None
    is_counted: bool

    @property
    def seats(self) -> int:
        return sum(each.number for each in self.roles)

    @property
    def has_changed_since(self) -> bool:
        return self.women is not None and self.women.n != self.seats_that_count


def sessions_of(
    gathering: Gathering,
    *,
    stage: str = "",
    day: date | None = None,
    text: str = "",
    by_name: bool = False,
) -> QuerySet[Session]:
    """In the order of the programme, on each day what has no time yet last.

    `by_name`: names are searched too, for who may see them.
    """
    days = TruncDate("starts_at").asc(nulls_last=True)
    found = gathering.sessions.order_by(days, F("has_time").desc(), "starts_at", "position", "pk")
    if stage:
        found = found.filter(stage=stage)
    if day:
        found = found.filter(starts_at__date=day)
    if text:
        words = Q(title__icontains=text) | Q(room__icontains=text)
        if by_name:
            words |= Q(pk__in=_sessions_with(gathering, text))
        found = found.filter(words)
    return found


def _sessions_with(gathering: Gathering, name: str) -> QuerySet[Seat, UUID]:
    seats = Seat.objects.filter(participant__gathering=gathering, participant__name__icontains=name)
    return seats.values_list("session_id", flat=True)


def days_of(gathering: Gathering) -> list[date]:
    """The days on which something begins; one query."""
    return [moment.date() for moment in gathering.sessions.datetimes("starts_at", "day")]


def grid_rows(
    gathering: Gathering, sessions: Iterable[Session], *, reader: User, may_name: bool
) -> list[GridRow]:
    """Two queries, however many sessions."""
    shown = list(sessions)
    seats = _role_seats([session.pk for session in shown], may_name)
    said = newest_session_counts(gathering)
    counted = audit.counted_roles(GatheringKind(gathering.kind))
    return [
        GridRow(
            session=session,
            roles=seats[session.pk],
            seats_that_count=sum(one.number for one in seats[session.pk] if one.role in counted),
            women=_women(said.get(session.pk), reader),
            is_counted=session.pk in said,
        )
        for session in shown
    ]


def _role_seats(sessions: Collection[UUID], may_name: bool) -> dict[UUID, list[RoleSeats]]:
    found: dict[UUID, dict[str, RoleSeats]] = defaultdict(dict)
    rows = Seat.objects.filter(session__in=sessions).values_list(
        "session_id", "role", "participant_id", "participant__name", "participant__number"
    )
    for session, role, person, name, number in rows.order_by("participant__name", "pk"):
        one = found[session].setdefault(role, RoleSeats(SeatRole(role)))
        one.number += 1
        if person is None:
            one.nobodys += 1
        elif may_name:
            one.names.append(name or f"Person {number}")
    order = list(SeatRole)
    return {
        pk: sorted(found[pk].values(), key=lambda one: order.index(one.role)) for pk in sessions
    }


def _women(said: SessionCount | None, reader: User) -> audit.Count | None:
    if said is None:
        return None
    return visible_session(
        audit.Count(said.yes, said.no, said.unknown),
        basis=Basis(said.basis),
        typed_it=said.entered_by_id == reader.pk,
    )


def names_to_suggest(gathering: Gathering) -> list[str]:
    names = gathering.participants.exclude(name="").order_by("name").values_list("name", flat=True)
    return list(names.distinct()[:MOST_SUGGESTED])


def elsewhere(session: Session, renamed: Mapping[str, str]) -> dict[str, int]:
    """In how many other sessions those have a seat whose name is another now, by the old one's key.

    Whose new name is already somebody's of the line-up gave their seat to that person.
    """
    if not renamed:
        return {}
    people = session.gathering.participants
    known = {name_key(name) for name in people.values_list("name", flat=True)}
    here = people.filter(seats__session=session).values("pk")
    rows = (
        Seat.objects.filter(participant__in=here)
        .exclude(session=session)
        .values_list("participant__name")
        .annotate(number=Count("session", distinct=True))
    )
    numbers = {name_key(name): number for name, number in rows}
    return {
        was: numbers[was]
        for was, name in renamed.items()
        if was in numbers and name_key(name) not in known
    }


def newest_count(session: Session) -> SessionCount | None:
    return session.counts.order_by("-version").first()


def who_changed(session: Session) -> str:
    """Who saved it last, from history; empty where that was nobody in particular."""
    entries = Entry.objects.about(session.gathering).select_related("actor")
    last = entries.filter(
        Q(details__session=str(session.pk)) | Q(details__added=str(session.pk))
    ).first()
    return last.actor.shown_name if last and last.actor else ""


def local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None


def session_with_removed(gathering: Gathering, pk: UUID) -> Session | None:
    """Also one that was taken off the programme, for somebody who is writing in it."""
    return Session.with_removed.filter(gathering=gathering, pk=pk).first()


def is_programme(gathering: Gathering) -> bool:
    """Whether it reads as a grid; otherwise it has one session, which is its line-up."""
    return gathering.kind in PROGRAMMES or gathering.sessions.count() > 1


def only_session(gathering: Gathering) -> Session | None:
    """Of a panel or standing group, which has no more than one."""
    return None if is_programme(gathering) else gathering.sessions.first()


def ticked(gathering: Gathering, sent: Iterable[str]) -> list[Session]:
    """Those of this gathering among what a page sent, in the order of the programme."""
    keys = {key for key in map(_as_uuid, sent) if key}
    return list(sessions_of(gathering).filter(pk__in=keys)) if keys else []


def _as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
