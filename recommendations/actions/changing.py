"""One change to many recommendations at once: to all of them, or to none."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from organisations.models import Organisation, User
from recommendations.actions.owning import set_lead, set_sponsor
from recommendations.actions.planning import write
from recommendations.models import Recommendation, Theme
from recommendations.refusals import (
    NOT_A_MEMBER,
    NOTHING_CHOSEN,
    OTHER_SOURCE,
    SOME_CLOSED,
    RecommendationRefused,
)


class What(StrEnum):
    LEAD = "lead"
    SPONSOR = "sponsor"
    PHASE = "phase"
    THEME = "theme"


@dataclass(frozen=True)
class Change:
    """`to` is a person, a phase or a theme; None takes away what was there."""

    what: What
    to: User | Theme | int | None


@transaction.atomic
def change_many(
    *,
    organisation: Organisation,
    chosen: Collection[UUID],
    change: Change,
    by: User,
    now: datetime,
) -> int:
    """How many were different. Each of those has its own entry of history.

    A new lead leads every action that is not shown to be done, and has not accepted any; dates
    stay. Raises RecommendationRefused, naming them, where one is closed or of another source than
    the theme, and for somebody who has left.
    """
    rows = organisation.recommendations.filter(pk__in=chosen).order_by("pk")
    held = list(
        rows.select_for_update(of=("self",)).select_related("organisation", "accountable_owner")
    )
    _refuse(organisation, held, change)
    return sum(_change(each, change, by=by, now=now) for each in held)


def _refuse(organisation: Organisation, held: list[Recommendation], change: Change) -> None:
    if not held:
        raise RecommendationRefused(NOTHING_CHOSEN)
    if closed := [each for each in held if not each.is_open]:
        raise RecommendationRefused(SOME_CLOSED % _names(closed))
    if isinstance(change.to, Theme):
        others = [each for each in held if each.source_id != change.to.source_id]
        if others:
            raise RecommendationRefused(OTHER_SOURCE % _names(others))
    current = organisation.memberships.current()
    if isinstance(change.to, User) and not current.filter(user=change.to).exists():
        raise RecommendationRefused(NOT_A_MEMBER)


def _names(found: list[Recommendation]) -> str:
    return ", ".join(str(each) for each in sorted(found, key=lambda each: each.position))


def _change(one: Recommendation, change: Change, *, by: User, now: datetime) -> bool:
    if change.what == What.SPONSOR:
        sponsor = change.to if isinstance(change.to, User) else None
        is_other = one.accountable_owner != sponsor
        set_sponsor(one, sponsor, by=by, now=now)
        return is_other
    if change.what == What.LEAD:
        return _lead(one, change.to.pk if isinstance(change.to, User) else None, by=by, now=now)
    before = one.revision
    write(one, {change.what.value: change.to}, by=by, now=now)
    return one.revision != before


def _lead(one: Recommendation, lead: UUID | None, *, by: User, now: datetime) -> bool:
    actions = one.actions.select_for_update().filter(proven_on=None).order_by("position")
    others = [action for action in actions if action.responsible_owner_id != lead]
    for action in others:
        set_lead(one, action, lead, by=by, now=now)
    return bool(others)
