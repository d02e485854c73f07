"""What the dashboard shows, one row for each action, as cells of a spreadsheet."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from organisations.models import Organisation, User
from recommendations.models import Action, Recommendation
from recommendations.plan_columns import headings, yes_or_no

NO_STEPS: list[Action | None] = [None]
"""A recommendation without an action has a row too."""


def plan_rows(
    organisation: Organisation, keys: Sequence[UUID], columns: Sequence[str], *, emails: bool
) -> Iterator[list[object]]:
    """Headings first, then in the order of `keys`. Four queries, however many there are.

    emails: for coordinators alone; everybody else reads names.
    """
    yield list(headings(columns))
    found = (
        organisation.recommendations.select_related("source", "theme", "accountable_owner")
        .prefetch_related("actions__responsible_owner", "depends_on")
        .in_bulk(list(keys))
    )
    for key in keys:
        one = found[key]
        about = _about(one, emails=emails)
        steps = sorted(one.actions.all(), key=lambda action: action.position)
        for step in steps or NO_STEPS:
            cells = about | _of_step(step, emails=emails)
            yield [cells.get(column, "") for column in columns]


def _person(user: User | None, *, emails: bool) -> str:
    if user is None:
        return ""
    return user.email if emails else user.shown_name


def _about(one: Recommendation, *, emails: bool) -> dict[str, Any]:
    same = [each for each in one.depends_on.all() if each.source_id == one.source_id]
    return {
        "source": one.source.title,
        "reference": one.reference,
        "title": one.title,
        "text": one.text,
        "theme": one.theme.title if one.theme else "",
        "is_finding": yes_or_no(one.is_finding),
        "level": one.get_level_display(),
        "horizon": one.get_horizon_display(),
        "phase": one.phase,
        "depends_on": ", ".join(sorted(each.reference for each in same)),
        "response": one.get_response_display(),
        "response_reason": one.response_reason,
        "state": one.get_state_display(),
        "sponsor": _person(one.accountable_owner, emails=emails),
    }


def _of_step(action: Action | None, *, emails: bool) -> dict[str, Any]:
    if action is None:
        return {}
    return {
        "number": action.position,
        "step": action.title,
        "kind": action.get_kind_display(),
        "every_months": action.every_months,
        "occurrences_needed": action.occurrences_needed,
        "moves_with_meetings": yes_or_no(action.moves_with_meetings),
        "unit": action.unit,
        "percent_needed": action.percent_needed,
        "lead": _person(action.responsible_owner, emails=emails),
        "original_date": action.original_date and action.original_date.isoformat(),
        "target_date": action.target_date and action.target_date.isoformat(),
        "budget_pounds": action.budget_pounds,
        "staff_days": action.staff_days,
    }
