"""Putting people into the seats of one session, inside the transaction of whoever calls."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import F, Max, QuerySet

from panels.enums import SeatRole
from panels.models import Gathering, Participant, Seat, Session
from panels.seating import SeatEntry, in_order, name_key


@dataclass
class Known:
    """The people of a line-up by name; where two share one, whoever sits here already.

    `here`: who has a seat in the session that is written.
    """

    by_key: dict[str, Participant]
    here: set[UUID]
    next_number: int

    def find(self, entry: SeatEntry) -> Participant | None:
        """By the name before where somebody here is spelled anew; never one person as two."""
        found = self.by_key.get(name_key(entry.name)) if entry.name else None
        if found or not entry.was:
            return found
        before = self.by_key.get(name_key(entry.was))
        return before if before and before.pk in self.here else None


def next_number(gathering: Gathering) -> int:
    return (gathering.participants.aggregate(last=Max("number"))["last"] or 0) + 1


def people_known(gathering: Gathering, session: Session | None) -> Known:
    people = list(gathering.participants.exclude(name="").order_by("-number"))
    seated = session.seats.exclude(participant=None) if session else Seat.objects.none()
    here = set(seated.values_list("participant_id", flat=True))
    people.sort(key=lambda one: one.pk in here)
    by_key = {name_key(one.name): one for one in people}
    return Known(by_key, here, next_number(gathering))


def seats_of(session: Session) -> list[SeatEntry]:
    """As they stand: a planned seat has no name."""
    rows = session.seats.select_related("participant")
    return in_order(
        SeatEntry(SeatRole(seat.role), seat.participant.name, seat.participant.email)
        if seat.participant
        else SeatEntry(SeatRole(seat.role))
        for seat in rows
    )


def as_they_would_stand(entries: Sequence[SeatEntry], known: Known) -> list[SeatEntry]:
    """What was typed, everybody spelled in one way and with the one address they have.

    A blank address takes away that of somebody who had a seat here, where it was on the page;
    somebody from elsewhere on the line-up keeps theirs.
    """
    spelled = {name_key(entry.name): entry.name for entry in reversed(entries)}
    typed = {name_key(entry.name): entry.email for entry in entries if entry.email}
    return in_order(
        replace(
            entry,
            name=spelled[name_key(entry.name)],
            email=typed.get(name_key(entry.name)) or _known_address(known.find(entry), known),
        )
        if entry.name
        else SeatEntry(entry.role)
        for entry in entries
    )


def _known_address(person: Participant | None, known: Known) -> str:
    return "" if person is None or person.pk in known.here else person.email


def put_seats(session: Session, entries: Sequence[SeatEntry], known: Known) -> None:
    """The session has these seats and no others; whoever has no seat left is forgotten."""
    before = list(session.seats.all())
    wanted = [(entry.role, _person(session, entry, known)) for entry in entries]
    missing = Counter((role.value, person.pk if person else None) for role, person in wanted)
    surplus = []
    for seat in before:
        key = (seat.role, seat.participant_id)
        if missing[key]:
            missing[key] -= 1
        else:
            surplus.append(seat.pk)
    session.seats.filter(pk__in=surplus).delete()
    Seat.objects.bulk_create(
        Seat(session=session, role=role, participant_id=person)
        for (role, person), number in missing.items()
        for _ in range(number)
    )
    forget_without_a_seat(session.gathering, [seat.participant_id for seat in before])


def _person(session: Session, entry: SeatEntry, known: Known) -> Participant | None:
    if not entry.name:
        return None
    person = known.find(entry)
    if person is None:
        person = session.gathering.participants.create(
            number=known.next_number, name=entry.name, email=entry.email
        )
        known.next_number += 1
        known.by_key[name_key(entry.name)] = person
    elif (person.name, person.email) != (entry.name, entry.email):
        if name_key(person.name) != name_key(entry.name):
            _others_with(person, session).update(revision=F("revision") + 1)
        person.name, person.email = entry.name, entry.email
        person.save(update_fields=["name", "email"])
    return person


def _others_with(person: Participant, session: Session) -> QuerySet[Session]:
    """Whoever is writing in one of them is told that it changed, and brings no old name back."""
    seated = Session.objects.filter(gathering=session.gathering, seats__participant=person)
    return Session.objects.filter(pk__in=seated.exclude(pk=session.pk).values("pk"))


def forget_without_a_seat(gathering: Gathering, people: Sequence[object]) -> None:
    """A name is there to plan with: with the last seat it goes."""
    gathering.participants.filter(pk__in=[pk for pk in people if pk], seats=None).delete()
