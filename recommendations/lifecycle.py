"""What stands out about a recommendation today. Worked out from facts, never stored or typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from recommendations.enums import Rating, Response, State

DUE_SOON_DAYS = 30


@dataclass(frozen=True)
class ActionFacts:
    """`target` is the date that stands now, after any extension; None is no date yet.

    `has_lead`: somebody leads it who is here today. `moves`: how often a later date was approved.
    """

    is_proven: bool
    original_target: date | None = None
    target: date | None = None
    has_lead: bool = False
    moves: int = 0
    is_later_asked: bool = False
    has_objection: bool = False


@dataclass(frozen=True)
class RecommendationFacts:
    """`theme` is None for a finding outside the source's own themes.

    `proposed_on`: of the proposal to close it that waits. `recheck_on`: the next day to look again.
    """

    theme: str | None
    is_finding: bool
    response: Response
    state: State
    adopted_on: date
    actions: tuple[ActionFacts, ...] = ()
    last_update: date | None = None
    rating: Rating | None = None
    source: str = ""
    is_activity_only: bool = False
    proposed_on: date | None = None
    recheck_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.state not in State.closed()


def needs_work(facts: RecommendationFacts) -> bool:
    """Still open, and not turned down: otherwise nobody is late with it or silent about it."""
    return facts.is_open and facts.response != Response.NOT_ACCEPTED


def waits_for_its_leads(facts: RecommendationFacts) -> bool:
    """Once it is proposed for closure the next word is the committee's."""
    return needs_work(facts) and facts.state != State.PROPOSED_FOR_CLOSURE


def lacks_lead(facts: RecommendationFacts) -> bool:
    """Nobody here leads an action that is not shown to be done."""
    return needs_work(facts) and any(not a.is_proven and not a.has_lead for a in facts.actions)


def is_overdue(facts: RecommendationFacts, today: date) -> bool:
    """An action not shown to be done is past its date. Due today is not overdue."""
    return needs_work(facts) and any(is_late(action, today) for action in facts.actions)


def is_due_soon(facts: RecommendationFacts, today: date) -> bool:
    """An action not shown to be done falls due today or in the next 30 days."""
    return needs_work(facts) and any(falls_soon(action, today) for action in facts.actions)


def is_late(action: ActionFacts, today: date) -> bool:
    return not action.is_proven and action.target is not None and action.target < today


def falls_soon(action: ActionFacts, today: date) -> bool:
    if action.is_proven or action.target is None:
        return False
    return 0 <= (action.target - today).days <= DUE_SOON_DAYS


def next_target(facts: RecommendationFacts) -> date | None:
    """The earliest date still to be met, which may already have passed."""
    targets = (a.target for a in facts.actions if a.target is not None and not a.is_proven)
    return min(targets, default=None) if needs_work(facts) else None


def is_silent(facts: RecommendationFacts, today: date, silent_after_days: int) -> bool:
    """More than this many days since the last update or, before any, since it was adopted."""
    since = facts.last_update or facts.adopted_on
    return needs_work(facts) and (today - since).days > silent_after_days


@dataclass(frozen=True)
class RatingShown:
    """The owner's own rating with its age in days; too old, it is unconfirmed."""

    rating: Rating
    age_days: int
    is_unconfirmed: bool


def rating_shown(
    facts: RecommendationFacts, today: date, silent_after_days: int
) -> RatingShown | None:
    """None until an owner has rated it."""
    if facts.rating is None or facts.last_update is None:
        return None
    age = (today - facts.last_update).days
    return RatingShown(facts.rating, age, age > silent_after_days)


def days_slipped(action: ActionFacts) -> int:
    """How far the date has moved since it was agreed; below 0 when it was brought forward."""
    if action.original_target is None or action.target is None:
        return 0
    return (action.target - action.original_target).days


@dataclass(frozen=True)
class Moved:
    """ "Moved 3 times, 214 days": the moves of all actions, the days of the one furthest off."""

    times: int
    days: int

    @property
    def words(self) -> str:
        how_often = {0: "Moved", 1: "Moved once"}.get(self.times, f"Moved {self.times} times")
        return f"{how_often}, {self.days} day{'' if self.days == 1 else 's'}"


def moved(facts: RecommendationFacts) -> Moved | None:
    """None where every date stands as it was agreed, and for what asks for no more work."""
    late = [a for a in facts.actions if a.moves or days_slipped(a) > 0]
    if not late or not needs_work(facts):
        return None
    return Moved(sum(a.moves for a in late), max(days_slipped(a) for a in late))


def is_later_asked(facts: RecommendationFacts) -> bool:
    """A later date waits for the committee."""
    return facts.is_open and any(action.is_later_asked for action in facts.actions)


def has_objection(facts: RecommendationFacts) -> bool:
    """Somebody who was asked to lead an action said no, and nobody has answered."""
    return facts.is_open and any(action.has_objection for action in facts.actions)


def is_proposed_since(facts: RecommendationFacts, day: date) -> bool:
    """The proposal that waits was made on this day or later."""
    return facts.proposed_on is not None and facts.proposed_on >= day


def is_recheck_due(facts: RecommendationFacts, today: date) -> bool:
    """Closed, and the day to look again has come."""
    return not facts.is_open and facts.recheck_on is not None and facts.recheck_on <= today


@dataclass(frozen=True)
class Proven:
    """ "`done` of `of` proven": actions, always with their denominator."""

    done: int
    of: int


def proven(facts: Iterable[RecommendationFacts]) -> Proven:
    shown = [action.is_proven for item in facts for action in item.actions]
    return Proven(done=sum(shown), of=len(shown))
