"""Changing recommendations: adding them, the response, what owners report."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from history.actions import record
from organisations.models import Organisation, User
from recommendations.catalogue_file import RecommendationEntry, ReviewEntry, reviews
from recommendations.enums import RecommendationVerb, Response, State
from recommendations.models import Action, ProgressUpdate, Recommendation, Source, Theme
from recommendations.refusals import CLOSED, REASON_NEEDED, RecommendationRefused


@transaction.atomic
def adopt_catalogue(*, organisation: Organisation, key: str, by: User, now: datetime) -> Source:
    """Add a review of the catalogue with its themes, recommendations, findings and actions.

    A second call changes nothing. Raises KeyError for a key that the catalogue does not have.
    """
    review = {each.source.key: each for each in reviews()}[key]
    source, is_new = Source.objects.get_or_create(
        organisation=organisation,
        catalogue_key=key,
        defaults={
            "kind": review.source.kind,
            "title": review.source.title,
            "author": review.source.author,
            "published": review.source.published,
            "created_at": now,
        },
    )
    if is_new:
        _add_recommendations(source, review, by=by, now=now)
    return source


def _add_recommendations(source: Source, review: ReviewEntry, *, by: User, now: datetime) -> None:
    themes = Theme.objects.bulk_create(
        Theme(source=source, position=position, title=theme.title)
        for position, theme in enumerate(review.themes, start=1)
    )
    entries: list[tuple[Theme | None, RecommendationEntry]] = [
        (theme, entry)
        for theme, named in zip(themes, review.themes, strict=True)
        for entry in named.recommendations
    ]
    entries += [(None, finding) for finding in review.findings]
    for position, (theme, entry) in enumerate(entries, start=1):
        recommendation = Recommendation.objects.create(
            organisation=source.organisation,
            source=source,
            theme=theme,
            reference=entry.reference,
            position=position,
            title=entry.title,
            text=entry.text,
            is_finding=entry.is_finding,
            created_at=now,
        )
        _add_actions(recommendation, entry)
        record_about(RecommendationVerb.ADOPTED, recommendation, by=by, now=now)


def _add_actions(recommendation: Recommendation, entry: RecommendationEntry) -> None:
    Action.objects.bulk_create(
        Action(
            recommendation=recommendation,
            position=position,
            title=action.title,
            kind=action.kind,
            every_months=action.every_months,
            occurrences_needed=action.occurrences,
            unit=action.unit,
        )
        for position, action in enumerate(entry.actions, start=1)
    )


@transaction.atomic
def record_response(
    *, recommendation: Recommendation, response: str, reason: str, by: User, now: datetime
) -> Recommendation:
    """Whether the organisation agrees.

    Raises RecommendationRefused without a reason owed, and once it is closed.
    """
    if response in Response.needing_a_reason() and not reason.strip():
        raise RecommendationRefused(REASON_NEEDED)
    locked = lock_open(recommendation)
    if (locked.response, locked.response_reason) == (response, reason):
        return locked
    locked.response, locked.response_reason = response, reason
    locked.save(update_fields=["response", "response_reason"])
    record_about(RecommendationVerb.RESPONSE_RECORDED, locked, by=by, now=now, response=response)
    return locked


@transaction.atomic
def post_update(
    *, recommendation: Recommendation, rating: str, text: str, by: User, now: datetime
) -> ProgressUpdate:
    """What an owner reports.

    Raises PermissionDenied for anybody else and RecommendationRefused once it is closed.
    """
    locked = lock_open(recommendation)
    if not locked.is_owned_by(by):
        raise PermissionDenied
    update = ProgressUpdate.objects.create(
        recommendation=locked, by=by, posted_at=now, rating=rating, text=text
    )
    record_about(
        RecommendationVerb.UPDATE_POSTED, locked, by=by, now=now, rating=rating, update=update.pk
    )
    start(locked, by=by, now=now)
    return update


def start(recommendation: Recommendation, *, by: User, now: datetime) -> None:
    """The first accepted action or progress update starts the work."""
    if recommendation.state != State.NOT_STARTED:
        return
    recommendation.state = State.IN_PROGRESS
    recommendation.save(update_fields=["state"])
    record_about(RecommendationVerb.STARTED, recommendation, by=by, now=now)


def lock_open(recommendation: Recommendation) -> Recommendation:
    locked = (
        Recommendation.objects.select_for_update(of=("self",))
        .select_related("organisation", "accountable_owner")
        .get(pk=recommendation.pk)
    )
    if not locked.is_open:
        raise RecommendationRefused(CLOSED)
    return locked


def record_about(
    verb: RecommendationVerb,
    recommendation: Recommendation,
    *,
    by: User,
    now: datetime,
    **details: object,
) -> None:
    record(
        verb,
        subject=recommendation,
        organisation=recommendation.organisation,
        by=by,
        now=now,
        **details,
    )
