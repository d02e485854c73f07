"""The statements that find what is due, for one kind and audience at a time.

The rules reckon which days are due today (`schedule.windows`); Postgres joins them to the facts.
So planning is one statement for each, however many people are to hear.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from organisations.enums import Nation
from outbox.failpoints import failpoint
from reminders.enums import Audience, Choice, ReminderKind
from reminders.facts import FACTS
from reminders.holidays import bank_holidays
from reminders.rules import RULES
from reminders.schedule import Ladder, windows

# The key names no organisation: the subject belongs to one and no other.
# Written down once: joined as it stands, a day that takes a look at other tables would be reckoned
# anew for every day there is.
DUE = """
    WITH fact AS MATERIALIZED ({facts})
    SELECT concat_ws(':', {kind}, fact.subject, fact.anchor, fact.person, 't' || days.rung) AS key,
           fact.person, fact.home, fact.subject, fact.anchor, days.rung, days.until,
           EXISTS (
               SELECT 1 FROM reminders_preference chosen
               WHERE chosen.user_id = fact.person AND chosen.kind = {kind} AND chosen.choice = {off}
           ) AS is_off
    FROM fact
    JOIN unnest(%s::text[], %s::date[], %s::int[], %s::date[]) days (nation, anchor, rung, until)
      ON days.nation = fact.nation AND days.anchor = fact.anchor
"""
PLAN = """
    INSERT INTO reminders_reminder AS known (
        id, dedupe_key, kind, audience, user_id, organisation_id, subject_id,
        due_date, rung, until, planned_for, created_at
    )
    SELECT gen_random_uuid(), due.key, {kind}, %s, due.person, due.home, due.subject,
           due.anchor, due.rung, due.until, %s, %s
    FROM ({due}) due
    WHERE NOT due.is_off
    ON CONFLICT (dedupe_key) DO UPDATE
    SET withdrawn_at = NULL, email_id = NULL, planned_for = excluded.planned_for,
        until = excluded.until, audience = excluded.audience
    WHERE known.withdrawn_at IS NOT NULL
"""
# Not in a list that is made once: asked for each row, the facts would be looked up as often.
WITHDRAW = """
    UPDATE reminders_reminder gone SET withdrawn_at = %s
    WHERE gone.kind = {kind} AND gone.audience = %s AND gone.withdrawn_at IS NULL
      AND (gone.email_id IS NULL OR EXISTS (
          SELECT 1 FROM outbox_email mail WHERE mail.id = gone.email_id AND mail.state = 'queued'))
      AND gone.until > %s
      AND (gone.subject_id, gone.user_id, gone.due_date) NOT IN (
          SELECT fact.subject, fact.person, fact.anchor FROM ({facts}) fact
          WHERE fact.anchor IS NOT NULL)
"""


class Step(NamedTuple):
    """One kind as one audience hears of it."""

    kind: ReminderKind
    ladder: Ladder


@dataclass(frozen=True)
class DueRow:
    """One reminder that is due. `until`: the first day on which it is of no use any more.

    is_off: that person does not want the kind, so that it is not written down.
    """

    kind: ReminderKind
    audience: Audience
    key: str
    person: UUID
    home: UUID | None
    subject: UUID
    anchor: date
    rung: int
    until: date
    is_off: bool


class Days(NamedTuple):
    """Column by column, as `unnest` takes them."""

    nations: list[str]
    anchors: list[date]
    rungs: list[int]
    untils: list[date]


def steps() -> Iterator[Step]:
    for rule in RULES:
        for ladder in rule.ladders:
            if (rule.kind, ladder.audience) in FACTS:
                yield Step(rule.kind, ladder)


def days_of(ladder: Ladder, *, today: date) -> Days:
    """Every nation has its own bank holidays."""
    found = [
        (nation.value, window)
        for nation in Nation
        for window in windows(ladder, today=today, holidays=bank_holidays(nation, today.year))
    ]
    return Days(
        nations=[nation for nation, _ in found],
        anchors=[window.anchor for _, window in found],
        rungs=[window.offset for _, window in found],
        untils=[window.until for _, window in found],
    )


def due_statement(
    step: Step, *, today: date, homes: Sequence[UUID] | None = None
) -> tuple[str, list[Any]] | None:
    """The SELECT, and None on a day on which nothing of the kind can be due.

    homes: only what is due in these organisations.
    """
    days = days_of(step.ladder, today=today)
    if not days.anchors:
        return None
    facts = facts_of(step, today=today).filter(
        anchor__gte=min(days.anchors), anchor__lte=max(days.anchors)
    )
    if homes is not None:
        facts = facts.filter(home__in=homes)
    sql, params = facts.query.sql_with_params()
    return _filled(DUE, step, facts=sql), [*params, *days]


def facts_of(step: Step, *, today: date) -> QuerySet[Any, Any]:
    return FACTS[step.kind, step.ladder.audience](today)


def plan_step(step: Step, *, today: date, now: datetime) -> int:
    """Write down what is due; how many were not known, or hold again."""
    found = due_statement(step, today=today)
    if found is None:
        return 0
    due, params = found
    failpoint("before_planning_insert")
    with connection.cursor() as cursor:
        cursor.execute(_filled(PLAN, step, due=due), [step.ladder.audience, today, now, *params])
        return int(cursor.rowcount)


def withdraw_step(step: Step, *, today: date, now: datetime) -> int:
    """What waits although it no longer holds: the date moved, the person or the state changed."""
    facts, params = facts_of(step, today=today).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            _filled(WITHDRAW, step, facts=facts), [now, step.ladder.audience, today, *params]
        )
        return int(cursor.rowcount)


def due_rows(today: date, *, homes: Sequence[UUID] | None = None) -> list[DueRow]:
    """All that would be planned today, known or not, in one statement; nothing is written."""
    parts, values = [], []
    for step in steps():
        statement = due_statement(step, today=today, homes=homes)
        if statement is not None:
            of = f"'{step.kind.value}', '{step.ladder.audience.value}'"
            parts.append(f"SELECT {of}, due.* FROM ({statement[0]}) due")  # noqa: S608
            values += statement[1]
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        rows = cursor.fetchall()
    return [DueRow(ReminderKind(kind), Audience(audience), *row) for kind, audience, *row in rows]


def _filled(template: str, step: Step, **parts: str) -> str:
    """The kind is one of our own words, never somebody's."""
    return template.format(kind=f"'{step.kind.value}'", off=f"'{Choice.OFF.value}'", **parts)
