"""The actions of one recommendation as its page tells of them, and what the reader may do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from organisations.enums import Role
from organisations.models import Membership, User
from recommendations import lifecycle
from recommendations.assignment import why_not_accept
from recommendations.closing import Step
from recommendations.enums import ObjectionKind, Ruling
from recommendations.extending import Moves, Standing, moves_of, why_not_now
from recommendations.models import Action, Recommendation
from recommendations.objecting import Asked
from recommendations.objecting import why_not_now as why_not_object_now
from recommendations.proof import Standing as Proof
from recommendations.proof import what_shows_it
from recommendations.queries.not_yet import Said as NotYetSaid
from recommendations.queries.not_yet import not_yet_of
from recommendations.queries.page_requests import Request, requests_of
from recommendations.queries.proving import asked_of, standings_of
from recommendations.queries.rows import action_facts, facts_of, leads_here
from recommendations.who_decides import Judge, judge_of, on_later_date


@dataclass(frozen=True)
class Said:
    """What the lead said against an action, and the answer where there is one."""

    pk: str
    kind: str
    reason: str
    is_open: bool
    answer: str


@dataclass(frozen=True)
class ActionRow:
    """One action. `proof`: how far it is, until it is shown to be done."""

    action: Action
    shows_it: str
    proof: Proof | None
    is_overdue: bool
    lead_has_left: bool
    moves: Moves
    requests: tuple[Request, ...]
    said: Said | None
    not_yet: NotYetSaid | None
    is_theirs: bool
    may_accept: bool
    may_object: bool
    may_ask: bool
    may_say_not_yet: bool
    may_withdraw: bool
    may_settle: bool
    judge: Judge

    @property
    def open_request(self) -> Request | None:
        return next((each for each in self.requests if each.is_open), None)

    @property
    def may_rule(self) -> bool:
        """On the later date that is asked for."""
        asked, of = self.open_request, self.action.recommendation
        return asked is not None and self.judge(on_later_date(of, asked_by=asked.asker))

    @property
    def may_move(self) -> bool:
        """Its date, as the committee of its own motion."""
        waits = self.is_overdue and self.action.accepted_at and not self.open_request
        return bool(waits) and self.judge(on_later_date(self.action.recommendation))

    @property
    def handover(self) -> dict[str, Any] | None:
        """Its latest, as `page_of_one` found it."""
        found: dict[str, Any] | None = self.action.handover  # type: ignore[attr-defined]
        return found


def action_rows(
    recommendation: Recommendation, *, viewer: Membership, today: date
) -> list[ActionRow]:
    """Of a recommendation that `page_of_one` loaded."""
    of = facts_of(recommendation)
    needs_work, waits = lifecycle.needs_work(of), lifecycle.waits_for_its_leads(of)
    actions = list(recommendation.actions.all())
    open_ones = [each for each in actions if each.proven_on is None and needs_work]
    proofs = standings_of(open_ones, today=today)
    judge = judge_of(recommendation, viewer)
    return [
        _row(
            action,
            proof=proofs.get(action.pk),
            requests=requests_of(action),
            viewer=viewer.user,
            may_settle=_may_settle(action, recommendation, viewer),
            needs_work=needs_work,
            waits=waits,
            judge=judge,
            today=today,
        )
        for action in actions
    ]


def _row(
    action: Action,
    *,
    proof: Proof | None,
    requests: tuple[Request, ...],
    viewer: User,
    may_settle: bool,
    needs_work: bool,
    waits: bool,
    judge: Judge,
    today: date,
) -> ActionRow:
    facts = action_facts(action, has_lead=leads_here(action))
    said = _said(action)
    lead = action.responsible_owner_id
    is_lead = lead == viewer.pk
    standing = _standing(action, requests)
    may = needs_work and viewer.pk in (lead, action.recommendation.accountable_owner_id)
    is_overdue = needs_work and lifecycle.is_late(facts, today)
    not_yet = not_yet_of(action, today=today) if is_overdue else None
    return ActionRow(
        action=action,
        shows_it=what_shows_it(asked_of(action)),
        proof=proof,
        is_overdue=is_overdue,
        lead_has_left=lead is not None and not facts.has_lead,
        moves=_moves(requests),
        requests=requests,
        said=said,
        not_yet=not_yet,
        is_theirs=is_lead,
        may_accept=needs_work and is_lead and _can_be_accepted(action, today),
        may_object=needs_work and not _why_not_object(action, viewer, said),
        may_ask=may and not why_not_now(standing, today=today),
        may_say_not_yet=may and waits and is_overdue and not_yet is None,
        may_withdraw=may and standing.is_asked,
        may_settle=may_settle,
        judge=judge,
    )


def _moves(requests: Iterable[Request]) -> Moves:
    approved = (each for each in requests if each.ruling == Ruling.APPROVED)
    return moves_of((each.old_date, each.new_date) for each in approved)


def _standing(action: Action, requests: Iterable[Request]) -> Standing:
    return Standing(
        target=action.target_date,
        is_accepted=action.accepted_at is not None,
        is_proven=action.proven_on is not None,
        is_asked=any(each.is_open for each in requests),
    )


def _may_settle(action: Action, recommendation: Recommendation, viewer: Membership) -> bool:
    """As `objecting.may_settle` judges it: the chairs too, while nobody here is its sponsor."""
    said = _said(action)
    if said is None or not said.is_open or not recommendation.is_open:
        return False
    if action.responsible_owner_id == viewer.user_id:
        return False
    sponsor = recommendation.accountable_owner_id
    if viewer.user_id == sponsor or viewer.has_role(Role.COORDINATOR):
        return True
    is_here = recommendation.sponsor_is_here  # type: ignore[attr-defined]
    answers = is_here and sponsor != action.responsible_owner_id
    return viewer.has_role(Role.CHAIR) and not answers


def _can_be_accepted(action: Action, today: date) -> bool:
    target = action.target_date
    return action.accepted_by_id is None and not why_not_accept(
        target, shown=target, is_accepted=action.accepted_at is not None, today=today
    )


def _why_not_object(action: Action, viewer: User, said: Said | None) -> str:
    return why_not_object_now(
        Asked(
            is_lead=action.responsible_owner_id == viewer.pk,
            has_accepted=action.accepted_by_id is not None,
            is_proven=action.proven_on is not None,
            has_objected=said is not None and said.is_open,
        )
    )


def _said(action: Action) -> Said | None:
    """The last thing said, while the same person is asked to lead it."""
    found: dict[str, Any] | None = action.objection  # type: ignore[attr-defined]
    if found is None or UUID(found["lead"]) != action.responsible_owner_id:
        return None
    return Said(
        pk=found["pk"],
        kind=ObjectionKind(found["kind"]).label,
        reason=found["reason"],
        is_open=found["settled_at"] is None,
        answer=found["answer"],
    )


def not_shown(recommendation: Recommendation, *, today: date) -> list[tuple[Action, Proof]]:
    """The actions that are not shown to be done today, each with how far it is."""
    actions = list(recommendation.actions.all())
    proofs = standings_of(actions, today=today)
    return [(each, proofs[each.pk]) for each in actions if not proofs[each.pk].is_proven]


def steps_today(recommendation: Recommendation, missing: Iterable[Action]) -> list[Step]:
    """For the rules, by what is `not_shown`."""
    keys = {each.pk for each in missing}
    return [Step(each.position, each.pk not in keys) for each in recommendation.actions.all()]
