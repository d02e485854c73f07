"""The record of a pledge, computed from its ledger, its check-ins and what events showed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from commitments.enums import InvitationKind, InvitationState
from commitments.facts import LedgerFact, StepFact
from commitments.figures import Figure
from commitments.models import Invitation, Pledge
from commitments.queries.gathered import Gathered, Row, gather
from commitments.queries.public import made_on
from commitments.queries.reflections import shown_line_ups
from commitments.record import Year, first_day, took_part, year_to
from commitments.verdicts import worst_showing
from panels.audit import LineUp
from panels.models import Gathering
from panels.thresholds import Thresholds


@dataclass(frozen=True)
class Record:
    """`followed` is None where the leader does not let it be counted."""

    year: Year
    evidence: str
    followed: Figure | None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them, the headline first."""
        return (*self.year.every_figure, *([self.followed] if self.followed else []))


def record_of(
    pledge: Pledge, *, today: date, last: date | None = None, confirmed_only: bool = True
) -> Record:
    """The 12 months up to `last`, or up to today; never before the pledge was made.

    At most three queries, whatever the length of the ledger: one where nobody took part.
    """
    last, since = last or today, made_on(pledge)
    gathered = gather(
        pledge,
        first=max(first_day(last), since),
        last=last,
        today=today,
        confirmed_only=confirmed_only,
    )
    facts = ledger_facts(gathered, today=today, confirmed_only=confirmed_only)
    year = year_to(last, facts.values(), today=today, since=since)
    return Record(year, gathered.evidence, gathered.followed)


def ledger_facts(
    gathered: Gathered, *, today: date, confirmed_only: bool = True
) -> dict[UUID, LedgerFact]:
    """Each entry as the rules see it, by its id. At most two queries.

    Of what is not confirmed, with `confirmed_only`, nothing but the day it came in remains.
    """
    facts = steps_alone(gathered.rows, confirmed_only=confirmed_only)
    line_ups = line_ups_of_rows(
        row for row in gathered.rows if took_part(facts[UUID(row["id"])], today=today)
    )
    return with_showings(facts, line_ups, gathered.thresholds)


def steps_alone(rows: Iterable[Row], *, confirmed_only: bool) -> dict[UUID, LedgerFact]:
    return {UUID(row["id"]): _fact(row, confirmed_only) for row in rows}


def line_ups_of_rows(rows: Iterable[Row]) -> dict[UUID, tuple[LineUp, ...]]:
    """The counts of each that has any, by the entry's id. At most two queries, and none where
    nobody counted."""
    told = [row for row in rows if row["counted"] or row["answered"]]
    answered = [_bare(row) for row in told if row["answered"]]
    return shown_line_ups([_bare(row) for row in told], answered=answered)


def with_showings(
    facts: Mapping[UUID, LedgerFact],
    line_ups: Mapping[UUID, tuple[LineUp, ...]],
    thresholds: Thresholds,
) -> dict[UUID, LedgerFact]:
    return {
        pk: replace(fact, showing=worst_showing(line_ups[pk], thresholds))
        if pk in line_ups
        else fact
        for pk, fact in facts.items()
    }


def _fact(row: Row, confirmed_only: bool) -> LedgerFact:
    return LedgerFact(
        received_on=date.fromisoformat(row["received_on"]),
        held_on=date.fromisoformat(row["held_on"]) if row["held_on"] else None,
        kind=InvitationKind(row["kind"]),
        steps={
            InvitationState(step["state"]): StepFact(
                date.fromisoformat(step["on"]),
                step["by_organiser"],
                step["number"],
                by_mail=step["by_organiser"] and row["by_mail"],
            )
            for step in row["steps"] or []
            if step["confirmed"] or not confirmed_only
        },
    )


def _bare(row: Row) -> Invitation:
    """No more of an entry than finding its count asks for."""
    of = row["gathering"] if row["counted"] else None
    gathering = Gathering(pk=UUID(of), kind=row["kind_of_gathering"]) if of else None
    return Invitation(pk=UUID(row["id"]), gathering=gathering)
