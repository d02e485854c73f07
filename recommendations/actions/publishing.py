"""Whether everybody may see how far the recommendations are."""

from datetime import datetime

from django.db import transaction

from history.actions import record
from organisations.models import Organisation, User
from recommendations.enums import SourceVerb


@transaction.atomic
def show_progress(
    *, organisation: Organisation, is_shown: bool, by: User, now: datetime
) -> Organisation:
    """Twice changes nothing."""
    locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if locked.shows_progress == is_shown:
        return locked
    locked.shows_progress = is_shown
    locked.save(update_fields=["shows_progress"])
    verb = SourceVerb.SOURCE_SHOWN if is_shown else SourceVerb.SOURCE_HIDDEN
    record(verb, subject=locked, organisation=locked, by=by, now=now)
    return locked
