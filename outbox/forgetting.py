"""What the ledger of mail keeps of somebody who erased their account: that something was sent."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, Func, Q, QuerySet, TextField, Value

from outbox.enums import State
from outbox.models import Email
from outbox.queries import suppressions

# Nothing leaves any more, neither by itself nor by somebody's button.
STOPPED = (State.QUEUED, State.LEASED, State.FAILED, State.SUPPRESSED)
A_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def forget_person(*, person: UUID, addresses: Iterable[str], instead: str) -> None:
    """Blank every email to somebody; `instead` takes the place of their address."""
    to_them = Q(to_user=person)
    for address in addresses:
        to_them |= Q(to_address__iexact=address)
        suppressions(address).delete()
    blank(Email.objects.filter(to_them))
    Email.objects.filter(to_them).update(to_address=instead)


def forget_mail_about(rows: Iterable[UUID], *, instead: str) -> None:
    """Blank emails to others that were sent for somebody, and those sent again in their place.

    The key of an email begins with what it is for and the id of that row. Who was written to and
    has no account here is forgotten too.
    """
    wanted = {str(row) for row in rows}
    first_id = Func(F("dedupe_key"), Value(A_UUID), function="substring", output_field=TextField())
    keyed = Email.objects.annotate(about=first_id)
    while wanted:
        found = keyed.filter(about__in=wanted)
        wanted = {str(email) for email in found.values_list("pk", flat=True)}
        blank(Email.objects.filter(pk__in=wanted))
        Email.objects.filter(pk__in=wanted, to_user=None).update(to_address=instead)


def forget_answers_to(address: str, *, organisations: QuerySet[Any]) -> None:
    """Emails of these stay, and say no more that answers go to that address."""
    named = Email.objects.filter(
        **{"headers__Reply-To__icontains": address}, organisation__in=organisations
    )
    for email in named.only("headers").iterator():
        email.headers.pop("Reply-To")
        email.save(update_fields=["headers"])


def forget_mail_keyed(start: str, *, instead: str) -> None:
    """Blank every email whose key begins so, and forget whom it went to."""
    found = Email.objects.filter(dedupe_key__startswith=start)
    blank(found)
    found.update(to_address=instead, to_user=None)


def blank(emails: QuerySet[Email]) -> None:
    emails.filter(state__in=STOPPED).update(
        state=State.CANCELLED, lease_token=None, lease_until=None
    )
    emails.update(subject="", text="", html="", headers={}, last_error="")
