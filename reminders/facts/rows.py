"""The columns that every kind of fact has, and days that are reckoned in SQL."""

from typing import Any

from django.db.models import DateField, DurationField, F, Func, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from organisations.enums import Nation


def as_facts(
    rows: QuerySet[Any], *, home: str, person: str, anchor: Any, subject: str = "pk"
) -> QuerySet[Any, Any]:
    """`home`: the path to the organisation; where there is none, England's holidays hold.

    `anchor`: an expression, or the path to a date. `person`: the path to somebody's account.
    """
    return (
        rows.order_by()
        # A filter on the path itself would join others once more beside those already chosen.
        .alias(can_sign_in=F(f"{person}__is_active"))
        .filter(can_sign_in=True)
        .values(
            nation=Coalesce(F(f"{home}__nation"), Value(Nation.ENGLAND.value)),
            anchor=F(anchor) if isinstance(anchor, str) else anchor,
            person=F(person),
            home=F(home),
            subject=F(subject),
        )
    )


def months_after(day: Any, months: Any) -> Cast:
    """As `ui.dates.months_later`: a month that is too short gives its last day."""
    span = Func(
        Cast(months, IntegerField()),
        template="make_interval(months => %(expressions)s)",
        output_field=DurationField(),
    )
    return Cast(day + span, DateField())
