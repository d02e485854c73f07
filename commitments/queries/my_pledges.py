"""What waits on the pledges that somebody made or helps with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from commitments.enums import Cadence
from commitments.models import CheckInDraft, Invitation, Pledge, Step
from commitments.queries.check_ins import changes_of, next_opening_of, period_open_for
from commitments.queries.public import made_on
from commitments.queries.tending import tended_by
from commitments.rhythm import Period, passed_periods, period_between
from organisations.models import User
from ui.dates import months_later

A_YEAR = 12


@dataclass(frozen=True)
class MyPledge:
    """`waits`: entries of assistants that the leader has not confirmed. `open_period`: what is
    still to be looked back on. `missed`: in the last twelve months, the newest first."""

    pledge: Pledge
    open_period: Period | None
    next_opening: date
    draft: CheckInDraft | None
    waits: int
    missed: Sequence[Period]


def my_pledges(user: User, *, today: date) -> list[MyPledge]:
    """Published pledges that the person made or helps with; four queries."""
    unconfirmed = Step.objects.filter(invitation=OuterRef("pk"), confirmed_at=None)
    waiting = (
        Invitation.objects.filter(Q(confirmed_at=None) | Exists(unconfirmed))
        .filter(pledge=OuterRef("pk"))
        .order_by()
        .values("pledge")
        .annotate(number=Count("pk"))
    )
    drafts = CheckInDraft.objects.select_related("by")
    pledges = (
        tended_by(user)
        .published()
        .annotate(waits=Coalesce(Subquery(waiting.values("number")), 0))
        .prefetch_related(
            "check_ins", "cadence_changes", Prefetch("check_in_drafts", queryset=drafts)
        )
    )
    return [my_pledge(pledge, waits=pledge.waits, today=today) for pledge in pledges]


def my_pledge(pledge: Pledge, *, waits: int, today: date) -> MyPledge:
    """Of a pledge fetched with its check-ins, drafts and changes of rhythm."""
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
        waits=waits,
        missed=[
            each.period
            for each in passed
            if each.missed and each.period.opens_on > months_later(today, -A_YEAR)
        ],
    )
