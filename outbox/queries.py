"""Reading the ledger of mail."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Lower

from outbox.enums import UNLISTED, Kind, State
from outbox.models import WAITING, Email, Heartbeat, Suppression

if TYPE_CHECKING:
    from organisations.models import Organisation


def claimable(now: datetime) -> Q:
    """Due and waiting, or held by somebody whose lease has run out."""
    return Q(state__in=WAITING) & (
        Q(state=State.QUEUED, due_at__lte=now) | Q(state=State.LEASED, lease_until__lt=now)
    )


def lock_claimable(*, now: datetime, size: int) -> list[Email]:
    """Rows nobody else is claiming, locked until the transaction ends; sign-in codes first."""
    free = Email.objects.filter(claimable(now)).select_for_update(skip_locked=True)
    urgent = list(free.filter(kind=Kind.SIGN_IN).order_by("due_at")[:size])
    others = free.exclude(kind=Kind.SIGN_IN).order_by("due_at")[: size - len(urgent)]
    return [*urgent, *others]


def suppressed_among(addresses: Iterable[str]) -> set[str]:
    """Those of the addresses, in lower case, that have refused email for good."""
    wanted = {address.lower() for address in addresses}
    rows = Suppression.objects.annotate(lower=Lower("address")).filter(lower__in=wanted)
    return set(rows.values_list("lower", flat=True))


def sent_mail_of(organisation: "Organisation", *, state: State | None = None) -> QuerySet[Email]:
    """An organisation's emails, newest first, without their words and without `UNLISTED` ones."""
    emails = (
        Email.objects.filter(organisation=organisation)
        .exclude(kind__in=UNLISTED)
        .select_related("to_user")
        .defer("text", "html", "headers")
        .order_by("-created_at", "-id")
    )
    return emails if state is None else emails.filter(state=state)


def oldest_due(now: datetime) -> datetime | None:
    """Since when the longest-waiting email that nobody is sending has been due."""
    return Email.objects.filter(claimable(now)).aggregate(oldest=Min("due_at"))["oldest"]


def last_heartbeat(name: str) -> datetime | None:
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()
