"""What a programme would change if it were saved now, found by the same steps and saved nowhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from panels.actions.applying import Applied, Known, Row, Work
from panels.models import Gathering
from panels.programme import Programme

SHOWN = 20


@dataclass(frozen=True)
class Rehearsal:
    """`new`: keys of the sessions that the line-up does not have yet.

    `changed` and `missing`: the first titles of those that change, and of those in the line-up
    that the file does not have, which stay.
    """

    applied: Applied
    new: frozenset[str]
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    missing_in_all: int

    @property
    def is_nothing_new(self) -> bool:
        return self.applied.is_nothing_new

    @property
    def changed_left(self) -> int:
        return self.applied.sessions_changed - len(self.changed)

    @property
    def missing_left(self) -> int:
        return self.missing_in_all - len(self.missing)


class _WithoutSaving(Work):
    def in_batches(self, rows: Sequence[Row]) -> Iterator[list[Row]]:
        yield from ()

    def is_changed(self, session: Known) -> None:
        if session.pk not in self.added:
            self.changed.add(session.pk)


def _all_of_it(programme: Programme) -> Rehearsal:
    """Where nobody is written down yet, and most files are read in, nothing is to be compared."""
    people = {seat.person_key for session in programme.sessions for seat in session.seats}
    return Rehearsal(
        applied=Applied(
            sessions_added=programme.talks,
            people_added=len(people - {""}),
            seats_added=programme.seats,
        ),
        new=frozenset(session.source_key for session in programme.sessions),
        changed=(),
        missing=(),
        missing_in_all=0,
    )


def rehearse_programme(*, gathering: Gathering, programme: Programme) -> Rehearsal:
    if not gathering.sessions.exists() and not gathering.participants.exists():
        return _all_of_it(programme)
    work = _WithoutSaving(gathering, programme, None)
    work.put_sessions()
    work.put_people()
    work.put_seats()
    matched = {session.pk for session in work.sessions.values()}
    standing = gathering.sessions.order_by("position", "pk").values_list("pk", "title")
    missing = [title for pk, title in standing if pk not in matched]
    changed = [one.title for one in work.sessions.values() if one.pk in work.changed]
    return Rehearsal(
        applied=work.applied(),
        new=frozenset(key for key, one in work.sessions.items() if one.pk in work.added),
        changed=tuple(changed[:SHOWN]),
        missing=tuple(missing[:SHOWN]),
        missing_in_all=len(missing),
    )
