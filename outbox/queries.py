"""Reading the ledger of mail."""

import contextlib
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Lower

from outbox.enums import UNLISTED, Kind, Phase, State
from outbox.models import WAITING, Attempt, Email, Heartbeat, Suppression
from outbox.turns import lock_by_turns

if TYPE_CHECKING:
    from organisations.models import Organisation


CODES_AT_ONCE = 5


def claimable(now: datetime) -> Q:
    """Due and waiting, or held by somebody whose lease has run out."""
    return Q(state__in=WAITING) & (
        Q(state=State.QUEUED, due_at__lte=now) | Q(state=State.LEASED, lease_until__lt=now)
    )


def lock_claimable(*, now: datetime, size: int, start: UUID | None = None) -> list[Email]:
    """Rows nobody else is claiming, locked until the transaction ends.

    A few sign-in codes as long as there are any, so that whoever dies takes few along; else
    organisations take turns, from `start` on (see `outbox.turns`).
    """
    free = Email.objects.filter(claimable(now))
    codes = free.select_for_update(skip_locked=True).filter(kind=Kind.SIGN_IN)
    if urgent := list(codes.order_by("due_at")[: min(size, CODES_AT_ONCE)]):
        return urgent
    ids = lock_by_turns(now=now, size=size, start=start)
    others = free.in_bulk(ids)
    return [others[pk] for pk in ids if pk in others]


def suppressed_among(addresses: Iterable[str]) -> set[str]:
    """Those of the addresses, in lower case, that have refused email for good."""
    wanted = {address.lower() for address in addresses}
    rows = Suppression.objects.annotate(lower=Lower("address")).filter(lower__in=wanted)
    return set(rows.values_list("lower", flat=True))


def email_sent_as(address: str, *, email_id: str, message_id: str) -> Email | None:
    """The email to that address that a provider speaks of, else the newest that it was sent.

    A provider gives back our id of it, or our Message-ID, with or without its angle brackets.
    """
    to_it = Email.objects.filter(to_address__iexact=address).order_by("-created_at")
    named = Q(message_id__in=[message_id, f"<{message_id}>"])
    with contextlib.suppress(ValueError):
        named |= Q(pk=UUID(email_id))
    found = Email.objects.filter(named).first()
    if found is None:
        return to_it.first()
    return found if found.to_address.lower() == address.lower() else None


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


def newest_mail(organisation: "Organisation | None", *, state: State | None) -> QuerySet[Email]:
    """The same of every organisation where none is named."""
    emails = Email.objects.exclude(kind__in=UNLISTED).select_related("to_user", "organisation")
    if organisation is not None:
        emails = emails.filter(organisation=organisation)
    if state is not None:
        emails = emails.filter(state=state)
    return emails.order_by("-created_at", "-id")


def oldest_due(now: datetime) -> datetime | None:
    """Since when the longest-waiting email that nobody is sending has been due."""
    return Email.objects.filter(claimable(now)).aggregate(oldest=Min("due_at"))["oldest"]


def count_due(now: datetime, *, most: int) -> int:
    """How many emails nobody is sending are due; `most` where there are more."""
    return Email.objects.filter(claimable(now))[:most].count()


def count_put_off(*, created_before: datetime, most: int) -> int:
    """How many emails wait for another attempt that were owed before then."""
    rows = Email.objects.filter(state=State.QUEUED, attempts__gt=0, created_at__lt=created_before)
    return rows[:most].count()


def last_sent() -> datetime | None:
    """When a mail server last took an email from us."""
    taken = Attempt.objects.filter(phase=Phase.SENT).order_by("-id")
    return taken.values_list("at", flat=True).first()


def last_heartbeat(name: str) -> datetime | None:
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()


def mail_by_state(organisation: "Organisation") -> dict[State, int]:
    """How many of the listed emails are in each state that has any."""
    rows = sent_mail_of(organisation).order_by().values_list("state").annotate(Count("pk"))
    found = dict(rows)
    return {state: found[state.value] for state in State if state.value in found}


def narrowed(emails: QuerySet[Email], *, kind: Kind | None, to: str) -> QuerySet[Email]:
    """to: part of an address or of a name."""
    if kind is not None:
        emails = emails.filter(kind=kind)
    if to:
        named = Q(to_user__display_name__icontains=to)
        emails = emails.filter(named | Q(to_address__icontains=to))
    return emails


def steps_of(email: Email) -> QuerySet[Attempt]:
    return Attempt.objects.filter(email_id=email.pk).order_by("at", "id")


def came_back_among(emails: Iterable[Email]) -> dict[UUID, Phase]:
    """Of those that left: which came back, or were reported as spam."""
    phases = [Phase.CAME_BACK, Phase.COMPLAINED]
    rows = Attempt.objects.filter(email_id__in=[one.pk for one in emails], phase__in=phases)
    return {pk: Phase(phase) for pk, phase in rows.order_by("id").values_list("email_id", "phase")}


def refused_an_email_of(organisation: "Organisation | None", *, address: str) -> bool:
    """Whether an email of theirs to that address failed or came back."""
    of_theirs = Email.objects.filter(to_address__iexact=address)
    if organisation is None:
        of_theirs = of_theirs.filter(organisation=None)
    else:
        of_theirs = of_theirs.filter(organisation=organisation)
    refused = Attempt.objects.filter(phase__in=[Phase.FAILED, Phase.CAME_BACK, Phase.COMPLAINED])
    return refused.filter(email_id__in=of_theirs.values("pk")).exists()


def suppression_of(address: str) -> Suppression | None:
    return suppressions(address).first()


def suppressions(address: str) -> QuerySet[Suppression]:
    """One or none. In lower case, as its index is."""
    return Suppression.objects.alias(lower=Lower("address")).filter(lower=address.lower())
