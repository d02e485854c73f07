"""A leader's year as a timeline: the steps of the ledger, reflections and check-ins."""

from collections.abc import Iterable, Iterator
from datetime import date

from commitments.entry_words import step_words
from commitments.enums import InvitationState
from commitments.queries.check_ins import LookBack
from commitments.queries.own_record import OwnEntry, OwnRecord
from commitments.timeline import (
    DONE,
    MISSED,
    NOT_TOLD,
    OPEN,
    REFLECTED,
    Happening,
    Month,
    months_of,
)


def months_of_year(own: OwnRecord, look_backs: Iterable[LookBack]) -> list[Month]:
    """Of entries that came in since the pledge was made."""
    entries = [entry for entry in own.entries if entry.received_on >= own.since]
    happenings = [*_of_entries(entries, today=own.today), *_of_check_ins(look_backs)]
    return months_of(happenings, first=own.year.first, last=own.year.last)


def _of_entries(entries: Iterable[OwnEntry], *, today: date) -> Iterator[Happening]:
    for entry in entries:
        changed = entry.is_confirmed and entry.fact.changed(today=today) is not None
        for state, step, is_confirmed in entry.steps:
            if state not in NOT_TOLD:
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


def _of_check_ins(look_backs: Iterable[LookBack]) -> Iterator[Happening]:
    """Each in the month in which it opened."""
    for look_back in look_backs:
        passed = look_back.passed
        kind = DONE if passed.done else MISSED if passed.missed else OPEN
        yield Happening(passed.period.opens_on, kind, f"Check-in for {passed.period.words}")
