"""Writing history, always in the transaction of the change it tells of."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction

from history.models import Entry
from history.registry import is_registered

if TYPE_CHECKING:
    from organisations.models import Organisation, User


Details = dict[str, object]


def record(
    verb: str,
    *,
    subject: models.Model,
    organisation: "Organisation | None",
    by: "User | None",
    now: datetime,
    **details: object,
) -> Entry:
    """Add one entry. `by=None` is the system; `details` holds ids, field names and enums only.

    Raises RuntimeError outside a transaction and ValueError for a verb without a sentence.
    """
    [entry] = record_many(
        verb, about=[(subject, details)], organisation=organisation, by=by, now=now
    )
    return entry


def record_many(
    verb: str,
    *,
    about: Iterable[tuple[models.Model, Details]],
    organisation: "Organisation | None",
    by: "User | None",
    now: datetime,
) -> list[Entry]:
    """The same of many subjects, each with its own details, in one statement. As `record`."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("History is written in the transaction of the change it tells of.")
    if not is_registered(verb):
        raise ValueError(f"No sentence is registered for {verb!r}.")
    return Entry.objects.bulk_create(
        Entry(
            verb=verb,
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            organisation=organisation,
            actor=by,
            at=now,
            details={name: str(value) for name, value in details.items()},
        )
        for subject, details in about
    )
