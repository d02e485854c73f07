"""What somebody holds in an organisation, and would have to hand over."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from organisations.models import Membership, Organisation, User
from recommendations.enums import State
from recommendations.models import Action, Recommendation


@dataclass(frozen=True)
class Held:
    """An action that they lead or, without one, a recommendation that they sponsor."""

    recommendation: Recommendation
    action: Action | None = None

    @property
    def key(self) -> str:
        return (self.action or self.recommendation).pk.hex

    @property
    def title(self) -> str:
        return self.action.title if self.action else self.recommendation.title

    @property
    def what(self) -> str:
        if self.action is None:
            return f"{self.recommendation.reference}, executive sponsor"
        return f"{self.recommendation.reference}, lead of action {self.action.position}"

    @property
    def due(self) -> date | None:
        return self.action.target_date if self.action else None


def held_by(organisation: Organisation, person: User) -> list[Held]:
    """Of what is open and not shown to be done, in the order of the plan; two queries."""
    actions = (
        Action.objects.filter(
            recommendation__organisation=organisation, responsible_owner=person, proven_on=None
        )
        .exclude(recommendation__state__in=State.closed())
        .select_related("recommendation__organisation")
        .order_by("recommendation__source", "recommendation__position", "position")
    )
    sponsored = (
        organisation.recommendations.filter(accountable_owner=person)
        .exclude(state__in=State.closed())
        .order_by("source", "position")
    )
    return [
        *(Held(each.recommendation, each) for each in actions),
        *(Held(each) for each in sponsored),
    ]


def membership_of(organisation: Organisation, *, user: UUID) -> Membership | None:
    """Of somebody who belongs to it or ever did, the latest."""
    return (
        organisation.memberships.filter(user=user)
        .select_related("user")
        .order_by("-started_at")
        .first()
    )
