"""The path of an invitation: which steps make sense, and what they add up to. Rules only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from commitments.entry_words import step_words
from commitments.enums import InvitationKind, InvitationState
from commitments.states import ENDS, OUTCOMES
from ui.dates import TOO_FAR, is_within_reach

ORDER = {state: place for place, state in enumerate(InvitationState)}
RESTS_ON = {
    InvitationState.ANSWERED: InvitationState.ASKED,
    InvitationState.CHANGED: InvitationState.ASKED,
}
# Whoever is not coming can still ask, be answered, see the line-up change and name others.
NOT_AFTER_AN_END = ENDS | {
    InvitationState.ACCEPTED,
    InvitationState.STEPPED_BACK,
    InvitationState.TOOK_PART,
}
NOT_AFTER_TAKING_PART = ENDS | {InvitationState.ACCEPTED}
UNTIL_THE_DAY = ENDS | {
    InvitationState.CHANGED,
    InvitationState.ACCEPTED,
    InvitationState.STEPPED_BACK,
}
DOES_NOT_FIT = {
    InvitationKind.INVITED: frozenset[InvitationState](),
    InvitationKind.HOSTING: frozenset(
        {InvitationState.ACCEPTED, InvitationState.DECLINED, InvitationState.WITHDREW}
    ),
    InvitationKind.SEAT: frozenset({InvitationState.ACCEPTED, InvitationState.DECLINED}),
    InvitationKind.CONVERSATION: ENDS
    | {InvitationState.ACCEPTED, InvitationState.STEPPED_BACK, InvitationState.TOOK_PART},
}
ORIGIN = InvitationState.RECEIVED
MAY_BE_UNDONE = timedelta(days=7)
"""A slip shows soon. Later than this, taking it out would tidy up the record."""
FEWEST_PUT_FORWARD, MOST_PUT_FORWARD = 1, 99
RECENT = timedelta(days=400)
MOST_TO_LINK = 100
"""Events that are offered to be linked: those held since, and so many of them."""
MOST_TO_CONFIRM = 50
"""As many entries as one can look through at once."""

ASK_FIRST = "Note first that you asked. A change counts only after asking."
NOT_YET = "This day has not come yet."
BEFORE_IT_CAME = "This is before the day on which it came."
BEFORE_ASKING = "This is before you asked."
BEFORE_THE_EVENT = "This is before the event."
AFTER_THE_EVENT = "This is after the event."
NOT_HELD_YET = "The event has not taken place yet."
HOW_MANY = f"Enter a number from {FEWEST_PUT_FORWARD} to {MOST_PUT_FORWARD}."
TAKEN_ALREADY = "This is noted already."
NOT_OF_THIS_KIND = "This does not fit what you are keeping a line about."
HAD_ACCEPTED = "You had accepted, so choose “Withdrew”."
LINKED_ALREADY = "Another entry is about this event already."
STEP_STAYS = "This was noted more than 7 days ago, so it stays in the record."
ENTRY_STAYS = "This entry was noted more than 7 days ago, so it stays in the record."
CAME_OF_IT = "Something has come of this already, so it stays."


@dataclass(frozen=True)
class Taken:
    """One step. `stays`: the organiser's own answer, or an asking that left by email."""

    state: InvitationState
    on: date
    stays: bool = False


@dataclass(frozen=True)
class Entry:
    """An entry as its rules see it; `steps` in the order in which they were noted."""

    kind: InvitationKind
    received_on: date
    held_on: date | None
    steps: tuple[Taken, ...] = ()

    def on(self, state: InvitationState) -> date | None:
        return next((step.on for step in self.steps if step.state == state), None)

    def has_named(self, name: str) -> bool:
        """Whether a step of that name, which somebody sent, is there."""
        return any(step.state.value == name for step in self.steps)

    def has(self, *states: InvitationState) -> InvitationState | None:
        return next((step.state for step in self.steps if step.state in states), None)


@dataclass(frozen=True)
class Summary:
    """Where an entry stands, in the three columns that a list reads."""

    state: InvitationState
    asked_on: date | None
    lineup_changed: bool


def sum_up(steps: Iterable[Taken]) -> Summary:
    """How it ended stands before everything else; until then, the latest step."""
    taken = list(steps)
    last = max(taken, key=lambda step: (step.state in OUTCOMES, step.on, ORDER[step.state]))
    asked = [step.on for step in taken if step.state == InvitationState.ASKED]
    changed = any(step.state == InvitationState.CHANGED for step in taken)
    return Summary(last.state, asked[0] if asked else None, changed)


def next_steps(entry: Entry, *, today: date) -> list[InvitationState]:
    """What may be noted next, in the order of the path."""
    return [state for state in InvitationState if not what_stands_in_the_way(entry, state, today)]


def what_stands_in_the_way(entry: Entry, state: InvitationState, today: date) -> str:
    """Why this step makes no sense now; empty when it does."""
    if entry.has(state) or state == ORIGIN:
        return TAKEN_ALREADY
    if state in DOES_NOT_FIT[entry.kind]:
        return NOT_OF_THIS_KIND
    if state in RESTS_ON and not entry.has(RESTS_ON[state]):
        return ASK_FIRST
    took_part = state in NOT_AFTER_TAKING_PART and entry.has(InvitationState.TOOK_PART)
    end = state in NOT_AFTER_AN_END and entry.has(*ENDS)
    if in_the_way := end or took_part:
        return f"“{step_words(entry.kind, in_the_way)}” is noted, and this does not follow it."
    if state == InvitationState.DECLINED and entry.has(InvitationState.ACCEPTED):
        return HAD_ACCEPTED
    if state == InvitationState.TOOK_PART and entry.held_on and entry.held_on > today:
        return NOT_HELD_YET
    return ""


