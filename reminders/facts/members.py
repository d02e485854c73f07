"""Who belongs to an organisation today, and can sign in."""

from collections.abc import Collection
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from organisations.enums import Role
from organisations.models import Membership
from recommendations.models import Action


def is_here(person: str, *, home: str) -> Q:
    """`person` and `home`: the paths to somebody's account and to the organisation.

    A case, which Postgres asks of each row. As a join it would go through everybody there.
    """
    current = Exists(
        Membership.objects.current().filter(
            user=OuterRef(person), user__is_active=True, organisation=OuterRef(home)
        )
    )
    return Q(Case(When(current, then=Value(True)), default=Value(False)))


def with_members(rows: QuerySet[Any], *, home: str, roles: Collection[Role] = ()) -> QuerySet[Any]:
    """Each row once for every member there is today, as `hearer`; with `roles`, for those alone.

    Their accounts lie at `members_of(home)`.
    """
    members = f"{home}__memberships"
    wanted: dict[str, Any] = {f"{members}__ended_at": None}
    if roles:
        wanted[f"{members}__roles__overlap"] = list(roles)
    return rows.filter(**wanted).alias(hearer=F(members_of(home)))


def members_of(home: str) -> str:
    return f"{home}__memberships__user"


def leads_of(recommendation: str) -> Exists:
    """Whether the `hearer` leads an action of it, shown to be done or not."""
    return Exists(
        Action.objects.filter(
            recommendation=OuterRef(recommendation), responsible_owner=OuterRef("hearer")
        )
    )
