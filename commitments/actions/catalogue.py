"""Taking a wording from the catalogue into the database."""

from datetime import datetime

from django.db import transaction

from commitments.catalogue_file import WordingEntry
from commitments.enums import PledgeVerb
from commitments.models import Wording, WordingPromise
from history.actions import record


class WordingChangedError(Exception):
    """A wording in use reads differently now. A new text needs a new version number."""


@transaction.atomic
def load_wording(*, entry: WordingEntry, now: datetime) -> bool:
    """Whether anything was written. The same text twice writes nothing."""
    wording, is_new = Wording.objects.get_or_create(
        key=entry.key.replace("_", "-"), version=entry.version, defaults=wording_fields(entry)
    )
    if not is_new:
        if not reads_the_same(wording, entry):
            raise WordingChangedError(f"{wording} reads differently now: give it a new version.")
        return False
    WordingPromise.objects.bulk_create(
        WordingPromise(wording=wording, position=position, **promise_fields)
        for position, promise_fields in enumerate(promises(entry), 1)
    )
    record(PledgeVerb.WORDING_LOADED, subject=wording, organisation=None, by=None, now=now)
    return True


def wording_fields(entry: WordingEntry) -> dict[str, str | int]:
    women, minoritised = entry.thresholds.women, entry.thresholds.minoritised
    return {
        "title": entry.title,
        "source_name": entry.source.name,
        "introduction": entry.introduction,
        "women_numerator": women.numerator,
        "women_denominator": women.denominator,
        "minoritised_numerator": minoritised.numerator,
        "minoritised_denominator": minoritised.denominator,
        "women_definition": entry.women_definition,
        "minoritised_definition": entry.minoritised_definition,
    }


def promises(entry: WordingEntry) -> list[dict[str, str]]:
    return [
        {"key": line.key, "group": line.group.value, "title": line.title, "text": line.text}
        for line in entry.promises
    ]


def reads_the_same(wording: Wording, entry: WordingEntry) -> bool:
    loaded = list(wording.promises.order_by("position").values("key", "group", "title", "text"))
    fields = wording_fields(entry)
    return loaded == promises(entry) and fields == {name: getattr(wording, name) for name in fields}
