"""A leader's year as a timeline: the steps of the ledger, reflections and check-ins."""

from collections.abc import Iterable, Iterator
from datetime import date

from commitments.entry_words import step_words
from commitments.enums import InvitationState
from commitments.queries.own_record import OwnEntry, OwnRecord
from commitments.rhythm import Passed
from commitments.states import NO_EVIDENCE
from commitments.timeline import (
    DONE,
    MISSED,
    OPEN,
    REFLECTED,
    Happening,
    Month,
    months_of,
)


def months_of_year(own: OwnRecord, passed: Iterable[Passed]) -> list[Month]:
    """Of entries that came in since the pledge was made."""
    entries = [entry for entry in own.entries if entry.received_on >= own.since]
    happenings = [*_of_entries(entries, today=own.today), *_of_check_ins(passed)]
    return months_of(happenings, first=own.year.first, last=own.year.last)


def _of_entries(entries: Iterable[OwnEntry], *, today: date) -> Iterator[Happening]:
    for entry in entries:
        changed = entry.is_confirmed and entry.fact.changed(today=today) is not None
        for state, step, is_confirmed in entry.steps:
            if state not in NO_EVIDENCE:
                yield Happening(
                    on=step.on,
                    kind=state.value,
                    words=step_words(entry.kind, state, step.number),
                    about=entry.title,
                    invitation=entry.pk,
                    is_confirmed=entry.is_confirmed and is_confirmed,
                    counts_as_changed=changed and state == InvitationState.CHANGED,
                )
        if entry.reflected_on:
            words = (
                "Reflection published" if entry.is_reflection_published else "Reflection written"
            )
            yield Happening(entry.reflected_on, REFLECTED, words, entry.title, entry.pk)


def _of_check_ins(passed: Iterable[Passed]) -> Iterator[Happening]:
    """Each in the month in which it opened."""
    for each in passed:
        kind = DONE if each.done else MISSED if each.missed else OPEN
        words = f"Check-in for {each.period.words}"
        if kind == MISSED:
            words = f"The check-in for {each.period.in_short} was missed"
        yield Happening(each.period.opens_on, kind, words)
