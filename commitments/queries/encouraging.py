"""Who was asked to make the pledge, and how many did."""

from dataclasses import dataclass

from commitments.models import Encouragement, Pledge
from commitments.queries.strangers import mail_key
from organisations.tokens import digest
from outbox.enums import Kind, State
from outbox.models import Email

REACHED_NOBODY = (State.FAILED, State.SUPPRESSED, State.CANCELLED)


def followers_of(pledge: Pledge) -> int | None:
    """How many people made the pledge after this leader asked, and say so. None: not counted.

    Both have to agree: the one who asked that it is counted, the other that it is said. One
    person counts once, and nobody follows themselves.
    """
    if not pledge.counts_who_followed:
        return None
    followers = pledge.made_after.published().filter(says_who_asked=True)
    return followers.exclude(leader=pledge.leader_id).values("leader").distinct().count()


@dataclass(frozen=True)
class ByEmail:
    """How many were asked, and how many of these emails reached nobody; never which."""

    asked: int
    undelivered: int


def by_email(pledge: Pledge) -> ByEmail:
    """Two queries."""
    asked = pledge.encouragements.values_list("pk", flat=True)
    keys = [mail_key(Kind.ENCOURAGEMENT, row) for row in asked]
    lost = Email.objects.filter(dedupe_key__in=keys, state__in=REACHED_NOBODY)
    return ByEmail(asked=len(keys), undelivered=lost.count())


def encouragement_at(token: str) -> Encouragement | None:
    """What a link of an email leads to, open or not."""
    return Encouragement.objects.select_related("pledge").filter(token_sha256=digest(token)).first()
