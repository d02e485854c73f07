"""A standing group, counted as at a new day."""

from datetime import date, datetime

from django.db import transaction

from history.actions import record
from organisations.models import User
from organisations.refusals import Refused
from panels.actions.locking import why_a_round_bars_it
from panels.enums import PanelVerb
from panels.models import Gathering


class CountAgainRefused(Refused):
    """The day stays."""


@transaction.atomic
def count_again(*, gathering: Gathering, held_on: date, by: User, now: datetime) -> bool:
    """Move its day, and open its line-up for those who are on it now; earlier counts stay.

    False when that is its day already, as after a double click.
    """
    locked = Gathering.objects.select_for_update().get(pk=gathering.pk)
    if not locked.is_standing:
        raise CountAgainRefused("Only a committee, board or working group is counted again.")
    if held_on == locked.held_on:
        return False
    if held_on < locked.held_on:
        raise CountAgainRefused("Choose a day after the newest one.")
    if why := why_a_round_bars_it(locked):
        raise CountAgainRefused(why)
    locked.held_on = held_on
    locked.locked_at = None
    locked.names_dropped_at = None
    locked.save(update_fields=["held_on", "locked_at", "names_dropped_at"])
    record(
        PanelVerb.COUNTED_AGAIN, subject=locked, organisation=locked.organisation, by=by, now=now
    )
    return True
