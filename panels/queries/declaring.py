"""Rounds of asking people, their links and codes. Never anybody's answer."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.http import Http404
from django.utils import timezone

from organisations.models import Organisation
from organisations.tokens import derived_code, digest, opens
from panels import audit
from panels.declaring import Earlier, People, code_typed, latest_close, refusal_to_open
from panels.enums import GatheringKind, Measure, Part, RoundOutcome, Stage
from panels.models import AskingRefusal, DeclarationRound, DeclarationToken, Gathering, Seat
from panels.queries.line_up import totals_of_one

PURPOSE = "declaration"


@dataclass(frozen=True)
class ToAsk:
    """One person with a seat that counts. `participant` is None where the seat is nobody's yet."""

    participant: UUID | None
    email: str
    is_on_main_stage: bool
    is_on_rest: bool


@dataclass(frozen=True)
class Progress:
    """How many of all have answered; who they are is told to nobody."""

    asked: int
    answered: int

    @property
    def of_all(self) -> str:
        return f"of {self.asked}"


@dataclass(frozen=True)
class Ways:
    """How many are asked by email, and how many get a printed code."""

    mailed: int
    printed: int


class Door(StrEnum):
    OPEN = "open"
    USED = "used"
    CLOSED = "closed"
    UNKNOWN = "unknown"


def people_of(gathering: Gathering) -> People:
    totals = totals_of_one(gathering)
    return People(totals.whole.people, totals.main_stage.people, totals.rest.people)


def people_to_ask(gathering: Gathering) -> list[ToAsk]:
    """As many as `people_of` says; two queries."""
    roles = audit.counted_roles(GatheringKind(gathering.kind))
    of_theirs = Seat.objects.filter(participant=OuterRef("pk"), role__in=roles)
    named = gathering.participants.annotate(
        on_main=Exists(of_theirs.filter(session__stage=Stage.MAIN)),
        on_rest=Exists(of_theirs.exclude(session__stage=Stage.MAIN)),
    ).filter(Q(on_main=True) | Q(on_rest=True))
    nobodys = Seat.objects.filter(session__gathering=gathering, role__in=roles, participant=None)
    rows = named.values_list("pk", "email", "on_main", "on_rest")
    stages = nobodys.values_list("session__stage", flat=True)
    return [
        *(ToAsk(*row) for row in rows),
        *(ToAsk(None, "", stage == Stage.MAIN, stage != Stage.MAIN) for stage in stages),
    ]


def ways_to_ask(gathering: Gathering) -> Ways:
    to_ask = people_to_ask(gathering)
    mailed = sum(bool(person.email) for person in to_ask)
    return Ways(mailed, len(to_ask) - mailed)


def ways_of(asked: DeclarationRound) -> Ways:
    """Of an open round; one query."""
    mailed = asked.tokens.filter(is_mailed=True).count()
    return Ways(mailed, asked.invited - mailed)


def open_round_of(gathering: Gathering) -> DeclarationRound | None:
    return gathering.declaration_rounds.filter(closed_at=None).first()


def round_of(gathering: Gathering, pk: UUID) -> DeclarationRound:
    found = gathering.declaration_rounds.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def rounds_due(today: date) -> QuerySet[DeclarationRound]:
    """Those whose last day is over, and those in which nobody is left to answer."""
    waiting = DeclarationToken.objects.filter(round=OuterRef("pk"), is_settled=False)
    over = Q(closes_on__lt=today) | ~Exists(waiting)
    return DeclarationRound.objects.filter(over, closed_at=None).order_by("closes_on", "pk")


def rounds_to_count() -> QuerySet[DeclarationRound]:
    """Closed, and their answers not in the count yet: then there are links left."""
    links = DeclarationToken.objects.filter(round=OuterRef("pk"))
    closed = DeclarationRound.objects.exclude(closed_at=None)
    return closed.filter(Exists(links)).order_by("closed_at", "pk")


def is_to_be_counted(asked: DeclarationRound) -> bool:
    return rounds_to_count().filter(pk=asked.pk).exists()


def earlier_round(gathering: Gathering) -> Earlier:
    counted = gathering.declaration_rounds.filter(outcome=RoundOutcome.COUNTED)
    return Earlier(counted.order_by("-as_at").values_list("as_at", flat=True).first())


def why_not_to_ask(gathering: Gathering, *, today: date) -> str:
    return refusal_to_open(
        people_of(gathering),
        kind=GatheringKind(gathering.kind),
        earlier=earlier_round(gathering),
        today=today,
        last_day=last_day_of(gathering),
    )


