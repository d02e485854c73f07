"""The record as the leader and their assistants see it: every entry, confirmed or not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from commitments.entry_words import step_words
from commitments.enums import InvitationKind, InvitationState, Shown
from commitments.facts import LedgerFact, StepFact
from commitments.figures import Figure
from commitments.models import Pledge
from commitments.queries.gathered import Gathered, Row, gather
from commitments.queries.public import made_on
from commitments.queries.record import Record, line_ups_of_rows, steps_alone, with_showings
from commitments.record import Year, first_day, took_part, year_to, years_back
from commitments.reflecting import Held, is_waited_for
from commitments.states import OUTCOMES
from commitments.waiting import MOST_WAITS, What, what_waits

A_DAY = timedelta(days=1)
COUNTED_OTHERWISE = "counted otherwise"


@dataclass(frozen=True)
class OwnEntry:
    """One entry as the list shows it. `fact` holds its confirmed steps, `steps` all of them;
    `wrote` is empty where the leader noted it."""

    pk: UUID
    title: str
    organiser: str
    kind: InvitationKind
    state: InvitationState
    received_on: date
    held_on: date | None
    is_confirmed: bool
    wrote: str
    steps: Sequence[tuple[InvitationState, StepFact, bool]]
    reflected_on: date | None
    is_reflection_published: bool
    waits_for_reflection: bool
    fact: LedgerFact

    @property
    def is_open(self) -> bool:
        return self.state not in OUTCOMES

    @property
    def state_words(self) -> str:
        return step_words(self.kind, self.state)

    @property
    def waits_for_the_leader(self) -> bool:
        """Some of it counts only once the leader has confirmed it."""
        return not (self.is_confirmed and all(confirmed for *_, confirmed in self.steps))

    def step_on(self, state: InvitationState) -> date | None:
        return next((step.on for each, step, _ in self.steps if each == state), None)

    @property
    def asked_on(self) -> date | None:
        return self.step_on(InvitationState.ASKED)

    @property
    def has_changed(self) -> bool:
        return self.step_on(InvitationState.CHANGED) is not None

    def shown(self, today: date) -> Shown | None:
        """What it was shown to meet, of whatever the leader took part in."""
        if not (self.is_confirmed and took_part(self.fact, today=today)):
            return None
        return self.fact.showing.shown if self.fact.showing else Shown.NOT_SHOWN

    def waits_for(self, today: date) -> What | None:
        return what_waits(
            self.kind, self.state, self.held_on, waits_for_reflection=self.waits_for_reflection,
            today=today,
        )  # fmt: skip


class Wait(NamedTuple):
    entry: OwnEntry
    what: What


@dataclass(frozen=True)
class OwnRecord:
    """`before` is the year before, where anything stands in it. `years` are the last days of
    the years there are, newest first. `since`: the day the pledge was made, from which it
    counts; earlier entries are listed alone."""

    record: Record
    before: Year | None
    entries: Sequence[OwnEntry]
    years: Sequence[date]
    today: date
    since: date

    @property
    def year(self) -> Year:
        return self.record.year

    @property
    def is_the_newest(self) -> bool:
        return self.year.last == self.today

    @property
    def of_the_year(self) -> list[OwnEntry]:
        year = self.year
        return [entry for entry in self.entries if year.first <= entry.received_on <= year.last]

    @property
    def to_confirm(self) -> list[OwnEntry]:
        return [entry for entry in self.entries if entry.waits_for_the_leader]

    @property
    def waits(self) -> list[Wait]:
        """What wants a word now, the newest first; so many as one looks through at once."""
        return self._all_waits[:MOST_WAITS]

    @property
    def more_waits(self) -> int:
        return max(0, len(self._all_waits) - MOST_WAITS)

    @cached_property
    def _all_waits(self) -> list[Wait]:
        found = ((entry, entry.waits_for(self.today)) for entry in self.entries)
        return [Wait(entry, what) for entry, what in found if what]

    @property
    def headline_before(self) -> str:
        return self._before_of(self.year.headline)

    @property
    def beside(self) -> list[tuple[Figure, str]]:
        """Every figure but the headline, each with the year before in words."""
        return [(figure, self._before_of(figure)) for figure in self.record.figures[1:]]

    def _before_of(self, figure: Figure) -> str:
        """Only of what was counted alike."""
        earlier = self.before.figure(figure.key) if self.before else None
        if earlier is None:
            return ""
        is_alike = figure.may_share_a_trend_with(earlier)
        return earlier.in_short if is_alike else COUNTED_OTHERWISE

    @property
    def query(self) -> str:
        """Added to the address of a download: the same year."""
        return "" if self.is_the_newest else f"?to={self.year.last.isoformat()}"


def own_record_of(pledge: Pledge, *, today: date, last: date | None = None) -> OwnRecord:
    """Three queries, whatever the length of the ledger. Figures count what is confirmed alone."""
    last = last or today
    gathered = gather(pledge, first=date.min, last=today, today=today, confirmed_only=False)
    entries = entries_of(gathered, today=today)
    facts = [entry.fact for entry in entries if entry.is_confirmed]
    since = made_on(pledge)
    year = year_to(last, facts, today=today, since=since)
    before = year_to(first_day(last) - A_DAY, facts, today=today, since=since)
    return OwnRecord(
        record=Record(year, gathered.evidence, gathered.followed),
        before=None if before.is_empty else before,
        entries=entries,
        years=years_back(today, since=since),
        today=today,
        since=since,
    )


def entries_of(gathered: Gathered, *, today: date) -> list[OwnEntry]:
    """Newest first. Two queries at most, for what the events showed."""
    facts = steps_alone(gathered.rows, confirmed_only=True)
    held = {UUID(row["id"]): _held(row) for row in gathered.rows}
    line_ups = line_ups_of_rows(
        row
        for row in gathered.rows
        if took_part(facts[pk := UUID(row["id"])], today=today)
        or is_waited_for(held[pk], today=today)
    )
    facts = with_showings(facts, line_ups, gathered.thresholds)
    return [
        _entry(
            row,
            facts[pk := UUID(row["id"])],
            waits=row["reflected"] is None
            and is_waited_for(
                replace(held[pk], line_ups=line_ups.get(pk, ()), thresholds=gathered.thresholds),
                today=today,
            ),
        )
        for row in gathered.rows
    ]


def _held(row: Row) -> Held:
    return Held(
        kind=InvitationKind(row["kind"]),
        state=InvitationState(row["state"]),
        held_on=_day(row["held_on"]),
    )


def _entry(row: Row, fact: LedgerFact, *, waits: bool) -> OwnEntry:
    reflected = parse_datetime(row["reflected"]) if row["reflected"] else None
    return OwnEntry(
        pk=UUID(row["id"]),
        title=row["title"],
        organiser=row["organiser"],
        kind=fact.kind,
        state=InvitationState(row["state"]),
        received_on=fact.received_on,
        held_on=fact.held_on,
        is_confirmed=row["confirmed"],
        wrote=row["wrote"] or "",
        steps=tuple(_steps(row)),
        reflected_on=timezone.localdate(reflected) if reflected else None,
        is_reflection_published=row["published"] is not None,
        waits_for_reflection=waits,
        fact=fact,
    )


def _steps(row: Row) -> Iterator[tuple[InvitationState, StepFact, bool]]:
    for step in row["steps"] or []:
        on = date.fromisoformat(step["on"])
        taken = StepFact(on, step["by_organiser"], step["number"])
        yield InvitationState(step["state"]), taken, step["confirmed"]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
