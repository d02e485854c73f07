"""Reading what those who advise think of a proposal to close."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from committees.enums import GroupKind, View
from committees.models import Group, Opinion
from committees.queries.groups import open_groups
from organisations.models import Organisation, User
from recommendations.models import ClosureProposal

LOOKS = {View.AGREE: "done", View.NOT_YET: "returned", View.CANNOT_TELL: "not_known"}


@dataclass(frozen=True)
class Said:
    """What somebody thinks now; what they thought before stays on record."""

    who: str
    opinion: Opinion

    @property
    def look(self) -> str:
        return LOOKS[View(self.opinion.view)]


def opinions_on(proposals: Collection[UUID]) -> dict[UUID, list[Said]]:
    """For each proposal the newest of everybody, the latest first; one query."""
    rows = Opinion.objects.filter(proposal__in=proposals).select_related("by", "group")
    newest: dict[tuple[UUID, UUID | None, UUID | None], Opinion] = {}
    for row in rows.order_by("-at"):
        newest.setdefault((row.proposal_id, row.by_id, row.group_id), row)
    by_proposal: dict[UUID, list[Said]] = {}
    for row in newest.values():
        by_proposal.setdefault(row.proposal_id, []).append(Said(_who(row), row))
    return by_proposal


def _who(opinion: Opinion) -> str:
    if opinion.group is not None:
        return opinion.group.name
    assert opinion.by is not None
    return opinion.by.shown_name


def last_opinion(
    proposal: ClosureProposal, *, by: User | None, group: Group | None
) -> Opinion | None:
    given = Opinion.objects.filter(proposal=proposal, by=by, group=group)
    return given.order_by("-at").first()


def networks_of(organisation: Organisation) -> QuerySet[Group]:
    return open_groups(organisation, GroupKind.STAFF_NETWORK)
