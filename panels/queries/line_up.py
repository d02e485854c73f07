"""How many people and seats a line-up holds, and how many women its sessions were said to hold."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count as Rows
from django.db.models import Q

from panels import audit, entry
from panels.enums import Basis, Definition, GatheringKind, Measure, SeatRole, Stage
from panels.models import Gathering, Seat, SessionCount
from panels.suppression import visible_session

RolesOf = Callable[[GatheringKind], frozenset[SeatRole]]


@dataclass(frozen=True)
class PartTotals:
    """`people`: everybody once; `seats`: each role of each session."""

    people: int = 0
    seats: int = 0


@dataclass(frozen=True)
class LineUpTotals:
    """Those who count, and `beside` them the people who only chair, moderate or facilitate.

    Somebody on both stages is once in the whole and once in each part, so the people of the
    parts may be more than the whole. A seat that is nobody's yet is one person of its own.
    """

    whole: PartTotals = PartTotals()
    main_stage: PartTotals = PartTotals()
    rest: PartTotals = PartTotals()
    beside: int = 0


def _in_one_of(kinds: Iterable[GatheringKind], roles: RolesOf) -> Q:
    """Seats of these roles; where they depend on the kind, each by that of its gathering."""
    different = {roles(kind) for kind in kinds}
    if len(different) == 1:
        return Q(role__in=different.pop())
    of_groups = Q(session__gathering__kind__in=audit.STANDING_GROUPS)
    panels, groups = roles(GatheringKind.PANEL), roles(GatheringKind.BOARD)
    return (~of_groups & Q(role__in=panels)) | (of_groups & Q(role__in=groups))


def totals_of(gatherings: Iterable[Gathering]) -> dict[UUID, LineUpTotals]:
    """The totals of every gathering that has a seat; one query for all of them."""
    kinds = {gathering.pk: GatheringKind(gathering.kind) for gathering in gatherings}
    if not kinds:
        return {}
    counted = _in_one_of(set(kinds.values()), audit.counted_roles)
    beside = _in_one_of(set(kinds.values()), audit.beside_roles)
    main, rest = Q(session__stage=Stage.MAIN), Q(session__stage=Stage.OTHER)
    rows = (
        Seat.objects.filter(session__gathering__in=kinds)
        .order_by()
        .values("session__gathering")
        .annotate(
            people=_people(counted),
            nobodys=_nobodys(counted),
            seats=_rows(counted),
            main_people=_people(counted & main),
            main_nobodys=_nobodys(counted & main),
            main_seats=_rows(counted & main),
            rest_people=_people(counted & rest),
            everybody=_people(counted | beside),
            beside_nobodys=_nobodys(beside),
        )
    )
    return {row["session__gathering"]: _totals(row) for row in rows}


def _people(seats: Q) -> Rows:
    return Rows("participant", filter=seats, distinct=True)


def _nobodys(seats: Q) -> Rows:
    return Rows("pk", filter=seats & Q(participant=None))


def _rows(seats: Q) -> Rows:
    return Rows("pk", filter=seats)


def _totals(row: Mapping[str, Any]) -> LineUpTotals:
    """Whoever has a seat beside the count and none in it: everybody less those in it."""
    rest_nobodys = row["nobodys"] - row["main_nobodys"]
    return LineUpTotals(
        whole=PartTotals(row["people"] + row["nobodys"], row["seats"]),
        main_stage=PartTotals(row["main_people"] + row["main_nobodys"], row["main_seats"]),
        rest=PartTotals(row["rest_people"] + rest_nobodys, row["seats"] - row["main_seats"]),
        beside=row["everybody"] - row["people"] + row["beside_nobodys"],
    )


def totals_of_one(gathering: Gathering) -> LineUpTotals:
    return totals_of([gathering]).get(gathering.pk, LineUpTotals())


def before_anybody_is_asked(
    gathering: Gathering, *, women_definition: Definition
) -> audit.LineUp | None:
    """The line-up as it stands, with everybody not known; None while nobody counts in it."""
    totals, kind = totals_of_one(gathering), GatheringKind(gathering.kind)
    if not totals.whole.people:
        return None
    on_stage = totals.main_stage.people if kind in entry.STAGED else 0
    planned = entry.Typed(
        kind=kind,
        whole=entry.TypedPart(totals.whole.people),
        main_stage=entry.TypedPart(on_stage or None),
        beside=entry.TypedPart(totals.beside or None),
        women_definition=women_definition,
    )
    return entry.line_up(planned)


def newest_session_counts(gathering: Gathering) -> dict[UUID, SessionCount]:
    """What was last said of each session's women; one query."""
    rows = (
        SessionCount.objects.filter(session__gathering=gathering, session__removed_at=None)
        .order_by("session_id", "-version")
        .distinct("session_id")
    )
    return {row.session_id: row for row in rows}


def counted_seats(gathering: Gathering) -> dict[UUID, int]:
    """How many seats of each session count; one query."""
    roles = audit.counted_roles(GatheringKind(gathering.kind))
    rows = gathering.sessions.annotate(counted=Rows("seats", filter=Q(seats__role__in=roles)))
    return dict(rows.values_list("pk", "counted"))


def count_of(said: SessionCount | None, seats: int) -> audit.Count:
    """Women among so many seats. Seats that came later are not known; where some went since,
    nobody can tell whose they were, so none is known until it is said again."""
    if said is None or said.yes + said.no > seats:
        return audit.Count(unknown=seats)
    count = audit.Count(said.yes, said.no, seats - said.yes - said.no)
    return audit.effective_count(count, Measure.WOMEN, Basis(said.basis))


def women_seats(gathering: Gathering) -> audit.Count | None:
    """Women by seats over the whole programme; None where nobody said it of any session.

    Of a session whose women members are not told, none is known here either: otherwise it would
    be the difference of this and the others.
    """
    said = newest_session_counts(gathering)
    if not said:
        return None
    total = audit.Count()
    for pk, seats in counted_seats(gathering).items():
        total += _no_secret(said.get(pk), seats)
    return total


def _no_secret(said: SessionCount | None, seats: int) -> audit.Count:
    count = count_of(said, seats)
    if said is None or visible_session(count, basis=Basis(said.basis), typed_it=False) is None:
        return audit.Count(unknown=seats)
    return count
