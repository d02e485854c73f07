"""Real actions in any order, and what the rows said at the end of each day."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from organisations.actions import end_membership
from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.actions import accept_action, post_update, record_response
from recommendations.actions.closing import propose_closure, reopen, withdraw_proposal
from recommendations.actions.extending import (
    ask_extension,
    freeze_draft_dates,
    withdraw_extension,
)
from recommendations.actions.objecting import object_to_action, settle_objection
from recommendations.actions.owning import set_owners
from recommendations.actions.planning import edit_recommendation
from recommendations.actions.proving import record_occurrence, remove_occurrence
from recommendations.actions.rechecking import record_recheck
from recommendations.assignment import Assignment, Keep
from recommendations.enums import Level, OccurrenceKind, Rating, Response, Ruling, State, Sustained
from recommendations.lifecycle import RecommendationFacts
from recommendations.models import Action, Occurrence, Recommendation
from recommendations.queries import rows_of
from recommendations.queries.board_rows import board_rows_of
from recommendations.refusals import RecommendationRefused
from recommendations.sorting import Sorting
from tests.factories.closing import decide_closure, decide_later_date
from tests.factories.organisations import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.recommendations import ActionFactory, RecommendationFactory, ThemeFactory

Snapshot = dict[Any, tuple[RecommendationFacts, Sorting]]
REFUSALS = (RecommendationRefused, PermissionDenied)


class World:
    """Two recommendations with three actions, three people, and a clock that goes forward."""

    def __init__(self, start: datetime) -> None:
        self.now = start
        self.home: Organisation = OrganisationFactory()
        self.people: list[User] = [UserFactory() for _ in range(3)]
        for person in self.people:
            MembershipFactory(
                organisation=self.home, user=person, started_at=start, roles=list(Role)
            )
        two = RecommendationFactory.create_batch(2, organisation=self.home, created_at=start)
        often = {"kind": "cadence", "every_months": 3, "occurrences_needed": 1}
        ActionFactory(recommendation=two[0], **often)
        ActionFactory(recommendation=two[0])
        ActionFactory(recommendation=two[1], **often)
        self.said: dict[date, Snapshot] = {}

    def act(self, doing: str, pick: int, days: int) -> None:
        """One step some days later; what is refused changes nothing."""
        self.now += timedelta(days=days, minutes=1)
        actions = Action.objects.order_by("recommendation__created_at", "pk")
        chosen: Action = actions.select_related("recommendation")[pick % 3]
        person = self.people[pick % len(self.people)]
        try:
            with transaction.atomic():
                STEPS[doing](self, chosen, person)
        except REFUSALS:
            pass
        today = timezone.localdate(self.now)
        rows = rows_of(self.home, today=today)
        assert rows == board_rows_of(self.home, today=today)
        self.said[today] = {row.recommendation.pk: (row.facts, row.sorting) for row in rows}

    def day(self, ahead: int) -> date:
        return timezone.localdate(self.now) + timedelta(days=ahead)


def respond(world: World, action: Action, by: User) -> None:
    answers = [Response.ACCEPTED, Response.NOT_ACCEPTED, Response.ACCEPTED_IN_PART]
    record_response(
        recommendation=action.recommendation,
        response=answers[world.now.day % 3],
        reason="Why",
        by=by,
        now=world.now,
    )


def assign(world: World, action: Action, by: User) -> None:
    ahead = world.now.day * 3
    may_date = action.accepted_at is None
    day = (world.day(ahead) if ahead % 2 else None) if may_date else Keep.AS_IT_IS
    set_owners(
        recommendation=action.recommendation,
        sponsor=by if world.now.day % 2 else None,
        assignments=[Assignment(action.pk, by.pk if world.now.day % 5 else None, day)],
        by=by,
        now=world.now,
    )


def accept(world: World, action: Action, by: User) -> None:
    lead = action.responsible_owner or by
    accept_action(action=action, shown_date=action.target_date, by=lead, now=world.now)


def update(world: World, action: Action, by: User) -> None:
    rating = Rating.values[world.now.day % 3]
    lead = action.responsible_owner or by
    post_update(
        recommendation=action.recommendation, rating=rating, text="So", by=lead, now=world.now
    )


def say_no(world: World, action: Action, by: User) -> None:
    lead = action.responsible_owner or by
    object_to_action(action=action, kind="objects", reason="No", by=lead, now=world.now)


def settle_no(world: World, action: Action, by: User) -> None:
    objection = action.objections.filter(settled_at=None).first()
    if objection:
        settle_objection(
            objection=objection, answer="So be it", lead=None, is_reassigned=False, by=by,
            now=world.now,
        )  # fmt: skip


def ask_later(world: World, action: Action, by: User) -> None:
    if action.target_date:
        day = action.target_date + timedelta(days=30)
        lead = action.responsible_owner or by
        ask_extension(action=action, new_date=day, reason="Why", by=lead, now=world.now)


def open_request(action: Action) -> Any:
    return action.extensions.filter(end=None).first()


def take_request_back(world: World, action: Action, by: User) -> None:
    if asked := open_request(action):
        withdraw_extension(extension=asked, by=asked.asked_by, now=world.now)


def move(world: World, action: Action, by: User) -> None:
    if asked := open_request(action):
        decide_later_date(asked, Ruling.APPROVED, at=world.now)


def refuse_to_move(world: World, action: Action, by: User) -> None:
    if asked := open_request(action):
        decide_later_date(asked, Ruling.RETURNED, at=world.now)


def freeze(world: World, action: Action, by: User) -> None:
    freeze_draft_dates(organisation=world.home, by=by, now=world.now)


def happen(world: World, action: Action, by: User) -> None:
    record_occurrence(
        action=action, held_on=timezone.localdate(world.now), kind=OccurrenceKind.SESSION,
        topic="It", headcount=None, changed="", by=by, now=world.now,
    )  # fmt: skip


def unhappen(world: World, action: Action, by: User) -> None:
    held = Occurrence.objects.filter(action=action, removed_at=None).first()
    if held:
        remove_occurrence(occurrence=held, by=by, now=world.now)


def propose(world: World, action: Action, by: User, **said: Any) -> None:
    usual = {"wanted": State.CLOSED_SUPERSEDED, "reason": "Why", "outcome": ""}
    propose_closure(
        recommendation=action.recommendation, by=action.responsible_owner or by, now=world.now,
        **{**usual, "is_activity_only": False, **said},
    )  # fmt: skip


def propose_done(world: World, action: Action, by: User) -> None:
    propose(world, action, by, wanted=State.CLOSED_IMPLEMENTED, reason="", is_activity_only=True)


def open_proposal(of: Recommendation) -> Any:
    return of.proposals.filter(withdrawn_at=None, settled_at=None).first()


def take_proposal_back(world: World, action: Action, by: User) -> None:
    if proposal := open_proposal(action.recommendation):
        withdraw_proposal(proposal=proposal, by=proposal.proposed_by, now=world.now)


def close(world: World, action: Action, by: User) -> None:
    if proposal := open_proposal(action.recommendation):
        decide_closure(proposal, Ruling.APPROVED, at=world.now)


def send_back(world: World, action: Action, by: User) -> None:
    if proposal := open_proposal(action.recommendation):
        decide_closure(proposal, Ruling.RETURNED, at=world.now)


def open_again(world: World, action: Action, by: User) -> None:
    reopen(recommendation=action.recommendation, by=by, now=world.now)


def look_again(world: World, action: Action, by: User) -> None:
    check = action.recommendation.rechecks.filter(result="", dropped_at=None).first()
    if check:
        result = Sustained.values[world.now.day % 2]
        record_recheck(recheck=check, result=result, note="Seen", by=by, now=world.now)


def sort(world: World, action: Action, by: User) -> None:
    """Into another theme and level, or into none."""
    one = action.recommendation
    themes = [None, one.theme, ThemeFactory(source=one.source)]
    edit_recommendation(
        recommendation=one,
        details={
            "theme": themes[world.now.day % 3],
            "level": [*Level.values, ""][world.now.day % 3],
            "phase": world.now.day % 2 or None,
        },
        over_revision=one.revision,
        by=by,
        now=world.now,
    )


def leave(world: World, action: Action, by: User) -> None:
    """The last of the three; afterwards nobody else goes."""
    last = world.people[2].memberships.filter(ended_at=None).first()
    if last:
        end_membership(membership=last, by=world.people[0], now=world.now)


STEPS: dict[str, Callable[[World, Action, User], None]] = {
    step.__name__: step
    for step in (
        respond, assign, accept, update, say_no, settle_no, ask_later, take_request_back, move,
        refuse_to_move, freeze, happen, unhappen, propose, propose_done, take_proposal_back, close,
        send_back, open_again, look_again, sort, leave,
    )
}  # fmt: skip
