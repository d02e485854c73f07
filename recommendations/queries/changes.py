"""What changed lately: closed, opened again, dates moved, turned down; each with its words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from history.models import Entry
from organisations.models import Organisation
from recommendations.enums import RecommendationVerb, Response, Ruling, State
from recommendations.models import ExtensionEnd, Recommendation
from ui.dates import in_full

LATELY = timedelta(days=90)
OPENED = (RecommendationVerb.REOPENED, RecommendationVerb.REOPENED_MISSED)
KINDS = {
    "closed": "Closed",
    "reopened": "Opened again",
    "moved": "Dates moved",
    "declined": "Not accepted",
}


@dataclass(frozen=True)
class Change:
    """`kind`: one of KINDS. `look` and `label` name its tag; `words` are what people wrote."""

    kind: str
    on: date
    look: str
    label: str
    recommendation: Recommendation
    said: str
    words: str


def changes_of(organisation: Organisation, *, today: date, kind: str = "") -> list[Change]:
    """Of the last 90 days, the newest first; six queries. `kind`: one of KINDS, or all."""
    since = today - LATELY
    found = [
        *_closed(organisation, since),
        *_reopened(organisation, since),
        *_moved(organisation, since),
        *_declined(organisation, since),
    ]
    shown = [change for change in found if not kind or change.kind == kind]
    return sorted(
        shown, key=lambda change: (change.on, change.recommendation.position), reverse=True
    )


def _begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _closed(organisation: Organisation, since: date) -> Iterator[Change]:
    found = organisation.recommendations.filter(closed_on__gte=since).select_related("theme")
    for each in found:
        assert each.closed_on is not None
        state = State(each.state)
        look = "activity_only" if each.is_activity_only else state.removeprefix("closed_")
        label = "Closed: activity only" if each.is_activity_only else state.label
        said = "What changed" if each.outcome else "Why" if each.state_reason else ""
        if each.is_activity_only:
            said = "The work was done. What it has changed is not known yet."
        words = each.outcome or each.state_reason
        yield Change("closed", each.closed_on, look, label, each, said, words)


def _reopened(organisation: Organisation, since: date) -> Iterator[Change]:
    """From history: what was opened and closed again since shows both."""
    entries = Entry.objects.filter(
        organisation=organisation, verb__in=OPENED, at__gte=_begins(since)
    ).values_list("subject_id", "verb", "at")
    rows = list(entries)
    named = (
        organisation.recommendations.in_bulk([subject for subject, _, _ in rows]) if rows else {}
    )
    for subject, verb, at in rows:
        missed = verb == RecommendationVerb.REOPENED_MISSED
        said = "It was due again and did not happen." if missed else "It did not last."
        yield Change(
            "reopened", timezone.localdate(at), "reopened", "Opened again", named[subject], said, ""
        )


def _moved(organisation: Organisation, since: date) -> Iterator[Change]:
    found = ExtensionEnd.objects.filter(
        extension__action__recommendation__organisation=organisation,
        ruling=Ruling.APPROVED,
        at__gte=_begins(since),
    ).select_related("extension__action__recommendation")
    for end in found:
        asked = end.extension
        said = (
            f"{asked.action.title}: from {in_full(asked.old_date)} to {in_full(asked.new_date)},"
            f" {(asked.new_date - asked.old_date).days} days."
        )
        of = asked.action.recommendation
        on = timezone.localdate(end.at)
        yield Change("moved", on, "slipped", "Date moved", of, said, asked.reason)


def _declined(organisation: Organisation, since: date) -> Iterator[Change]:
    """On the day of the answer that stands."""
    entries = Entry.objects.filter(
        organisation=organisation,
        verb=RecommendationVerb.RESPONSE_RECORDED,
        details__response=Response.NOT_ACCEPTED.value,
        at__gte=_begins(since),
    )
    days = dict(entries.order_by("pk").values_list("subject_id", "at"))
    found = organisation.recommendations.filter(pk__in=days, response=Response.NOT_ACCEPTED)
    for each in found:
        on = timezone.localdate(days[each.pk])
        label = "Not accepted"
        yield Change("declined", on, "not_accepted", label, each, "Why", each.response_reason)