def problems_with_step(
    entry: Entry, step: Taken, *, number: int | None, today: date
) -> Mapping[str, str]:
    """Messages by field: `state`, `on` and `number`; empty when the step may be taken."""
    problems = {
        "state": what_stands_in_the_way(entry, step.state, today),
        "on": _what_is_wrong_with_day(entry, step, today),
        "number": "",
    }
    if step.state == InvitationState.PUT_FORWARD:
        fits = number is not None and FEWEST_PUT_FORWARD <= number <= MOST_PUT_FORWARD
        problems["number"] = "" if fits else HOW_MANY
    return {field: problem for field, problem in problems.items() if problem}


def likely_day(entry: Entry, *, today: date) -> date:
    """Today; once an event is over, its own day, for that is what is usually noted then."""
    is_over = entry.held_on is not None and entry.received_on <= entry.held_on < today
    return entry.held_on if entry.held_on and is_over else today


def _what_is_wrong_with_day(entry: Entry, step: Taken, today: date) -> str:
    rests_on = RESTS_ON.get(step.state)
    asked_on = entry.on(rests_on) if rests_on else None
    if step.on > today:
        return NOT_YET
    if step.on < entry.received_on:
        return BEFORE_IT_CAME
    if asked_on and step.on < asked_on:
        return BEFORE_ASKING
    return _what_is_wrong_beside_event(entry, step)


def _what_is_wrong_beside_event(entry: Entry, step: Taken) -> str:
    if entry.held_on is None:
        return ""
    if step.state == InvitationState.TOOK_PART and step.on < entry.held_on:
        return BEFORE_THE_EVENT
    # A seat is held beyond the next meeting.
    ends_with_the_day = entry.kind != InvitationKind.SEAT and step.state in UNTIL_THE_DAY
    return AFTER_THE_EVENT if ends_with_the_day and step.on > entry.held_on else ""


def problems_with_new(entry: Entry, *, asked_on: date | None, today: date) -> Mapping[str, str]:
    """Messages by field of an entry that is being added, perhaps with the day of asking."""
    problems = dict(_problems_with_days(entry, today))
    if asked_on and "received_on" not in problems:
        wrong = _what_is_wrong_with_day(entry, Taken(InvitationState.ASKED, asked_on), today)
        problems |= {"asked_on": wrong} if wrong else {}
    return problems


def with_details(entry: Entry, details: Mapping[str, Any]) -> Entry:
    """The same entry with other days or of another kind."""
    judged = ("kind", "received_on", "held_on")
    return replace(entry, **{name: details[name] for name in judged if name in details})


def problems_with_details(entry: Entry, *, before: Entry, today: date) -> Mapping[str, str]:
    """The same of an entry that is being changed; what was not touched is not judged again."""
    problems = dict(_problems_with_days(entry, today))
    for step in entry.steps:
        noted = f"“{step_words(before.kind, step.state)}” is noted"
        if step.state in DOES_NOT_FIT[entry.kind]:
            problems["kind"] = f"{noted}, and does not fit this."
        if step.state != ORIGIN and step.on < entry.received_on:
            problems["received_on"] = f"{noted} before this day."
        if beside := _what_is_wrong_beside_event(entry, step):
            when = "before" if beside == BEFORE_THE_EVENT else "after"
            problems["held_on"] = f"{noted} {when} this day."
    changed = {
        field
        for field in ("kind", "received_on", "held_on")
        if getattr(entry, field) != getattr(before, field)
    }
    return {field: problem for field, problem in problems.items() if field in changed}


def _problems_with_days(entry: Entry, today: date) -> Mapping[str, str]:
    days = {"received_on": entry.received_on, "held_on": entry.held_on}
    problems = {
        field: TOO_FAR
        for field, day in days.items()
        if day and not is_within_reach(day, today=today)
    }
    if entry.received_on > today:
        problems.setdefault("received_on", NOT_YET)
    return problems


def to_take_back(steps: Sequence[Taken]) -> InvitationState | None:
    """The newest step that can be taken back: none that another rests on."""
    own = [step.state for step in steps if not step.stays and step.state != ORIGIN]
    held = {RESTS_ON[step.state] for step in steps if step.state in RESTS_ON}
    return own[-1] if own and own[-1] not in held else None


def may_be_undone(noted_at: datetime, *, now: datetime) -> bool:
    """Whether it was noted so lately that it may be a slip."""
    return now - noted_at <= MAY_BE_UNDONE


def why_not_remove(
    steps: Sequence[Taken], *, has_more: bool, noted_at: datetime, now: datetime
) -> str:
    """`has_more`: a letter that went, or words of a reflection. A step that was taken back frees
    nothing: once its time is over, an entry stays whatever is left of it."""
    if has_more or any(step.state != ORIGIN for step in steps):
        return CAME_OF_IT
    return "" if may_be_undone(noted_at, now=now) else ENTRY_STAYS


def may_be_asked_anew(
    kind: InvitationKind, *, received_on: date, has_next: bool, today: date
) -> bool:
    """A seat is asked about once in each calendar year."""
    return kind == InvitationKind.SEAT and not has_next and received_on.year < today.year
