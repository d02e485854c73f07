"""Who may decide, and at which meeting. Rules only: facts in, the reason why not out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from committees.enums import DecisionKind
from recommendations.enums import Response, Ruling

COORDINATES = "You coordinate the work here, so somebody else decides."
OWNS = "This is your own work, so somebody else decides."
LEFT = "You no longer belong to this organisation."
ASKED = {
    DecisionKind.CLOSURE: "You proposed this, so somebody else decides.",
    DecisionKind.EXTENSION: "You asked for this, so somebody else decides.",
    DecisionKind.RESPONSE: "You asked for this, so somebody else decides.",
}
WAS_AWAY = "You sent apologies for this meeting, so somebody who was there decides."
CHAIR_RECORDS = "The chair is free to decide this, so the chair records it."
NO_SEAT = "You had no seat on the committee on the day of this meeting."
NOBODY_SEATED = "Nobody had a seat on the committee on the day of this meeting."
PASSED_ON_TO_OTHERS = (
    "Nobody on the committee is free to decide this. A trustee or an adviser does."
)
NOT_THE_COMMITTEE = "Only the accountability committee decides."
CANCELLED = "This meeting was cancelled. Choose another one."
STILL_TO_COME = "This meeting is still to come. Record the decision on its day or after."
BEFORE_IT_WAS_ASKED = "This was asked for after that meeting. Choose a later one."
NOT_MET_SINCE = (
    "The committee has not met since. Record the decision on the day of its next meeting, or after."
)
REASON_OWED = "Say why, so that people know."
NOT_AHEAD = "Choose a date still to come."
DATE_STILL_AHEAD = "This date has not passed yet. Its lead can still ask for a later one."


@dataclass(frozen=True)
class Person:
    """What stands between somebody and a matter. `advises`: trustee or adviser."""

    is_member: bool = True
    coordinates: bool = False
    owns: bool = False
    asked: bool = False
    advises: bool = False


@dataclass(frozen=True)
class Seat:
    """A seat on the committee on the day of the meeting."""

    person: Person
    is_chair: bool = False
    sent_apologies: bool = False


@dataclass(frozen=True)
class Sitting:
    """A meeting at which something might be decided."""

    day: date
    is_committee: bool = True
    is_cancelled: bool = False


def why_not_at(sitting: Sitting, *, today: date, asked_on: date | None) -> str:
    """Why nothing about this can be decided at this meeting; empty when it can.

    asked_on: None where nobody asked for it: a response that is owed, or the committee itself.
    """
    if not sitting.is_committee:
        return NOT_THE_COMMITTEE
    if sitting.is_cancelled:
        return CANCELLED
    if sitting.day > today:
        return STILL_TO_COME
    if asked_on is not None and sitting.day < asked_on:
        return BEFORE_IT_WAS_ASKED
    return ""


def why_not_you(person: Person, kind: str) -> str:
    """Why this person never decides this, whatever the meeting; empty when they might.

    A response is not about anybody's own work: its owners may decide it.
    """
    if not person.is_member:
        return LEFT
    if person.coordinates:
        return COORDINATES
    if person.asked:
        return ASKED[DecisionKind(kind)]
    return OWNS if person.owns and kind != DecisionKind.RESPONSE else ""


def why_not_decide(person: Person, own: Seat | None, seats: Sequence[Seat], kind: str) -> str:
    """Why this person does not decide at this meeting; empty when they do.

    own: their own seat among `seats`. The chair records; a member does where no chair is free;
    a trustee or an adviser does where nobody on the committee is free.
    """
    problem = why_not_you(person, kind)
    if problem:
        return problem
    if own is not None:
        return _why_not_seated(own, seats, kind)
    if not seats:
        return NOBODY_SEATED
    if not is_passed_on(seats, kind):
        return NO_SEAT
    return "" if person.advises else PASSED_ON_TO_OTHERS


def _why_not_seated(own: Seat, seats: Iterable[Seat], kind: str) -> str:
    if own.sent_apologies:
        return WAS_AWAY
    chairs = (seat for seat in seats if seat.is_chair and not seat.sent_apologies)
    if not own.is_chair and any(not why_not_you(chair.person, kind) for chair in chairs):
        return CHAIR_RECORDS
    return ""


def is_passed_on(seats: Sequence[Seat], kind: str) -> bool:
    """Nobody with a seat may decide this. Who is merely away decides at another meeting."""
    return bool(seats) and all(why_not_you(seat.person, kind) for seat in seats)


def might_decide(
    person: Person, sits: bool, committees: Iterable[Sequence[Seat]], kind: str
) -> bool:
    """Whether a list leads this person to the page on which it is decided; that page asks again.

    sits: today, or on the day of a meeting at which it might have been decided.
    committees: those who sit on each today.
    """
    if why_not_you(person, kind):
        return False
    return sits or (person.advises and any(is_passed_on(seats, kind) for seats in committees))


def why_not_ruled(ruling: str, reason: str) -> str:
    """Whoever asked is told why not yet."""
    return REASON_OWED if ruling == Ruling.RETURNED and not reason.strip() else ""


def why_not_answered(response: str, reason: str) -> str:
    """Less than a yes comes with its reason."""
    owes = response in Response.needing_a_reason() and not reason.strip()
    return REASON_OWED if owes else ""


def why_not_moved(target: date | None, new_date: date, *, today: date) -> str:
    """The committee moves a date by itself only once it has passed, and never to the past."""
    if target is not None and today <= target:
        return DATE_STILL_AHEAD
    return NOT_AHEAD if new_date <= today else ""
