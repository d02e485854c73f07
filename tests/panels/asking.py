"""What is left of a round in rows: its emails, its history, its count."""

from typing import Any

from history.models import Entry
from outbox.models import Email
from panels.models import DeclarationRound, Gathering


def addresses(asked: DeclarationRound, number: int = 0) -> list[str]:
    """Who got the email with that number."""
    sent = Email.objects.filter(dedupe_key__startswith=f"declaration:{asked.pk}:")
    ending = sent.filter(dedupe_key__endswith=f":{number}")
    return sorted(ending.values_list("to_address", flat=True))


def verbs(gathering: Gathering) -> list[str]:
    return [entry.verb for entry in Entry.objects.about(gathering)]


def rows(gathering: Gathering) -> list[tuple[Any, ...]]:
    fields = ("part", "measure", "yes", "no", "unknown", "basis", "entered_by")
    return sorted(gathering.tallies.values_list(*fields))
