"""How much waits on the records of several pledges, counted as each record counts it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from commitments.enums import InvitationKind, InvitationState
from commitments.models import Invitation, Reflection, ReplyTally, Signing, Step
from commitments.models.pledge import PledgeQuerySet
from commitments.queries.record import line_ups_of_rows
from commitments.queries.reflections import shown_line_ups
from commitments.reflecting import Held, is_shown_to_meet, is_waited_for
from commitments.waiting import what_waits
from panels.audit import LineUp
from panels.models import Tally
from panels.thresholds import Threshold, Thresholds

Row = dict[str, Any]
OF_WORDING = (
    "women_numerator", "women_denominator", "minoritised_numerator", "minoritised_denominator",
)  # fmt: skip
OF_ENTRY = ("id", "kind", "state", "held_on", "gathering", "unconfirmed", "reflected")


def with_entries_that_may_wait(pledges: PledgeQuerySet, *, today: date) -> PledgeQuerySet:
    """Each with `may_wait`, the rows below, and `asks_for`, its thresholds; no query more."""
    return pledges.annotate(
        may_wait=ArraySubquery(may_wait(today)), asks_for=_asked_for(OuterRef("pk"))
    )


def may_wait(today: date) -> QuerySet[Invitation, Any]:
    """All that waits and some that does not: what an event showed is for the rules to say."""
    steps = Step.objects.filter(invitation=OuterRef("pk"), confirmed_at=None)
    counts = Tally.objects.filter(gathering=OuterRef("gathering"))
    answers = ReplyTally.objects.filter(reply__letter__invitation=OuterRef("pk"))
    written = Reflection.objects.filter(invitation=OuterRef("pk"))
    return (
        Invitation.objects.filter(pledge=OuterRef("pk"), received_on__lte=today)
        .alias(
            unconfirmed=Q(confirmed_at=None) | Exists(steps),
            reflected=Exists(written),
            counted=Exists(counts),
            answered=Exists(answers),
        )
        .filter(
            Q(unconfirmed=True)
            | Q(state__in=[InvitationState.ANSWERED, InvitationState.TOOK_PART])
            | Q(held_on__lt=today)
        )
        .order_by()
        .values(
            row=JSONObject(
                **{name: F(name) for name in OF_ENTRY},
                kind_of_gathering="gathering__kind",
                counted="counted",
                answered="answered",
            )
        )
    )


def numbers_waiting(pledges: Iterable[Any], *, today: date) -> dict[UUID, int]:
    """Of pledges with `may_wait`: how many lines their records show, the check-in apart. Two
    queries where an event to reflect on was counted, else none."""
    pledges = list(pledges)
    line_ups = line_ups_of_rows(
        row for pledge in pledges for row in pledge.may_wait if _waits_for_words(row, today)
    )
    return {
        pledge.pk: sum(
            row["unconfirmed"] + _waits(row, line_ups, _thresholds(pledge.asks_for), today)
            for row in pledge.may_wait
        )
        for pledge in pledges
    }


def shown_to_meet(entries: QuerySet[Invitation]) -> list[UUID]:
    """Those of which every count shows both measures met. Three queries at most."""
    counts = Tally.objects.filter(gathering=OuterRef("gathering"))
    answers = ReplyTally.objects.filter(reply__letter__invitation=OuterRef("pk"))
    told = entries.filter(Exists(counts) | Exists(answers)).select_related("gathering")
    found = list(told.annotate(asks_for=_asked_for(OuterRef("pledge"))))
    line_ups = shown_line_ups(found) if found else {}
    return [
        each.pk
        for each in found
        if is_shown_to_meet(
            Held(
                InvitationKind(each.kind),
                InvitationState(each.state),
                each.held_on,
                line_ups.get(each.pk, ()),
                _thresholds(each.asks_for),
            )
        )
    ]


def _asked_for(pledge: OuterRef) -> Subquery:
    """The thresholds of the text as last signed."""
    signed = Signing.objects.filter(pledge=pledge, signed_at__isnull=False)
    thresholds = JSONObject(**{name: f"wording__{name}" for name in OF_WORDING})
    return Subquery(signed.order_by("-number").values(found=thresholds)[:1])


def _waits(
    row: Row, line_ups: Mapping[UUID, Sequence[LineUp]], thresholds: Thresholds, today: date
) -> bool:
    held = _held(row)
    told = replace(held, line_ups=line_ups.get(UUID(row["id"]), ()), thresholds=thresholds)
    waits_for_reflection = not row["reflected"] and is_waited_for(told, today=today)
    return bool(
        what_waits(
            held.kind, held.state, held.held_on, waits_for_reflection=waits_for_reflection,
            today=today,
        )
    )  # fmt: skip


def _waits_for_words(row: Row, today: date) -> bool:
    """Unless what was counted is shown to meet."""
    return not row["reflected"] and is_waited_for(_held(row), today=today)


def _held(row: Row) -> Held:
    return Held(
        kind=InvitationKind(row["kind"]),
        state=InvitationState(row["state"]),
        held_on=date.fromisoformat(row["held_on"]) if row["held_on"] else None,
    )


def _thresholds(found: Mapping[str, int] | None) -> Thresholds:
    if found is None:
        return Thresholds()
    women, of_women, minoritised, of_minoritised = (found[name] for name in OF_WORDING)
    return Thresholds(Threshold(women, of_women), Threshold(minoritised, of_minoritised))
