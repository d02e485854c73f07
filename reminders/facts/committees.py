"""Groups: their meetings, the packs before them, and advice that is owed an answer."""

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate

from committees.enums import GroupKind, MeetingState
from committees.models import Advice, Apology, GroupMember, Meeting, Pack
from committees.queries.advice import unanswered, with_next_meeting
from organisations.enums import Role
from reminders.enums import Audience, ReminderKind
from reminders.facts.members import is_here, members_of, with_members
from reminders.facts.rows import as_facts, months_after

HOME = "organisation"
SEATS = "group__members"
READ_PACKS = [Role.CHAIR, Role.COMMITTEE, Role.ADVISER, Role.TRUSTEE]


def to_seats(today: date) -> QuerySet[Any, Any]:
    """Whoever has a seat on the day of a planned meeting, and sent no apologies.

    A staff network has no seats here, and is left out all the same.
    """
    held_then = Q(**{f"{SEATS}__to_date": None}) | Q(**{f"{SEATS}__to_date__gte": F("date")})
    coming = Meeting.objects.exclude(group__kind=GroupKind.STAFF_NETWORK).filter(
        held_then,
        state=MeetingState.PLANNED,
        date__gte=today,
        **{f"{SEATS}__from_date__lte": F("date")},
    )
    apology = Apology.objects.filter(meeting=OuterRef("pk"), member__user=OuterRef("hearer"))
    rows = coming.alias(hearer=F(f"{SEATS}__user")).filter(
        ~Exists(apology), is_here("hearer", home="group__organisation")
    )
    facts = as_facts(rows, home="group__organisation", person=f"{SEATS}__user", anchor="date")
    # One seat may end on the very day on which the next begins.
    return facts.distinct()


def to_readers(today: date) -> QuerySet[Any, Any]:
    """Who reads packs for what they are to decide or advise: by their role, or by a seat on the
    accountability committee. A coordinator, where they sit on that group. Not who froze it."""
    coming = Pack.objects.filter(meeting__state=MeetingState.PLANNED, meeting__date__gte=today)
    rows = with_members(coming, home=HOME).alias(roles=F(f"{HOME}__memberships__roles"))
    by_seat = Q(has_seat(OuterRef("meeting__date"))) & Q(roles__contains=[Role.COORDINATOR])
    by_seat |= Q(has_seat(Value(today))) & Q(meeting__group__kind=GroupKind.ACCOUNTABILITY)
    readers = rows.filter(
        Q(roles__overlap=READ_PACKS) | by_seat,
        ~Q(hearer=F("frozen_by")),
    )
    return as_facts(readers, home=HOME, person=members_of(HOME), anchor=TruncDate("frozen_at"))


def has_seat(day: OuterRef | Value) -> Exists:
    """Whether the `hearer` has a seat on the group of the pack on that day."""
    seats = GroupMember.objects.filter(Q(to_date=None) | Q(to_date__gte=day), from_date__lte=day)
    return Exists(seats.filter(user=OuterRef("hearer"), group=OuterRef("meeting__group")))


def owed_an_answer() -> QuerySet[Any]:
    """`due`: as `committees.advising.answer_due`, the day before which it is owed."""
    turn = months_after(F("given_on"), F("group__meets_every_months"))
    rows = with_next_meeting(unanswered(Advice.objects.all()))
    return rows.alias(due=Coalesce("next_meeting", turn))


def owed_by_coordinators(today: date) -> QuerySet[Any, Any]:
    rows = with_members(owed_an_answer(), home=HOME, roles=[Role.COORDINATOR])
    return as_facts(rows, home=HOME, person=members_of(HOME), anchor="due")


def owed_by_chairs(today: date) -> QuerySet[Any, Any]:
    """Who coordinates too hears as that."""
    rows = with_members(owed_an_answer(), home=HOME, roles=[Role.CHAIR])
    alone = rows.alias(roles=F(f"{HOME}__memberships__roles")).filter(
        ~Q(roles__contains=[Role.COORDINATOR])
    )
    return as_facts(alone, home=HOME, person=members_of(HOME), anchor="due")


FACTS = {
    (ReminderKind.MEETING, Audience.GROUP): to_seats,
    (ReminderKind.PACK, Audience.READERS): to_readers,
    (ReminderKind.ADVICE, Audience.COORDINATOR): owed_by_coordinators,
    (ReminderKind.ADVICE, Audience.CHAIR): owed_by_chairs,
}
