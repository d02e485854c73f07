"""How far each part of the work on one event or group has come; one query for all of it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from panels.detail_links import Facts
from panels.enums import GatheringKind, RoundOutcome, StatementKind
from panels.models import (
    BarrierAnswer,
    ChecklistItem,
    DeclarationRound,
    Gathering,
    Seat,
    Session,
    Statement,
    Tally,
    ThreeAnswers,
)
from panels.queries.declaring import rounds_to_count


def _number(rows: QuerySet[Any], *, of: str = "pk", distinct: bool = False) -> Coalesce:
    """How many there are, beside each gathering: 0 where there are none."""
    counted = rows.order_by().values(_path(rows.model)).annotate(n=Count(of, distinct=distinct))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def _path(model: type[Model]) -> str:
    return {Seat: "session__gathering", ChecklistItem: "organisation"}.get(model, "gathering")


def places_of(gathering: Gathering) -> Facts:
    here = {"gathering": OuterRef("pk")}
    rounds = DeclarationRound.objects.filter(**here)
    open_round = rounds.filter(closed_at=None)
    answers = ThreeAnswers.objects.filter(**here).order_by("-at")
    checklist = ChecklistItem.objects.filter(organisation=OuterRef("organisation"), retired_at=None)
    found = (
        Gathering.objects.filter(pk=gathering.pk)
        .annotate(
            sessions_held=_number(Session.objects.filter(**here)),
            seats_held=_number(Seat.objects.filter(session__gathering=OuterRef("pk"))),
            open_round=Subquery(open_round.values("pk")[:1]),
            closes_on=Subquery(open_round.values("closes_on")[:1]),
            rounds_closed=_number(rounds.filter(closed_at__isnull=False)),
            rounds_counted=_number(rounds.filter(outcome=RoundOutcome.COUNTED)),
            waiting=_number(rounds_to_count().filter(**here)),
            lines=_number(checklist),
            lines_answered=_number(
                BarrierAnswer.objects.filter(**here, item__retired_at=None).exclude(state="")
            ),
            answered_at=Subquery(answers.values("at")[:1]),
            again_on=Subquery(answers.values("look_again_on")[:1]),
            public_statement=Subquery(
                Statement.objects.filter(**here, kind=StatementKind.PUBLIC, revoked_at=None).values(
                    "slug"
                )
            ),
            statements_held=_number(Statement.objects.filter(**here, revoked_at=None)),
            days=_number(Tally.objects.filter(**here), of="as_at", distinct=True),
        )
        .values()
        .get()
    )
    return _facts(gathering, found)


def _facts(gathering: Gathering, found: Mapping[str, Any]) -> Facts:
    return Facts(
        kind=GatheringKind(gathering.kind),
        sessions=found["sessions_held"],
        seats=found["seats_held"],
        open_round=found["open_round"],
        closes_on=found["closes_on"],
        rounds_closed=found["rounds_closed"],
        rounds_counted=found["rounds_counted"],
        rounds_to_count=found["waiting"],
        barriers=(found["lines_answered"], found["lines"]),
        answered_on=_day(found["answered_at"]),
        look_again_on=found["again_on"],
        statements=found["statements_held"],
        public_statement=found["public_statement"] or "",
        is_closed=gathering.names_dropped_at is not None,
        locked_on=_day(gathering.locked_at),
        days_counted=found["days"],
    )


def _day(at: datetime | None) -> date | None:
    return timezone.localtime(at).date() if at else None
