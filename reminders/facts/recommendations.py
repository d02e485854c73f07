"""Recommendations: what nothing was heard of, and what the committee decides and looks at."""

from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
)
from django.db.models.functions import Coalesce, TruncDate

from committees.queries.deciders import seats_held
from organisations.enums import Role
from organisations.models import Membership
from recommendations.enums import State
from recommendations.models import ClosureProposal, ProgressUpdate, Recheck, Recommendation
from recommendations.queries.rechecking import ADVISE, NAMED, nobody_free, sits_there
from recommendations.queries.rows import waiting_for_their_leads
from reminders.enums import Audience, ReminderKind
from reminders.facts.members import leads_of, members_of, with_members
from reminders.facts.rows import as_facts

HOME = "organisation"
OF = "recommendation"
OF_HOME = f"{OF}__{HOME}"
CLOSED = State.closed()
PEOPLE = ArrayField(UUIDField())


def waiting() -> QuerySet[Any]:
    """For their leads; `heard_at`: of the newest update."""
    updates = ProgressUpdate.objects.filter(recommendation=OuterRef("pk")).order_by()
    newest = updates.values("recommendation").annotate(at=Max("posted_at")).values("at")
    rows = Recommendation.objects.filter(waiting_for_their_leads())
    return rows.alias(heard_at=Subquery(newest))


def to_owners(rows: QuerySet[Any], *, anchor: Any) -> QuerySet[Any, Any]:
    """To the sponsor and the leads who are here, each once."""
    owners = with_members(rows, home=HOME).filter(Q(hearer=F("accountable_owner")) | leads_of("pk"))
    return as_facts(owners, home=HOME, person=members_of(HOME), anchor=anchor)


def silent_to_owners(today: date) -> QuerySet[Any, Any]:
    """From the first day on which `lifecycle.is_silent`."""
    heard_on = TruncDate(Coalesce("heard_at", "created_at"))
    silent_on = heard_on + F("organisation__silent_after_days") + 1
    return to_owners(waiting(), anchor=ExpressionWrapper(silent_on, output_field=DateField()))


def returned_to_owners(today: date) -> QuerySet[Any, Any]:
    """The newest proposal was decided, it is open, and nothing was heard or reopened since."""
    proposals = ClosureProposal.objects.filter(recommendation=OuterRef("pk"))
    newest = proposals.order_by("-proposed_at").values("settled_at")[:1]
    returned = waiting().alias(returned_at=Subquery(newest)).filter(
        Q(heard_at=None) | Q(heard_at__lt=F("returned_at")),
        Q(reopened_at=None) | Q(reopened_at__lt=F("returned_at")),
        returned_at__isnull=False,
    )  # fmt: skip
    return to_owners(returned, anchor=TruncDate("returned_at"))


def not_their_own(rows: QuerySet[Any]) -> QuerySet[Any]:
    """To members who neither own it, nor proposed to close it, nor coordinate."""
    sponsor = f"{OF}__accountable_owner"
    others = with_members(rows, home=OF_HOME).alias(roles=F(f"{OF_HOME}__memberships__roles"))
    return others.filter(
        Q(**{sponsor: None}) | ~Q(hearer=F(sponsor)),
        ~leads_of(OF),
        ~Q(hearer=F("by")),
        ~Q(roles__contains=[Role.COORDINATOR]),
    )


def only(person: Any) -> Func:
    return Func(person, template="ARRAY[%(expressions)s]", output_field=PEOPLE)


def passed_on(today: date) -> Exists:
    """Of proposals: a committee on which nobody is free, as `deciding.is_passed_on`."""
    proposal = OuterRef(OuterRef("pk"))
    here = Membership.objects.current().filter(organisation=OuterRef("group__organisation"))
    may = here.filter(user=OuterRef("user")).exclude(roles__contains=[Role.COORDINATOR])
    theirs = ClosureProposal.objects.filter(
        Q(proposed_by=OuterRef("user"))
        | Q(recommendation__accountable_owner=OuterRef("user"))
        | Q(recommendation__actions__responsible_owner=OuterRef("user"))
        | Q(owners__contains=only(OuterRef("user"))),
        pk=OuterRef(proposal),
    )
    free = seats_held(today).filter(Exists(may), ~Exists(theirs), group=OuterRef("group"))
    held = seats_held(today).filter(group__organisation=OuterRef(OF_HOME))
    return Exists(held.filter(~Exists(free)))


def open_to_committee(today: date) -> QuerySet[Any, Any]:
    """To whoever has a seat; by role where nobody has one yet; to trustees and advisers where
    nobody with a seat is free. Who owned it when it was proposed owns it still."""
    rows = ClosureProposal.objects.filter(withdrawn_at=None, settled_at=None)
    others = not_their_own(rows.alias(by=F("proposed_by")))
    held = seats_held(today).filter(group__organisation=OuterRef(OF_HOME))
    asked = others.exclude(owners__contains=only(F("hearer"))).filter(
        Exists(held.filter(user=OuterRef("hearer")))
        | Q(roles__overlap=NAMED) & ~Exists(held)
        | Q(roles__overlap=ADVISE) & passed_on(today)
    )
    on = TruncDate("proposed_at")
    return as_facts(asked, home=OF_HOME, person=members_of(OF_HOME), anchor=on)


def rechecks_to_committee(today: date) -> QuerySet[Any, Any]:
    """To whoever has a seat; to trustees and advisers where nobody with one is free to look."""
    rows = Recheck.objects.filter(result="", dropped_at=None, recommendation__state__in=CLOSED)
    others = not_their_own(rows.alias(by=F("proposal__proposed_by")))
    asked = others.filter(
        sits_there(OuterRef("hearer"), today) | Q(roles__overlap=ADVISE) & nobody_free(today)
    )
    return as_facts(asked, home=OF_HOME, person=members_of(OF_HOME), anchor="due_on")


FACTS = {
    (ReminderKind.SILENT, Audience.OWNERS): silent_to_owners,
    (ReminderKind.CLOSURE, Audience.COMMITTEE): open_to_committee,
    (ReminderKind.RETURNED, Audience.OWNERS): returned_to_owners,
    (ReminderKind.RECHECK, Audience.COMMITTEE): rechecks_to_committee,
}
