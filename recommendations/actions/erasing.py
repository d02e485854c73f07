"""What goes of recommendations when somebody erases their account: their words, never counts.

That something happened stays, with its day; the rows that only grow allow exactly this.
"""

from collections.abc import Callable

from django.db.models import Exists, OuterRef

from organisations.erasure import Farewell
from recommendations.models import (
    ClosureProposal,
    CoverageUnit,
    EmbeddingCheck,
    EvidenceVersion,
    Extension,
    Handover,
    NotYet,
    Objection,
    Occurrence,
    ProgressUpdate,
    Recheck,
    Recommendation,
)


def erase_proof_words(farewell: Farewell) -> None:
    """What they wrote beside occurrences, checks and ticks, and as notes of evidence."""
    person = farewell.person
    CoverageUnit.objects.filter(covered_by=person).exclude(note="").update(note="")
    Occurrence.objects.filter(by=person).exclude(changed="").update(changed="")
    EmbeddingCheck.objects.filter(by=person).exclude(note="").update(note="")
    EvidenceVersion.objects.filter(by=person).exclude(note="").update(note="")


def erase_words_of_the_work(farewell: Farewell) -> None:
    """What they reported, asked for, said no and not yet with, answered, handed over and found."""
    person = farewell.person
    ProgressUpdate.objects.filter(by=person).exclude(text="").update(text="")
    Extension.objects.filter(asked_by=person).exclude(reason="").update(reason="")
    NotYet.objects.filter(by=person).exclude(reason="").update(reason="")
    Handover.objects.filter(by=person).exclude(note="").update(note="")
    Objection.objects.filter(lead=person).update(reason="")
    Objection.objects.filter(settled_by=person).update(answer="")
    Recheck.objects.filter(checked_by=person).update(note="")


def erase_proposals(farewell: Farewell) -> None:
    """What they proposed to close with, also where it stands on the recommendation itself."""
    theirs = ClosureProposal.objects.filter(proposed_by=farewell.person)
    for words, copied in (("reason", "state_reason"), ("outcome", "outcome")):
        same = {"recommendation": OuterRef("pk"), words: OuterRef(copied)}
        Recommendation.objects.filter(Exists(theirs.filter(**same))).update(**{copied: ""})
    theirs.update(reason="", outcome="")


PARTS: list[Callable[[Farewell], None]] = [
    erase_proof_words,
    erase_words_of_the_work,
    erase_proposals,
]
"""Each blanks what somebody wrote in one room."""


def erase_words(farewell: Farewell) -> None:
    for part in PARTS:
        part(farewell)
