"""Writing history, always in the transaction of the change it tells of."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from history.models import Entry
from history.registry import is_registered

if TYPE_CHECKING:
    from organisations.models import Organisation, User


def record(
    verb: str,
    *,
    subject: models.Model,
    organisation: "Organisation | None",
    by: "User | None",
    now: datetime,
    **details: Any,
) -> Entry:
    """Add one entry. `by=None` is the system; `details` holds ids, field names and enums only.

    Raises RuntimeError outside a transaction and ValueError for a verb without a sentence.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("History is written in the transaction of the change it tells of.")
    if not is_registered(verb):
        raise ValueError(f"No sentence is registered for {verb!r}.")
    return Entry.objects.create(
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        organisation=organisation,
        actor=by,
        at=now,
        details={name: str(value) for name, value in details.items()},
    )
