"""Work with other organisations, and what they said of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from history.actions import record
from organisations.models import Organisation, User
from recommendations.actions.revisions import key_of, refuse_if_moved_on
from recommendations.enums import EditedField, RegisterVerb
from recommendations.models import Partner
from recommendations.refusals import PARTNER_GONE, RecommendationRefused


@transaction.atomic
def add_partner(
    *, organisation: Organisation, details: dict[str, Any], page: UUID, by: User, now: datetime
) -> Partner:
    """The same page sent twice makes one."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    pk = key_of(page, organisation.pk, by.pk)
    if there := organisation.partners.filter(pk=pk).first():
        return there
    made = Partner.objects.create(
        pk=pk, organisation=organisation, added_by=by, added_at=now, **details
    )
    _record(RegisterVerb.PARTNER_ADDED, made, by=by, now=now)
    return made


@transaction.atomic
def edit_partner(
    *, partner: Partner, details: dict[str, Any], over_revision: int, by: User, now: datetime
) -> Partner:
    """Raises MovedOnError where somebody saved meanwhile, RecommendationRefused once removed."""
    locked = _locked(partner)
    if locked.removed_at:
        raise RecommendationRefused(PARTNER_GONE)
    refuse_if_moved_on(locked, over_revision=over_revision)
    changed = {name for name, value in details.items() if getattr(locked, name) != value}
    if not changed:
        return locked
    for name in changed:
        setattr(locked, name, details[name])
    locked.revision += 1
    locked.save()
    fields = [EditedField.LINKS] if "recommendation" in changed else []
    fields += [EditedField.DETAILS] if changed - {"recommendation"} else []
    for field in fields:
        _record(RegisterVerb.PARTNER_EDITED, locked, by=by, now=now, field=field)
    return locked


@transaction.atomic
def remove_partner(*, partner: Partner, by: User, now: datetime) -> Partner:
    """It is listed no longer, and what they said is kept no longer; twice changes nothing."""
    locked = _locked(partner)
    if locked.removed_at is None:
        locked.removed_at, locked.words, locked.words_may_be_shown = now, "", False
        locked.save(update_fields=["removed_at", "words", "words_may_be_shown"])
        _record(RegisterVerb.PARTNER_REMOVED, locked, by=by, now=now)
    return locked


def _locked(partner: Partner) -> Partner:
    return (
        Partner.objects.select_for_update(of=("self",))
        .select_related("organisation", "recommendation")
        .get(pk=partner.pk)
    )


def _record(
    verb: RegisterVerb, partner: Partner, *, by: User, now: datetime, **details: object
) -> None:
    record(verb, subject=partner, organisation=partner.organisation, by=by, now=now, **details)
