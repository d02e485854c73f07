"""What stands out about a recommendation today. Worked out from facts, never stored or typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from recommendations.enums import Rating, Response, State

DUE_SOON_DAYS = 30
SILENT_AFTER_DAYS = 90


@dataclass(frozen=True)
class ActionFacts:
    """`target` is the date that stands now, after any extension; None is no date yet."""

    is_proven: bool
    original_target: date | None = None
    target: date | None = None
    times_moved: int = 0


@dataclass(frozen=True)
class RecommendationFacts:
    """`theme` is None for a finding outside the source's own themes."""

    theme: str | None
    is_finding: bool
    response: Response
    state: State
    adopted_on: date
    actions: tuple[ActionFacts, ...] = ()
    last_update: date | None = None
    rating: Rating | None = None

    @property
    def is_open(self) -> bool:
        return self.state not in State.closed()


def is_overdue(facts: RecommendationFacts, today: date) -> bool:
    """An action not shown to be done is past its date. Due today is not overdue."""
    return facts.is_open and any(is_late(action, today) for action in facts.actions)


def is_due_soon(facts: RecommendationFacts, today: date) -> bool:
    """An action not shown to be done falls due today or in the next 30 days."""
    return facts.is_open and any(falls_soon(action, today) for action in facts.actions)


def is_late(action: ActionFacts, today: date) -> bool:
    return not action.is_proven and action.target is not None and action.target < today


def falls_soon(action: ActionFacts, today: date) -> bool:
    if action.is_proven or action.target is None:
        return False
    return 0 <= (action.target - today).days <= DUE_SOON_DAYS


def next_target(facts: RecommendationFacts) -> date | None:
    """The earliest date still to be met, which may already have passed."""
    targets = (a.target for a in facts.actions if a.target is not None and not a.is_proven)
    return min(targets, default=None) if facts.is_open else None


def is_silent(
    facts: RecommendationFacts, today: date, silent_after_days: int = SILENT_AFTER_DAYS
) -> bool:
    """More than this many days since the last update or, before any, since it was adopted."""
    since = facts.last_update or facts.adopted_on
    return facts.is_open and (today - since).days > silent_after_days


@dataclass(frozen=True)
class RatingShown:
    """The owner's own rating with its age in days; too old, it is unconfirmed."""

    rating: Rating
    age_days: int
    is_unconfirmed: bool


def rating_shown(
    facts: RecommendationFacts, today: date, silent_after_days: int = SILENT_AFTER_DAYS
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
class Slippage:
    """ "Moved `times` times, `days` days": all moves, and the action that slipped furthest."""

    times: int
    days: int


def slippage(facts: RecommendationFacts) -> Slippage:
    return Slippage(
        times=sum(action.times_moved for action in facts.actions),
        days=max((days_slipped(action) for action in facts.actions), default=0),
    )


@dataclass(frozen=True)
class Proven:
    """ "`done` of `of` proven": actions, always with their denominator."""

    done: int
    of: int


def proven(facts: Iterable[RecommendationFacts]) -> Proven:
    shown = [action.is_proven for item in facts for action in item.actions]
    return Proven(done=sum(shown), of=len(shown))


@dataclass(frozen=True)
class Totals:
    """Every state is in `by_state`, also those with none. Flags may overlap."""

    total: int
    by_state: Mapping[State, int]
    overdue: int
    due_soon: int
    silent: int
    slipped: int
    without_response: int
    proven: Proven


@dataclass(frozen=True)
class Dashboard:
    """Findings are answered like recommendations but counted apart, in no theme and no total."""

    recommendations: Totals
    themes: Mapping[str, Totals]
    findings: Totals


def totals(
    items: Iterable[RecommendationFacts], today: date, silent_after_days: int = SILENT_AFTER_DAYS
) -> Totals:
    items = list(items)
    return Totals(
        total=len(items),
        by_state={state: sum(item.state == state for item in items) for state in State},
        overdue=sum(is_overdue(item, today) for item in items),
        due_soon=sum(is_due_soon(item, today) for item in items),
        silent=sum(is_silent(item, today, silent_after_days) for item in items),
        slipped=sum(slippage(item).days > 0 for item in items),
        without_response=sum(item.response == Response.NONE_YET for item in items),
        proven=proven(items),
    )


def summarise(
    items: Iterable[RecommendationFacts], today: date, silent_after_days: int = SILENT_AFTER_DAYS
) -> Dashboard:
    """Themes keep the order in which they first appear."""
    items = list(items)
    counted = [item for item in items if not item.is_finding]
    themes: dict[str, list[RecommendationFacts]] = {}
    for item in counted:
        if item.theme is not None:
            themes.setdefault(item.theme, []).append(item)
    return Dashboard(
        recommendations=totals(counted, today, silent_after_days),
        themes={name: totals(own, today, silent_after_days) for name, own in themes.items()},
        findings=totals((i for i in items if i.is_finding), today, silent_after_days),
    )
