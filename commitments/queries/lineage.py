"""The versions of a pledge, and what each did to the one before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from commitments import lineage
from commitments.enums import Choice, Ending, Lineage, PledgeState, PromiseGroup
from commitments.models import Promise, Signing, Standard
from commitments.queries.making import current_signing
from commitments.queries.public import statement_from
from commitments.text import Line, StandardLine, Statement

Changes = list[tuple[Lineage, list[lineage.Change]]]


@dataclass(frozen=True)
class Version:
    """One signing as it was made public. The first has no changes."""

    signing: Signing
    statement: Statement
    changes: Changes
    is_reasoned_anew: bool


def versions_of(slug: str) -> list[Version]:
    """Newest first; none of a draft or of one taken down. Three queries, however many."""
    signings = list(
        Signing.objects.filter(pledge__slug=slug, signed_at__isnull=False)
        .exclude(pledge__state=PledgeState.DRAFT)
        .exclude(pledge__ending=Ending.NOT_THEIRS)
        .select_related("pledge", "wording")
        .order_by("number")
    )
    promises, standards = promises_by_signing(signings), standards_by_signing(signings)
    versions = [
        Version(
            signing=signing,
            statement=statement_from(
                signing, as_text(promises[signing.pk]), tuple(standards[signing.pk])
            ),
            changes=changes_between(promises[before.pk], promises[signing.pk]) if before else [],
            is_reasoned_anew=before is not None and before.statement != signing.statement,
        )
        for before, signing in pairwise([None, *signings])
        if signing is not None
    ]
    return versions[::-1]


def changes_of(text: Signing) -> Changes:
    """What a text that is being written would do to the last one that was signed."""
    last = current_signing(text.pledge)
    promises = promises_by_signing([last, text])
    return changes_between(promises[last.pk], promises[text.pk])


def is_on_a_newer_wording(text: Signing) -> bool:
    """Whether the wording has changed since the pledge was signed last."""
    return text.number > 1 and current_signing(text.pledge).wording_id != text.wording_id


def changes_between(before: Iterable[Promise], after: Iterable[Promise]) -> Changes:
    return lineage.grouped(lineage.compare(as_lineage(before), as_lineage(after)))


def as_lineage(promises: Iterable[Promise]) -> list[lineage.Line]:
    return [
        lineage.Line(
            key=promise.wording_promise.key if promise.wording_promise else "",
            title=promise.wording_promise.title if promise.wording_promise else "",
            choice=Choice(promise.choice),
            text=promise.text,
        )
        for promise in promises
    ]


def as_text(promises: Iterable[Promise]) -> tuple[Line, ...]:
    return tuple(
        Line(PromiseGroup(promise.group), Choice(promise.choice), promise.text)
        for promise in promises
    )


def promises_by_signing(signings: Sequence[Signing]) -> dict[UUID, list[Promise]]:
    rows = Promise.objects.filter(signing__in=[signing.pk for signing in signings])
    found: dict[UUID, list[Promise]] = {signing.pk: [] for signing in signings}
    for row in rows.select_related("wording_promise").order_by("position"):
        found[row.signing_id].append(row)
    return found


def standards_by_signing(signings: Sequence[Signing]) -> dict[UUID, list[StandardLine]]:
    rows = Standard.objects.filter(signing__in=[signing.pk for signing in signings])
    found: dict[UUID, list[StandardLine]] = {signing.pk: [] for signing in signings}
    for row in rows.order_by("position"):
        found[row.signing_id].append(StandardLine(str(row), row.signed_up_on, row.link))
    return found
