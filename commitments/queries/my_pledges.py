"""What waits on the pledges that somebody made or helps with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from commitments.enums import Cadence
from commitments.models import CheckInDraft, Pledge
from commitments.queries.check_ins import changes_of, next_opening_of, period_open_for
from commitments.queries.public import made_on
from commitments.queries.tending import tended_by
from commitments.queries.waiting import numbers_waiting, with_entries_that_may_wait
from commitments.rhythm import Period, passed_periods, period_between
from organisations.models import User
from ui.dates import months_later

A_YEAR = 12


@dataclass(frozen=True)
class MyPledge:
    """`waits`: entries of assistants that the leader has not confirmed. `on_the_record`: all that
    the record says waits, those and the check-in too. `open_period`: what is still to be looked
    back on. `missed`: in the last twelve months, the newest first."""

    pledge: Pledge
    open_period: Period | None
    next_opening: date
    draft: CheckInDraft | None
    waits: int
    on_the_record: int
    missed: Sequence[Period]


def my_pledges(user: User, *, today: date) -> list[MyPledge]:
    """Published pledges that the person made or helps with; four queries, and two more where an
    event to reflect on was counted."""
    drafts = CheckInDraft.objects.select_related("by")
    pledges = with_entries_that_may_wait(tended_by(user).published(), today=today)
    found = pledges.prefetch_related(
        "check_ins", "cadence_changes", Prefetch("check_in_drafts", queryset=drafts)
    )
    waiting = numbers_waiting(found, today=today)
    return [my_pledge(each, waiting=waiting[each.pk], today=today) for each in found]


def my_pledge(pledge: Any, *, waiting: int, today: date) -> MyPledge:
    """Of a pledge fetched with its entries that may wait, check-ins, drafts and changes of
    rhythm."""
    cadence, since = Cadence(pledge.check_in_every), made_on(pledge)
    done = [period_between(each.period, each.opened_on) for each in pledge.check_ins.all()]
    period = period_open_for(pledge, today=today)
    if period and any(each.opens_on == period.opens_on for each in done):
        period = None
    passed = passed_periods(
        made_on=since, today=today, cadence=cadence, done=done, changes=changes_of(pledge)
    )
    drafts = [
        each for each in pledge.check_in_drafts.all() if period and each.period == period.first
    ]
    return MyPledge(
        pledge=pledge,
        open_period=period,
        next_opening=next_opening_of(pledge, today=today),
        draft=drafts[0] if drafts else None,
        waits=sum(row["unconfirmed"] for row in pledge.may_wait),
        on_the_record=waiting + (period is not None),
        missed=[
            each.period
            for each in passed
            if each.missed and each.period.opens_on > months_later(today, -A_YEAR)
        ],
    )
