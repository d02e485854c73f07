"""What the dashboards over time and by lead count."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F

from organisations.models import Organisation
from recommendations.ageing import Open
from recommendations.as_at import stood
from recommendations.enums import Response, State
from recommendations.models import Action
from recommendations.over_time import Counted, Period, counted, days_of
from recommendations.queries.as_at import record_of
from recommendations.queries.rows import FINDINGS, NO_THEME, has_current_lead


def counted_in(
    organisation: Organisation, periods: Sequence[Period], *, today: date
) -> list[Counted]:
    """Told again from what was put on record; findings are left aside."""
    record = record_of(organisation)
    days = days_of(periods, today)
    told = [each for each in record.told if not each.lasting.is_finding]
    found = [stood(each.lasting, each.events, [*days, today], record.stays) for each in told]
    courses = [[then.facts if then else None for then in each[:-1]] for each in found]
    return counted(periods, courses, [each[-1].facts for each in found if each[-1]])


def open_actions(organisation: Organisation) -> list[Open]:
    """What is not shown to be done and still asked for, in the order of the sources; one query."""
    found = (
        Action.objects.filter(recommendation__organisation=organisation, proven_on=None)
        .exclude(recommendation__state__in=State.closed())
        .exclude(recommendation__response=Response.NOT_ACCEPTED)
        .annotate(is_led=has_current_lead(), is_finding=F("recommendation__is_finding"))
        .order_by(
            "recommendation__is_finding",
            "recommendation__source__created_at",
            "recommendation__position",
            "position",
        )
        .values_list(
            "is_led",
            "responsible_owner_id",
            "responsible_owner__display_name",
            "is_finding",
            "recommendation__theme__title",
            "target_date",
        )
    )
    return [
        Open(
            key=str(lead) if is_led else "",
            lead=(name or "Somebody") if is_led else "",
            theme=theme or (FINDINGS if is_finding else NO_THEME),
            target=target,
        )
        for is_led, lead, name, is_finding, theme, target in found
    ]
