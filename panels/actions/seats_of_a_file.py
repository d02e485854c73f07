"""Which seats a file adds to those that stand in a session."""

from collections import defaultdict
from uuid import UUID

from panels.models import Gathering, Seat
from panels.programme import ProgrammeSession


def by_role(read: ProgrammeSession) -> dict[str, list[str]]:
    wanted: dict[str, list[str]] = defaultdict(list)
    for seat in read.seats:
        wanted[seat.role.value].append(seat.person_key)
    return wanted


def seats_standing(gathering: Gathering) -> dict[tuple[UUID, str], list[Seat]]:
    standing: dict[tuple[UUID, str], list[Seat]] = defaultdict(list)
    for seat in Seat.objects.filter(session__gathering=gathering):
        standing[seat.session_id, seat.role].append(seat)
    return standing


def seat_them(
    session: UUID,
    role: str,
    people: list[UUID],
    wanted: int,
    standing: list[Seat],
    new: list[Seat],
    filled: list[Seat],
) -> None:
    """Somebody new takes a seat that the file no longer leaves empty; then seats are added until
    there are as many as the file has. A seat that was filled by hand is not added once more."""
    here = {seat.participant_id for seat in standing}
    free = [seat for seat in standing if seat.participant_id is None]
    spare = free[: max(0, len(free) - (wanted - len(people)))]
    seats = len(standing)
    for person in dict.fromkeys(people):
        if person in here:
            continue
        if spare:
            seat = spare.pop()
            seat.participant_id = person
            filled.append(seat)
        else:
            new.append(Seat(session_id=session, role=role, participant_id=person))
            seats += 1
    empty = max(0, wanted - seats) if wanted > len(people) else 0
    new.extend(Seat(session_id=session, role=role) for _ in range(empty))
