"""Reading what was advised, and what waits for an answer."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.db.models import (
    Case,
    DateField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from committees import advising
from committees.enums import GroupKind, MeetingState
from committees.models import Advice, Group, Meeting
from committees.queries.groups import open_groups
from organisations.models import Organisation, User
from ui.paging import page_of

UNANSWERED, ASKED, ANSWERED = "unanswered", "asked", "answered"


@dataclass(frozen=True)
class AdviceRow:
    advice: Advice
    standing: advising.Standing


def awaiting_answer(organisation: Organisation) -> QuerySet[Advice]:
    """Given, and not answered yet; the oldest first. Each carries `next_meeting`."""
    return unanswered(_rows(organisation)).order_by("given_on", "number")


def unanswered(rows: QuerySet[Advice]) -> QuerySet[Advice]:
    return rows.filter(given_on__isnull=False, answer="")


def advice_of(
    organisation: Organisation, *, state: str, group: UUID | None, number: str | None, today: date
) -> Page[AdviceRow]:
    """A page of the register: unanswered first, then asked for, then answered, the newest first."""
    rows = _in_state(_rows(organisation), state)
    if group is not None:
        rows = rows.filter(group=group)
    page = page_of(rows.order_by(_rank(), _newest_answered_first()), number)
    page.object_list = [as_row(advice, today=today) for advice in page.object_list]
    return page


def advice_in(organisation: Organisation, *, pk: UUID, today: date) -> AdviceRow | None:
    found = _rows(organisation).prefetch_related("recommendations__organisation")
    advice = found.filter(pk=pk).first()
    return as_row(advice, today=today) if advice else None


def as_row(advice: Any, *, today: date) -> AdviceRow:
    """`advice` carries next_meeting from the query."""
    facts = advising.AdviceFacts(
        asked_on=advice.asked_on,
        reply_by=advice.reply_by,
        given_on=advice.given_on,
        answered_on=advice.answered_on,
        next_meeting=advice.next_meeting,
        meets_every_months=advice.group.meets_every_months,
    )
    return AdviceRow(advice=advice, standing=advising.standing(facts, today=today))


def advisory_groups(organisation: Organisation) -> QuerySet[Group]:
    return open_groups(organisation, GroupKind.ADVISORY)


def groups_with_advice(organisation: Organisation) -> QuerySet[Group]:
    """Closed ones too: what they said stays."""
    return organisation.groups.filter(kind=GroupKind.ADVISORY).order_by("name")


def groups_to_advise_for(organisation: Organisation, user: User, *, today: date) -> list[Group]:
    """Those on which they sit; whoever sits on none may speak for any."""
    groups = advisory_groups(organisation)
    until = Q(members__to_date=None) | Q(members__to_date__gte=today)
    theirs = groups.filter(until, members__user=user, members__from_date__lte=today)
    return list(theirs.distinct()) or list(groups)


def with_next_meeting(rows: QuerySet[Advice]) -> QuerySet[Any]:
    """That of its group, planned or held since."""
    after = Meeting.objects.filter(group=OuterRef("group"), date__gt=OuterRef("given_on"))
    following = after.exclude(state=MeetingState.CANCELLED).order_by("date").values("date")[:1]
    return rows.annotate(next_meeting=Subquery(following, output_field=DateField()))


def _rows(organisation: Organisation) -> QuerySet[Advice]:
    rows = with_next_meeting(organisation.advice.all())
    return rows.select_related("organisation", "group", "asked_by", "given_by", "answered_by")


def _in_state(rows: QuerySet[Advice], state: str) -> QuerySet[Advice]:
    if state == UNANSWERED:
        return unanswered(rows)
    if state == ASKED:
        return rows.filter(given_on=None)
    return rows.exclude(answer="") if state == ANSWERED else rows


def _rank() -> Case:
    return Case(
        When(given_on=None, then=Value(1)),
        When(answer="", then=Value(0)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _newest_answered_first() -> Case:
    """Whatever waits, the oldest first."""
    return Case(When(answer="", then=F("number")), default=-F("number"))
