"""An organisation's own pledges, and how many of its people have made one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from commitments.models import ImpersonationReport, Pledge
from organisations.models import Organisation


def pledges_in(organisation: Organisation) -> QuerySet[Pledge]:
    """What members see of their organisation: published pledges, newest first."""
    return organisation.pledges.published().newest_first()


def pledges_to_confirm(organisation: Organisation) -> QuerySet[Pledge]:
    """The same, each with `is_reported`: whether a report of it waits."""
    waits = ImpersonationReport.objects.filter(pledge=OuterRef("pk"), outcome="")
    return pledges_in(organisation).annotate(is_reported=Exists(waits))


@dataclass(frozen=True)
class Share:
    """Of the people who belong to the organisation today, those with a pledge of it."""

    pledged: int
    people: int


def share_of(organisation: Organisation) -> Share:
    """A person counts once, however many pledges they made. One query."""
    made = pledges_in(organisation).order_by().filter(leader=OuterRef("user"))
    found = organisation.memberships.current().aggregate(
        people=Count("pk"), pledged=Count("pk", filter=Exists(made))
    )
    return Share(pledged=found["pledged"], people=found["people"])


@dataclass
class Month:
    """A month in which people here made the pledge. `count` is of all, also on other pages."""

    first: date
    count: int
    pledges: list[Pledge] = field(default_factory=list)


def by_month(organisation: Organisation, pledges: Iterable[Pledge]) -> list[Month]:
    """The pledges of one page under their months, in London, newest first. One query."""
    months = pledges_in(organisation).order_by().annotate(month=TruncMonth("published_at"))
    counts = {
        timezone.localdate(month): count
        for month, count in months.values_list("month").annotate(count=Count("pk"))
    }
    shown: dict[date, Month] = {}
    for pledge in pledges:
        first = timezone.localdate(pledge.published_at).replace(day=1)
        shown.setdefault(first, Month(first, counts.get(first, 0))).pledges.append(pledge)
    return list(shown.values())
