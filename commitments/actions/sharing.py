"""Noting where else a pledge was published. The leader alone does."""

from datetime import date, datetime

from django.db import transaction

from commitments.actions.making import lock
from commitments.enums import PledgeState, PledgeVerb
from commitments.models import Pledge, Republication
from commitments.queries.tending import for_the_leader_alone
from commitments.sharing import MOST_REPUBLICATIONS
from history.actions import record
from organisations.models import User
from organisations.refusals import Refused


class RepublicationRefused(Refused):
    """The list stays as it is."""


@transaction.atomic
def note_republication(
    *, pledge: Pledge, link: str, title: str, published_on: date, by: User, now: datetime
) -> Republication:
    """A second click finds what the first one noted. Raises RepublicationRefused."""
    locked = lock(pledge)
    for_the_leader_alone(locked, by)
    if locked.state != PledgeState.PUBLISHED:
        raise RepublicationRefused("This pledge is closed.")
    noted = locked.republications.filter(link=link).first()
    if noted is not None:
        if (noted.title, noted.published_on) == (title, published_on):
            return noted
        raise RepublicationRefused(
            "This address is on the list already. Remove it first to change it."
        )
    if locked.republications.count() >= MOST_REPUBLICATIONS:
        raise RepublicationRefused(f"There are {MOST_REPUBLICATIONS} already. Remove one first.")
    noted = locked.republications.create(
        link=link, title=title, published_on=published_on, created_at=now
    )
    record(PledgeVerb.REPUBLISHED, subject=locked, organisation=None, by=by, now=now)
    return noted


@transaction.atomic
def remove_republication(*, republication: Republication, by: User, now: datetime) -> None:
    """A second click changes nothing."""
    for_the_leader_alone(republication.pledge, by)
    gone, _ = Republication.objects.filter(pk=republication.pk).delete()
    if gone:
        record(
            PledgeVerb.REPUBLICATION_REMOVED,
            subject=republication.pledge,
            organisation=None,
            by=by,
            now=now,
        )
