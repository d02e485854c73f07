"""The check-ins of a pledge: what was said, which one is open, and who has one to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, product

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, Greatest, TruncDate

from commitments.enums import Cadence, Choice, Kept, PledgeState
from commitments.models import CadenceChange, CheckIn, CheckInLine, Pledge, Promise
from commitments.queries.making import current_promises
from commitments.queries.public import ended_on, made_on
from commitments.rhythm import (
    Change,
    Passed,
    Period,
    due_period,
    next_opening,
    open_period,
    passed_periods,
    period_between,
    period_holding,
)
from ui.dates import in_full

IS_CLOSED = "This pledge is closed."
REPORTS = [kept for kept in Kept if kept != Kept.NOTHING]


def kept_promises_of(pledge: Pledge) -> QuerySet[Promise]:
    """The promises a check-in asks about: none that was left out."""
    return current_promises(pledge).exclude(choice=Choice.LEFT_OUT)


def newest_lines(lines: QuerySet[CheckInLine]) -> QuerySet[CheckInLine]:
    """What counts of each promise: what was put right replaces what was said before."""
    later = CheckInLine.objects.filter(
        check_in=OuterRef("check_in"), promise=OuterRef("promise"), version__gt=OuterRef("version")
    )
    return lines.filter(~Exists(later)).select_related("promise__wording_promise", "remark")


@dataclass(frozen=True)
class Said:
    """What counts of one promise, and what was said of it before that was put right."""

    line: CheckInLine
    before: Sequence[CheckInLine]


@dataclass(frozen=True)
class LookBack:
    """One period since the pledge was made, with what was said of it."""

    passed: Passed
    check_in: CheckIn | None
    said: Sequence[Said]


@dataclass(frozen=True)
class LookBacks:
    """Newest first. What was said is read of those that are asked for alone, in one query: a
    slice, or all of them."""

    passed: Sequence[Passed]
    done: Mapping[Period, CheckIn]

    def __len__(self) -> int:
        return len(self.passed)

    def __iter__(self) -> Iterator[LookBack]:
        return iter(self[:])

    def __getitem__(self, part: slice) -> list[LookBack]:
        asked = [(passed, self.done.get(passed.period)) for passed in self.passed[part]]
        lines = CheckInLine.objects.select_related("promise__wording_promise", "remark")
        in_order = lines.order_by("promise__position", "-version")
        prefetch_related_objects(
            [check_in for _, check_in in asked if check_in],
            Prefetch("lines", queryset=in_order, to_attr="all"),
        )
        return [LookBack(passed, made, what_was_said(made)) for passed, made in asked]


def look_backs(pledge: Pledge, *, today: date) -> LookBacks:
    """Of each check-in what reports something. One query, and another where they are read.

    A closed pledge owes none from the day on which it ended.
    """
    check_ins = pledge.check_ins.select_related("by")
    done = {period_between(each.period, each.opened_on): each for each in check_ins}
    until = ended_on(pledge)
    passed = passed_periods(
        made_on=made_on(pledge),
        today=min(today, until) if until else today,
        cadence=Cadence(pledge.check_in_every),
        done=done.keys(),
        changes=changes_of(pledge),
    )
    owed = [each for each in passed if until is None or each.done or each.missed]
    return LookBacks(owed, done)


def changes_of(pledge: Pledge) -> list[Change]:
    """Of its rhythm since it was made. One query, however often it is asked of one row."""
    prefetch_related_objects([pledge], "cadence_changes")
    return [
        Change(each.changed_on, Cadence(each.cadence_before))
        for each in pledge.cadence_changes.all()
    ]


def what_was_said(check_in: CheckIn | None) -> list[Said]:
    """Of a check-in whose lines were fetched as `all`; promises with nothing to report left out."""
    lines: Sequence[CheckInLine] = getattr(check_in, "all", ())
    by_promise = [list(group) for _, group in groupby(lines, key=lambda line: line.promise_id)]
    return [
        Said(newest, before)
        for newest, *before in by_promise
        if newest.kept in REPORTS or newest.said or before
    ]


@dataclass(frozen=True)
class Due:
    """The check-in that is open today, or the words that say why none is.

    `to_put_right`: the one that is made already, while its time is still open.
    """

    period: Period | None
    words: str
    to_put_right: Period | None = None


def period_open_for(pledge: Pledge, *, today: date) -> Period | None:
    """The one to look back on today, whether it is done or not; a closed pledge owes none."""
    if pledge.state != PledgeState.PUBLISHED:
        return None
    cadence = Cadence(pledge.check_in_every)
    changes = changes_of(pledge)
    return due_period(made_on=made_on(pledge), today=today, cadence=cadence, changes=changes)


def due_check_in(pledge: Pledge, *, today: date) -> Due:
    if pledge.state == PledgeState.CLOSED:
        return Due(None, IS_CLOSED)
    period = period_open_for(pledge, today=today)
    is_made = period and pledge.check_ins.filter(opened_on=period.opens_on).exists()
    if period and not is_made:
        return Due(period, f"Your check-in for {period.words} is open.")
    opens = next_opening_of(pledge, today=today)
    return Due(None, f"The next check-in opens on {in_full(opens)}.", period)


def next_opening_of(pledge: Pledge, *, today: date) -> date:
    return next_opening(
        made_on=made_on(pledge),
        today=today,
        cadence=Cadence(pledge.check_in_every),
        changes=changes_of(pledge),
    )


def check_ins_due(today: date) -> QuerySet[Pledge]:
    """Published pledges whose open period has no check-in yet, with `period`, `opened_on` and
    `closes_on`, the day the next one opens.

    The same rule as `rhythm.due_period`, in SQL, for everybody at once.
    """
    this_quarter = period_holding(today, Cadence.QUARTERLY)
    last_quarter = period_holding(this_quarter.first - timedelta(days=1), Cadence.QUARTERLY)
    due = Q(pk=None)
    periods, opened, closes = [], [], []
    for before, cadence in product(Cadence, Cadence):
        period = open_period(today, cadence, before)
        this = Q(held_before=before, held_now=cadence)
        due |= this & Q(published_at__date__lte=period.last_day_to_make_a_pledge)
        periods.append(When(this, then=Value(period.first)))
        opened.append(When(this, then=Value(period.opens_on)))
        closes.append(When(this, then=Value(period_holding(today, cadence).opens_on)))
    return (
        Pledge.objects.published()
        .annotate(made=TruncDate("published_at"))
        .annotate(held_before=held_in(last_quarter), held_now=held_in(this_quarter))
        .filter(due)
        .annotate(
            period=Case(*periods, output_field=DateField()),
            opened_on=Case(*opened, output_field=DateField()),
            closes_on=Case(*closes, output_field=DateField()),
        )
        .filter(
            ~Exists(CheckIn.objects.filter(pledge=OuterRef("pk"), opened_on=OuterRef("opened_on")))
        )
        .select_related("leader", "organisation")
        .order_by("pk")
    )


def held_in(quarter: Period) -> Coalesce:
    """The rhythm in that quarter of a pledge with its day as `made`: as `rhythm.Choices` says."""
    decided_on = Greatest(Value(quarter.first), OuterRef("made"), output_field=DateField())
    later = CadenceChange.objects.filter(pledge=OuterRef("pk"), changed_on__gt=decided_on)
    first_of_them = later.order_by("changed_on").values("cadence_before")[:1]
    return Coalesce(Subquery(first_of_them), F("check_in_every"))
