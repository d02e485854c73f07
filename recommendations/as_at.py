"""How a recommendation stood on a day, told again from what was put on record since. Rules only.

What nobody put on record stands as it was when the recommendation was added.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from recommendations.enums import Rating, RecommendationVerb, Response, State
from recommendations.lifecycle import ActionFacts, RecommendationFacts
from recommendations.sorting import Sorting, after, before_any

Stays = Mapping[str, Sequence[tuple[date, date | None]]]
"""Of each person: from when to when they belonged; on the last day itself no longer."""


@dataclass(frozen=True)
class Event:
    """One entry of history. `details` holds ids, days and states as text."""

    verb: str
    on: date
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LookAgain:
    """A day to look again, when it was set, and when that ended: somebody looked, or it opened."""

    due_on: date
    set_on: date
    ended_on: date | None = None


@dataclass(frozen=True)
class Lasting:
    """What is not rebuilt: the words of today, the day it was added, the actions in order.

    `sorting` is that of today; `themes` holds the titles by their keys.
    """

    sorting: Sorting
    source: str
    is_finding: bool
    adopted_on: date
    actions: tuple[str, ...] = ()
    checks: tuple[LookAgain, ...] = ()
    themes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stood:
    """As it stood on a day: the facts, and by id who was named to lead each action."""

    facts: RecommendationFacts
    leads: tuple[str, ...]
    sponsor: str
    sorting: Sorting


@dataclass
class _Action:
    lead: str = ""
    original: date | None = None
    target: date | None = None
    is_proven: bool = False
    moves: int = 0
    asked: set[str] = field(default_factory=set)
    has_objection: bool = False


@dataclass
class _Whole:
    actions: dict[str, _Action]
    sorting: Sorting
    response: Response = Response.NONE_YET
    state: State = State.NOT_STARTED
    is_activity_only: bool = False
    proposed_on: date | None = None
    last_update: date | None = None
    rating: Rating | None = None
    sponsor: str = ""


def stood(
    lasting: Lasting, events: Sequence[Event], days: Iterable[date], stays: Stays
) -> list[Stood | None]:
    """As it stood at the end of each of these days, which come in order; None before it was added.

    `events`: all that is on record of it, in order, those after the last day too.
    """
    whole = _at_first(lasting, events)
    place, found = 0, []
    for day in days:
        while place < len(events) and events[place].on <= day:
            _apply(whole, events[place])
            place += 1
        found.append(_stood(lasting, whole, day, stays) if day >= lasting.adopted_on else None)
    return found


def stood_on(lasting: Lasting, events: Sequence[Event], day: date, stays: Stays) -> Stood | None:
    return stood(lasting, events, [day], stays)[0]


def _at_first(lasting: Lasting, events: Iterable[Event]) -> _Whole:
    """With the actions that it came with: those of which nobody recorded that they were added."""
    touched = [event for event in events if "action" in event.details]
    added = {e.details["action"] for e in touched if e.verb == RecommendationVerb.ACTION_ADDED}
    named = dict.fromkeys((*lasting.actions, *(e.details["action"] for e in touched)))
    actions = {name: _Action() for name in named if name not in added}
    edits = (event.details for event in events if event.verb == RecommendationVerb.EDITED)
    return _Whole(actions, before_any(edits, lasting.sorting))


def _stood(lasting: Lasting, whole: _Whole, day: date, stays: Stays) -> Stood:
    order = {name: place for place, name in enumerate(lasting.actions)}
    names = sorted(whole.actions, key=lambda name: order.get(name, len(order)))
    actions = [whole.actions[name] for name in names]
    facts = RecommendationFacts(
        theme=lasting.themes.get(whole.sorting.theme),
        is_finding=lasting.is_finding,
        response=whole.response,
        state=whole.state,
        adopted_on=lasting.adopted_on,
        actions=tuple(_facts(each, has_lead=is_here(each.lead, day, stays)) for each in actions),
        last_update=whole.last_update,
        rating=whole.rating,
        source=lasting.source,
        is_activity_only=whole.is_activity_only,
        proposed_on=whole.proposed_on,
        recheck_on=_recheck_on(lasting, day),
    )
    leads = tuple(action.lead for action in actions)
    return Stood(facts, leads, whole.sponsor, whole.sorting)


def _facts(action: _Action, *, has_lead: bool) -> ActionFacts:
    return ActionFacts(
        is_proven=action.is_proven,
        original_target=action.original,
        target=action.target,
        has_lead=has_lead,
        moves=action.moves,
        is_later_asked=bool(action.asked),
        has_objection=action.has_objection,
    )


def is_here(person: str, day: date, stays: Stays) -> bool:
    """Whether they belonged at the end of that day."""
    return any(
        began <= day and (ended is None or ended > day) for began, ended in stays.get(person, ())
    )


def _recheck_on(lasting: Lasting, day: date) -> date | None:
    waiting = (
        check.due_on
        for check in lasting.checks
        if check.set_on <= day and (check.ended_on is None or check.ended_on > day)
    )
    return min(waiting, default=None)


def _apply(whole: _Whole, event: Event) -> None:
    verb = event.verb
    if change := OF_THE_WHOLE.get(verb):
        change(whole, event)
    elif verb == RecommendationVerb.ACTION_ADDED:
        whole.actions.setdefault(event.details["action"], _Action())
    elif verb == RecommendationVerb.ACTION_REMOVED:
        whole.actions.pop(event.details["action"], None)
    elif (step := OF_AN_ACTION.get(verb)) and event.details["action"] in whole.actions:
        step(whole.actions[event.details["action"]], event)


def _edited(whole: _Whole, event: Event) -> None:
    whole.sorting = after(whole.sorting, event.details)


def _started(whole: _Whole, _: Event) -> None:
    whole.state = State.IN_PROGRESS


def _responded(whole: _Whole, event: Event) -> None:
    whole.response = Response(event.details["response"])


def _sponsored(whole: _Whole, event: Event) -> None:
    whole.sponsor = event.details.get("user", "")


def _updated(whole: _Whole, event: Event) -> None:
    whole.last_update, whole.rating = event.on, Rating(event.details["rating"])


def _proposed(whole: _Whole, event: Event) -> None:
    whole.state, whole.proposed_on = State.PROPOSED_FOR_CLOSURE, event.on


def _open_again(whole: _Whole, _: Event) -> None:
    whole.state, whole.proposed_on, whole.is_activity_only = State.IN_PROGRESS, None, False


def _closed(whole: _Whole, event: Event) -> None:
    """Nobody needs a later date any more."""
    whole.state, whole.proposed_on = State(event.details["state"]), None
    whole.is_activity_only = event.details.get("activity_only") == "yes"
    for action in whole.actions.values():
        action.asked.clear()


def _led(action: _Action, event: Event) -> None:
    """What a lead before said against it is answered by that."""
    action.lead, action.has_objection = event.details.get("user", ""), False


def _dated(action: _Action, event: Event) -> None:
    action.target = _day(event)


def _stands(action: _Action, event: Event) -> None:
    if action.original is None:
        action.original = action.target = _day(event)


def _accepted(action: _Action, event: Event) -> None:
    _stands(action, event)
    action.has_objection = False


def _asked_later(action: _Action, event: Event) -> None:
    action.asked.add(event.details["extension"])


def _not_asked(action: _Action, event: Event) -> None:
    action.asked.discard(event.details["extension"])


def _moved(action: _Action, event: Event) -> None:
    _not_asked(action, event)
    action.target, action.moves = _day(event), action.moves + 1


def _proven(action: _Action, _: Event) -> None:
    action.is_proven = True


def _unproven(action: _Action, _: Event) -> None:
    action.is_proven = False


def _objected(action: _Action, _: Event) -> None:
    action.has_objection = True


def _answered(action: _Action, _: Event) -> None:
    action.has_objection = False


def _day(event: Event) -> date | None:
    found = event.details.get("date", "")
    return date.fromisoformat(found) if found and found != "None" else None


V = RecommendationVerb
OF_THE_WHOLE: dict[str, Callable[[_Whole, Event], None]] = {
    V.EDITED: _edited,
    V.STARTED: _started,
    V.RESPONSE_RECORDED: _responded,
    V.SPONSOR_SET: _sponsored,
    V.SPONSOR_CLEARED: _sponsored,
    V.UPDATE_POSTED: _updated,
    V.CLOSURE_PROPOSED: _proposed,
    V.CLOSURE_WITHDRAWN: _open_again,
    V.CLOSURE_RETURNED: _open_again,
    V.CLOSED: _closed,
    V.REOPENED: _open_again,
    V.REOPENED_MISSED: _open_again,
}
OF_AN_ACTION: dict[str, Callable[[_Action, Event], None]] = {
    V.OWNER_SET: _led,
    V.OWNER_CLEARED: _led,
    V.DATE_SET: _dated,
    V.DATE_CLEARED: _dated,
    V.DATE_FROZEN: _stands,
    V.ACTION_ACCEPTED: _accepted,
    V.EXTENSION_ASKED: _asked_later,
    V.EXTENSION_WITHDRAWN: _not_asked,
    V.EXTENSION_REFUSED: _not_asked,
    V.DATE_MOVED: _moved,
    V.ACTION_PROVEN: _proven,
    V.ACTION_UNPROVEN: _unproven,
    V.ACTION_OBJECTED: _objected,
    V.OBJECTION_SETTLED: _answered,
}
FOLDED = frozenset({*OF_THE_WHOLE, *OF_AN_ACTION, V.ACTION_ADDED, V.ACTION_REMOVED})
"""The verbs that change how it stands; all others are left in the database."""
