"""Adding a review of the catalogue to an organisation."""

from datetime import datetime

from django.db import transaction

from organisations.models import Organisation, User
from recommendations.actions.locking import record_about
from recommendations.catalogue_file import RecommendationEntry, ReviewEntry, reviews
from recommendations.enums import RecommendationVerb
from recommendations.models import Action, Recommendation, Source, Theme


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