def asked_today(organisation: Organisation, *, today: date) -> int:
    """People in its rounds that wrote to them today; those that also reminded count twice."""
    opened, reminded = Q(opened_at__gte=start_of(today)), Q(last_reminded_on=today)
    rounds = DeclarationRound.objects.filter(gathering__organisation=organisation)
    sums = rounds.filter(opened | reminded).aggregate(
        opened=Sum("invited", filter=opened, default=0),
        reminded=Sum("invited", filter=reminded, default=0),
    )
    return int(sums["opened"] + sums["reminded"])


def start_of(day: date) -> datetime:
    """In London."""
    return timezone.make_aware(datetime.combine(day, time()))


def last_day_of(gathering: Gathering) -> date:
    return gathering.ends_on or gathering.held_on


def latest_close_of(gathering: Gathering, *, today: date) -> date:
    kind = GatheringKind(gathering.kind)
    return latest_close(kind, today=today, last_day=last_day_of(gathering))


def progress_of(asked: DeclarationRound) -> Progress:
    """Of an open round; one query."""
    used = asked.tokens.aggregate(used=Count("pk", filter=Q(is_used=True)))["used"]
    return Progress(asked.invited, used)


def some_are_on_both(asked: DeclarationRound) -> bool:
    """Whether somebody who was asked is counted with both stages."""
    return asked.tokens.filter(is_on_main_stage=True, is_on_rest=True).exists()


def is_settled(round_id: UUID) -> bool:
    """Nobody is left who could still answer."""
    return not DeclarationToken.objects.filter(round=round_id, is_settled=False).exists()


def token_typed(code: str) -> DeclarationToken | None:
    """The token of a link or of a code as somebody typed it; one query."""
    found = DeclarationToken.objects.select_related("round__gathering__organisation")
    return found.filter(token_sha256=digest(code_typed(code))).first()


def door_of(token: DeclarationToken | None, *, today: date) -> Door:
    if token is None:
        return Door.UNKNOWN
    if token.is_used:
        return Door.USED
    is_over = token.round.closed_at is not None or today > token.round.closes_on
    return Door.CLOSED if is_over else Door.OPEN


def code_of(token: DeclarationToken) -> str:
    """Its code; empty where the installation's key was changed, so that it opens nothing."""
    code = derived_code(PURPOSE, token.pk)
    return code if opens(code, bytes(token.token_sha256)) else ""


def printed_codes(asked: DeclarationRound) -> list[DeclarationToken]:
    """Codes that belong to nobody, main stage first; in an order that says nothing."""
    printed = asked.tokens.filter(is_mailed=False)
    return list(printed.order_by("-is_on_main_stage", "is_on_rest", "token_sha256"))


def waiting_by_mail(asked: DeclarationRound) -> list[DeclarationToken]:
    """Those asked by email who have not answered and have not said that they object.

    Whose address was changed since the link was sent is left out: the link is of the first.
    """
    waiting = asked.tokens.filter(is_mailed=True, is_used=False).exclude(participant=None)
    organisation = asked.gathering.organisation
    found = {
        token: token.participant.email
        for token in waiting.select_related("participant")
        if token.participant
        and bytes(token.address_sha256 or b"")
        == address_digest(organisation, token.participant.email)
    }
    objecting = those_who_object(organisation, list(found.values()))
    return [token for token, address in found.items() if address not in objecting]


def address_digest(organisation: Organisation, address: str) -> bytes:
    """Made without the installation's key: an objection outlives it."""
    return hashlib.sha256(f"{organisation.pk}:{address.strip().lower()}".encode()).digest()


def those_who_object(organisation: Organisation, addresses: list[str]) -> set[str]:
    """Those of the addresses that this organisation never asks again; one query."""
    digests = {address_digest(organisation, address): address for address in addresses}
    found = AskingRefusal.objects.filter(organisation=organisation, address_sha256__in=digests)
    known = {bytes(one) for one in found.values_list("address_sha256", flat=True)}
    return {address for address in addresses if address_digest(organisation, address) in known}


def opened_counters(asked: DeclarationRound) -> dict[tuple[Part, Measure], tuple[int, int]]:
    """What the sealed counters hold, once the close is committed and three people answered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT part, measure, yes, no FROM panels_open_counters(%s)", [asked.pk])
        return {
            (Part(part), Measure(measure)): (yes, no)
            for part, measure, yes, no in cursor.fetchall()
        }
