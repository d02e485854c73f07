"""What the record suggests for a check-in. Rules only.

A suggestion is made only where the ledger shows what the promise says, and the promise stands as
the wording has it. Elsewhere the evidence is shown, and the leader answers.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from commitments.enums import InvitationKind, InvitationState, Kept, Shown
from commitments.facts import LedgerFact, StepFact

LOOKS_BACK_MONTHS = 24
"""How long before a period an invitation may have come in that moved on within it."""


@dataclass(frozen=True)
class PeriodFacts:
    """What one period's confirmed record holds.

    line_ups: invitations, events we run and seats that came in or moved on in the period, seats
    those that are seats; asked and seats_asked: those of them asked about so far. asked_now,
    changed, took_part and stepped_aside happened in the period; shown: of those taken part in, the
    ones shown to meet both numbers. letters: sent to organisers; barriers_answered: those whose
    reply says what is done about barriers. encouraged: people asked to make the pledge.
    colleagues: others of the organisation who made it.
    """

    line_ups: int = 0
    asked: int = 0
    asked_now: int = 0
    changed: int = 0
    took_part: int = 0
    shown: int = 0
    stepped_aside: int = 0
    seats: int = 0
    seats_asked: int = 0
    conversations: int = 0
    letters: int = 0
    barriers_answered: int = 0
    encouraged: int = 0
    colleagues: int = 0


@dataclass(frozen=True)
class OtherCounts:
    """What the ledger's own entries do not hold; see PeriodFacts."""

    letters: int = 0
    barriers_answered: int = 0
    encouraged: int = 0
    colleagues: int = 0


def facts_of(
    entries: Iterable[LedgerFact], other: OtherCounts, *, first: date, opens_on: date, today: date
) -> PeriodFacts:
    """Of the confirmed entries of a whole ledger, and the days from `first` until `opens_on`."""

    def within(step: StepFact | None) -> bool:
        return step is not None and first <= step.on < opens_on

    def moved(entry: LedgerFact) -> bool:
        return first <= entry.received_on < opens_on or any(map(within, entry.steps.values()))

    alive = [entry for entry in entries if moved(entry)]
    places = [entry for entry in alive if entry.is_a_place]
    seats = [entry for entry in places if entry.kind == InvitationKind.SEAT]
    took_part = [e for e in places if within(e.ended_by(InvitationState.TOOK_PART, today=today))]
    aside = InvitationState.STEPPED_ASIDE
    return PeriodFacts(
        line_ups=len(places),
        asked=sum(entry.asked(today=today) is not None for entry in places),
        asked_now=sum(within(entry.asked(today=today)) for entry in places),
        changed=sum(within(entry.changed(today=today)) for entry in places),
        took_part=len(took_part),
        shown=sum(e.showing is not None and e.showing.shown == Shown.BOTH for e in took_part),
        stepped_aside=sum(within(entry.ended_by(aside, today=today)) for entry in places),
        seats=len(seats),
        seats_asked=sum(entry.asked(today=today) is not None for entry in seats),
        conversations=len(alive) - len(places),
        letters=other.letters,
        barriers_answered=other.barriers_answered,
        encouraged=other.encouraged,
        colleagues=other.colleagues,
    )


@dataclass(frozen=True)
class Suggestion:
    """`kept` is None where nothing can be suggested; `evidence` is empty where there is none."""

    kept: Kept | None = None
    evidence: str = ""


NOTHING_KNOWN = Suggestion()


def suggest(facts: PeriodFacts, *, key: str, as_worded: bool) -> Suggestion:
    """For the promise with that key of the wording; empty for one of the leader's own.

    What an adapted promise says is not known here, so of it only the evidence is given.
    """
    rule = RULES.get(key)
    if rule is None:
        return NOTHING_KNOWN
    found = rule(facts)
    return found if as_worded else Suggestion(None, found.evidence)


def _of(kept: Kept | None, *evidence: str) -> Suggestion:
    said = "; ".join(part for part in evidence if part)
    return Suggestion(kept, f"{said}.") if said else NOTHING_KNOWN


def _keep_asking(facts: PeriodFacts) -> Suggestion:
    if not facts.line_ups:
        return NOTHING_KNOWN
    return _of(
        _share(facts.asked, facts.line_ups, none=Kept.NOT_THIS_TIME),
        f"Asked about {facts.asked} of {_counted(facts.line_ups, 'line-up')}",
        f"{_counted(facts.changed, 'line-up')} changed" if facts.changed else "",
    )


def _balanced_panels(facts: PeriodFacts) -> Suggestion:
    """Not shown to meet is not the same as not met: then nothing is suggested."""
    aside = f"Stepped aside for others {_times(facts.stepped_aside)}"
    return _of(
        _share(facts.shown, facts.took_part, none=None),
        f"Took part in {_counted(facts.took_part, 'line-up')}" if facts.took_part else "",
        f"{facts.shown} shown to meet both numbers" if facts.took_part else "",
        aside if facts.stepped_aside else "",
    )


def _every_stage(facts: PeriodFacts) -> Suggestion:
    """Whether different lives were heard, no count tells."""
    if not facts.took_part:
        return NOTHING_KNOWN
    return _of(None, f"Took part in {_counted(facts.took_part, 'line-up')}")


def _inclusive_groups(facts: PeriodFacts) -> Suggestion:
    if not facts.seats:
        return NOTHING_KNOWN
    return _of(None, f"Asked about {facts.seats_asked} of {_counted(facts.seats, 'seat')}")


def _encourage_others(facts: PeriodFacts) -> Suggestion:
    if not facts.encouraged:
        return NOTHING_KNOWN
    return _of(Kept.KEPT, f"Asked {_people(facts.encouraged)} to make the pledge")


def _whole_organisation(facts: PeriodFacts) -> Suggestion:
    if not facts.colleagues:
        return NOTHING_KNOWN
    return _of(None, f"{_people(facts.colleagues)} in your organisation made the pledge")


def _talk_to_organisers(facts: PeriodFacts) -> Suggestion:
    return _of(
        Kept.KEPT if facts.conversations or facts.asked_now else None,
        f"{_counted(facts.conversations, 'talk')} with organisers" if facts.conversations else "",
        f"Asked about {_counted(facts.asked_now, 'line-up')}" if facts.asked_now else "",
    )


def _remove_barriers(facts: PeriodFacts) -> Suggestion:
    """The leader may edit the letter, so only an answer shows that barriers were asked about."""
    return _of(
        Kept.KEPT if facts.barriers_answered else None,
        f"Sent {_counted(facts.letters, 'letter')} to organisers" if facts.letters else "",
        f"{_counted(facts.barriers_answered, 'organiser')} said what is done about barriers"
        if facts.barriers_answered
        else "",
    )


RULES: Mapping[str, Callable[[PeriodFacts], Suggestion]] = {
    "inclusive_groups": _inclusive_groups,
    "balanced_panels": _balanced_panels,
    "every_stage": _every_stage,
    "keep_asking": _keep_asking,
    "encourage_others": _encourage_others,
    "whole_organisation": _whole_organisation,
    "talk_to_organisers": _talk_to_organisers,
    "remove_barriers": _remove_barriers,
}


def _share(part: int, whole: int, *, none: Kept | None) -> Kept | None:
    """Kept for all of them, partly for some, `none` where it is none of them."""
    if not part:
        return none
    return Kept.KEPT if part == whole else Kept.PARTLY


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
