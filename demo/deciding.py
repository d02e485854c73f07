"""What the accountability committee decides on the review, at the meetings that were held."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.utils import timezone

from committees.actions.deciding import decide_closure, decide_extension
from committees.enums import GroupKind
from committees.models import Meeting
from demo.days import Days
from demo.review_lines import End, Later
from demo.scene import Step
from organisations.models import User
from recommendations.actions.closing import propose_closure
from recommendations.actions.extending import ask_extension
from recommendations.actions.objecting import object_to_action
from recommendations.enums import ObjectionKind, Ruling, State
from recommendations.models import Action, ClosureProposal, Recommendation


def propose(recommendation: Recommendation, how: End, by: User, at: datetime) -> ClosureProposal:
    """What still waits is proposed with what it will be asked for: one outcome."""
    is_implemented = how.wanted == State.CLOSED_IMPLEMENTED
    return propose_closure(
        recommendation=recommendation,
        wanted=how.wanted,
        reason="" if is_implemented else how.words,
        outcome=how.words if is_implemented else "",
        is_activity_only=is_implemented and not how.words,
        by=by,
        now=at,
    )


def decide(recommendation: Recommendation, by: User, at: datetime) -> None:
    """At the meeting of that day."""
    decide_closure(
        proposal=recommendation.proposals.get(settled_at=None),
        meeting=meeting_of(recommendation, at),
        pack=None,
        ruling=Ruling.APPROVED,
        reason="",
        by=by,
        now=at,
    )


def meeting_of(recommendation: Recommendation, at: datetime) -> Meeting:
    return Meeting.objects.get(
        group__organisation=recommendation.organisation,
        group__kind=GroupKind.ACCOUNTABILITY,
        date=timezone.localdate(at),
    )


def ask_later(
    action: Action, later: Later, *, chair: User, lead: User, days: Days
) -> Iterator[Step]:
    yield days.at(later.asked, 10), partial(ask, action, later, lead, days)
    if later.decided is not None:
        yield days.at(later.decided, 18), partial(move, action, chair)


def ask(action: Action, later: Later, by: User, days: Days, at: datetime) -> None:
    until = days.exactly(later.until)
    ask_extension(action=action, new_date=until, reason=later.reason, by=by, now=at)


def move(action: Action, by: User, at: datetime) -> None:
    decide_extension(
        extension=action.extensions.get(end=None),
        meeting=meeting_of(action.recommendation, at),
        pack=None,
        ruling=Ruling.APPROVED,
        reason="",
        by=by,
        now=at,
    )


def say_no(action: Action, reason: str, by: User, at: datetime) -> None:
    object_to_action(action=action, kind=ObjectionKind.NO_CAPACITY, reason=reason, by=by, now=at)
