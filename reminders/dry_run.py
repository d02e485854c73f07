"""What would go out today, to whom, and why. Nothing is written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from organisations.enums import Nation
from organisations.models import Organisation, User
from outbox.actions import is_address
from outbox.enums import State
from outbox.queries import suppressed_among
from reminders.due import DueRow, due_rows
from reminders.enums import Audience, Choice
from reminders.holidays import bank_holidays
from reminders.models import MailPause, Preference, Reminder
from reminders.planned import why_today
from reminders.rules import MANDATORY, REACH
from reminders.schedule import is_digest_day, next_digest_day

GOES = "Goes out today"
SENT = "Sent already"
WAITS = "Waits to be sent"
WEEKLY = "Waits for their weekly email"
OFF = "They switched this kind off"
PAUSED = "They paused their reminders"
# An event, a check-in: what a leader keeps to themselves is not for whoever coordinates.
OF_THEIR_OWN = "Something about their own pledge"
NOT_SAID = "it is theirs alone"
NO_ADDRESS = "No usable address"
SUPPRESSED = "Their address refuses our email"
FAILED = "Failed: see the emails"
# A cancelled one is made anew, so that it counts as not made.
FATE_OF = {
    State.QUEUED: WAITS,
    State.LEASED: WAITS,
    State.SENT: SENT,
    State.FAILED: FAILED,
    State.SUPPRESSED: SUPPRESSED,
}


@dataclass(frozen=True)
class Item:
    """One reminder: its kind, why it is due, and what becomes of it."""

    kind: str
    why: str
    fate: str


@dataclass(frozen=True)
class PersonToday:
    person: User
    items: tuple[Item, ...]


@dataclass(frozen=True)
class _Known:
    """What is on record about the people of one page, read once."""

    people: Mapping[UUID, User]
    states: Mapping[str, str]
    weekly: frozenset[tuple[UUID, str]]
    paused: frozenset[UUID]
    suppressed: frozenset[str]
    week: "_Week"

    def fate(self, row: DueRow) -> str:
        address = self.people[row.person].email
        known = FATE_OF.get(State(self.states[row.key])) if row.key in self.states else None
        if known is not None:
            return known
        if not is_address(address):
            return NO_ADDRESS
        if address.lower() in self.suppressed:
            return SUPPRESSED
        if row.kind in MANDATORY:
            return GOES
        if row.is_off:
            return OFF
        if row.person in self.paused:
            return PAUSED
        is_weekly = (row.person, row.kind.value) in self.weekly
        return WEEKLY if is_weekly and self.week.holds(row) else GOES


@dataclass(frozen=True)
class _Week:
    """is_today: in its nation it is the day of the week. following: its next one."""

    is_today: bool
    following: date

    def holds(self, row: DueRow) -> bool:
        """What would be over by then does not wait."""
        is_over = row.anchor + REACH[row.kind, row.audience] <= self.following
        return not self.is_today and not is_over


def due_in(organisation: Organisation, *, today: date) -> dict[UUID, list[DueRow]]:
    """By person; one query."""
    found: dict[UUID, list[DueRow]] = defaultdict(list)
    for row in due_rows(today, homes=[organisation.pk]):
        found[row.person].append(row)
    return dict(sorted(found.items()))


def as_people(
    people: Sequence[UUID], due: Mapping[UUID, list[DueRow]], *, nation: Nation, today: date
) -> list[PersonToday]:
    """Those of one page, in the order given; five queries."""
    rows = [row for person in people for row in due[person]]
    known = _known(rows, nation=nation, today=today)
    return [
        PersonToday(
            known.people[person],
            tuple(
                dict.fromkeys(
                    item_of(row, known.fate(row))
                    for row in sorted(due[person], key=lambda row: (row.anchor, row.key))
                )
            ),
        )
        for person in people
    ]


def item_of(row: DueRow, fate: str) -> Item:
    if row.audience == Audience.LEADER:
        return Item(OF_THEIR_OWN, NOT_SAID, fate)
    return Item(row.kind.label, why_today(row.rung, row.anchor), fate)


def _known(rows: Iterable[DueRow], *, nation: Nation, today: date) -> _Known:
    rows = [*rows]
    ids = {row.person for row in rows}
    people = User.objects.in_bulk(ids)
    states = Reminder.objects.filter(
        dedupe_key__in=[row.key for row in rows], withdrawn_at=None, email__isnull=False
    ).values_list("dedupe_key", "email__state")
    weekly = Preference.objects.filter(user__in=ids, choice=Choice.DIGEST)
    paused = MailPause.objects.filter(user__in=ids, until__gt=today)
    return _Known(
        people=people,
        states=dict(states),
        weekly=frozenset(weekly.values_list("user", "kind")),
        paused=frozenset(paused.values_list("user", flat=True)),
        suppressed=frozenset(suppressed_among(one.email for one in people.values())),
        week=_Week(
            is_digest_day(today, bank_holidays(nation, today.year)),
            next_digest_day(today, bank_holidays(nation, today.year)),
        ),
    )
