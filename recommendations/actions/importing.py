"""Writing what a file changes of a source's plan: all of it, or nothing."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from organisations.models import Organisation, User
from recommendations.actions.depending import refuse_circle, write_dependencies
from recommendations.actions.locking import record_about
from recommendations.actions.owning import set_date, set_lead, set_sponsor
from recommendations.actions.planning import theme_called, write
from recommendations.actions.responding import record_response
from recommendations.actions.sources import lock_source, next_position, record_source
from recommendations.actions.stepping import bump, make_step, write_step
from recommendations.enums import RecommendationVerb, SourceVerb
from recommendations.models import Recommendation, Source
from recommendations.pasted_plan import Member
from recommendations.plan_file import FileRow
from recommendations.plan_import import Entry, Outcome, compare
from recommendations.plan_steps import StepEntry
from recommendations.queries.importing import plan_as_it_stands


class PlanMovedOnError(Exception):
    """What would be done is not what was looked at. Nothing has changed."""


@transaction.atomic
def import_plan(
    *, source: Source, rows: Sequence[FileRow], looked_at: str, by: User, now: datetime
) -> Outcome:
    """`looked_at`: the digest of what the dry run showed.

    Raises PlanMovedOnError where somebody changed the plan since, or it can no longer be read
    without a problem.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=source.organisation_id)
    locked = lock_source(source)
    held = locked.recommendations.order_by("pk").select_for_update(of=("self",))
    there = {
        each.reference: each for each in held.select_related("organisation", "accountable_owner")
    }
    outcome = compare(rows, plan_as_it_stands(locked, today=timezone.localdate(now)))
    if outcome.problems or outcome.digest != looked_at:
        raise PlanMovedOnError
    entries = [*outcome.added, *outcome.changed]
    position = next_position(locked)
    for place, entry in enumerate(outcome.added):
        there[entry.reference] = _add(locked, entry, position + place, by=by, now=now)
    for entry in entries:
        _write(there[entry.reference], locked, entry, by=by, now=now)
    for entry in entries:
        _depend(there, entry, by=by, now=now)
    if entries:
        verb = SourceVerb.SOURCE_IMPORTED
        record_source(verb, locked, by=by, now=now, count=len(entries))
    return outcome


def _values(source: Source, entry: Entry) -> dict[str, object]:
    """What is different, or all of a new one."""
    was = entry.held.values if entry.held else {}
    values: dict[str, object] = {
        name: value for name, value in entry.values.items() if name not in was or was[name] != value
    }
    if "theme" in values:
        title = entry.values["theme"]
        values["theme"] = theme_called(source, title) if title else None
    return values


def _add(source: Source, entry: Entry, position: int, *, by: User, now: datetime) -> Recommendation:
    made = Recommendation.objects.create(
        organisation=source.organisation,
        source=source,
        reference=entry.reference,
        position=position,
        created_at=now,
        **_values(source, entry),
    )
    record_about(RecommendationVerb.ADOPTED, made, by=by, now=now)
    return made


def _write(one: Recommendation, source: Source, entry: Entry, *, by: User, now: datetime) -> None:
    one.source = source
    if entry.held:
        write(one, _values(source, entry), by=by, now=now)
    response, reason = entry.response
    if (one.response, one.response_reason) != entry.response:
        record_response(recommendation=one, response=response, reason=reason, by=by, now=now)
        one.response, one.response_reason = entry.response
    if one.accountable_owner_id != _pk(entry.sponsor):
        sponsor = User.objects.get(pk=entry.sponsor.pk) if entry.sponsor else None
        set_sponsor(one, sponsor, by=by, now=now)
    if [True for each in entry.steps if each.words and _step(one, each, by=by, now=now)]:
        bump(one)


def _step(one: Recommendation, entry: StepEntry, *, by: User, now: datetime) -> bool:
    """Whether an action that was there is another now; who leads it has not accepted it."""
    is_other = False
    if entry.held is None:
        action = make_step(one, entry.step, number=entry.number, by=by, now=now)
    else:
        action = one.actions.select_for_update().get(pk=entry.held.pk)
        action.recommendation = one
        is_other = write_step(action, entry.step, by=by, now=now)
    set_lead(one, action, _pk(entry.lead), by=by, now=now)
    set_date(one, action, entry.target, by=by, now=now)
    return is_other


def _depend(there: dict[str, Recommendation], entry: Entry, *, by: User, now: datetime) -> None:
    """Those of other sources stay; a circle through them is refused too."""
    before = entry.held.depends if entry.held else frozenset()
    if entry.depends == before:
        return
    one = there[entry.reference]
    now_on = set(one.dependencies.values_list("depends_on", flat=True))
    away = {there[each].pk for each in before - entry.depends}
    wanted = (now_on - away) | {there[each].pk for each in entry.depends}
    refuse_circle(one.organisation, one, wanted)
    write_dependencies(one, now_on, wanted, by=by, now=now)


def _pk(member: Member | None) -> UUID | None:
    return member.pk if member else None
