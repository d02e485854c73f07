"""Actions: their dates, who was asked to lead them, and who is to know."""

from datetime import date
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Greatest, TruncDate

from history.models import Entry
from organisations.enums import Role
from organisations.models import Membership
from recommendations.enums import Rating, RecommendationVerb
from recommendations.models import Action, Extension, Objection, ProgressUpdate, Recommendation
from recommendations.queries import actions_to_do
from recommendations.queries.not_yet import open_not_yets
from recommendations.queries.rows import waiting_for_their_leads
from reminders.enums import Audience, ReminderKind
from reminders.facts.members import is_here, members_of, with_members
from reminders.facts.rows import as_facts

OF = "recommendation"
HOME = f"{OF}__organisation"
LEAD = "responsible_owner"
SPONSOR = f"{OF}__accountable_owner"
SPONSOR_LEADS = Q(**{SPONSOR: F(LEAD)})
IN_TROUBLE = (Rating.AT_RISK, Rating.OFF_TRACK)


def dated_actions() -> QuerySet[Any]:
    """Taken on by a lead who is here, not shown to be done."""
    return actions_to_do().filter(accepted_by__isnull=False, target_date__isnull=False)


def unexplained(today: date) -> QuerySet[Any]:
    """The same, but where somebody said “not yet, because”."""
    return dated_actions().filter(~Exists(open_not_yets(today)))


def of_others(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With a sponsor who is here, and does not lead it too."""
    return rows.filter(is_here(SPONSOR, home=HOME)).exclude(SPONSOR_LEADS)


def due_to_leads(today: date) -> QuerySet[Any, Any]:
    return as_facts(unexplained(today), home=HOME, person=LEAD, anchor="target_date")


def late_to_sponsors(today: date) -> QuerySet[Any, Any]:
    rows = of_others(unexplained(today))
    return as_facts(rows, home=HOME, person=SPONSOR, anchor="target_date")


def late_to_chairs(today: date) -> QuerySet[Any, Any]:
    """Not of what they lead themselves."""
    rows = with_members(unexplained(today), home=HOME, roles=[Role.CHAIR])
    others = rows.exclude(hearer=F(LEAD))
    return as_facts(others, home=HOME, person=members_of(HOME), anchor="target_date")


def ending_to_leads(today: date) -> QuerySet[Any, Any]:
    """At risk or off track by the newest update, and no later date is asked for."""
    updates = ProgressUpdate.objects.filter(recommendation=OuterRef(OF))
    newest = updates.order_by("-posted_at", "-pk").values("rating")[:1]
    asked = Extension.objects.filter(action=OuterRef("pk"), end=None)
    rows = dated_actions().alias(rating=Subquery(newest)).filter(rating__in=IN_TROUBLE)
    return as_facts(rows.filter(~Exists(asked)), home=HOME, person=LEAD, anchor="target_date")


def unanswered() -> QuerySet[Any]:
    """Somebody who is here was asked to lead it, and has said neither yes nor no."""
    said_no = Objection.objects.filter(action=OuterRef("pk"), settled_at=None)
    return actions_to_do().filter(~Exists(said_no), accepted_by=None)


def asked_on() -> TruncDate:
    """When this person was last named as its lead, or was asked again after a no; history tells.

    What history does not tell of has been asked for since the recommendation came.
    """
    named = Entry.objects.alias(of=KT("details__action"), who=KT("details__user")).filter(
        subject_type=Recommendation._meta.label_lower,
        subject_id=OuterRef(OF),
        verb=RecommendationVerb.OWNER_SET,
        of=Cast(OuterRef("pk"), CharField()),
        who=Cast(OuterRef(LEAD), CharField()),
    )
    answered = Objection.objects.filter(action=OuterRef("pk"), lead=OuterRef(LEAD))
    last = Greatest(
        Subquery(named.order_by("-pk").values("at")[:1]),
        Subquery(answered.order_by("-made_at").values("settled_at")[:1]),
    )
    return TruncDate(Coalesce(last, F(f"{OF}__created_at")))


def asked_to_leads(today: date) -> QuerySet[Any, Any]:
    """Where they can say yes: it has a date, which stands or is not over."""
    can_be_accepted = Q(target_date__gte=today) | Q(
        target_date__isnull=False, accepted_at__isnull=False
    )
    rows = unanswered().filter(can_be_accepted)
    return as_facts(rows, home=HOME, person=LEAD, anchor=asked_on())


def asked_to_sponsors(today: date) -> QuerySet[Any, Any]:
    return as_facts(of_others(unanswered()), home=HOME, person=SPONSOR, anchor=asked_on())


def left_behind() -> QuerySet[Any]:
    """Its lead has left or cannot sign in any more, and it is not shown to be done."""
    waiting = Action.objects.filter(waiting_for_their_leads(f"{OF}__"), proven_on=None)
    return waiting.filter(~is_here(LEAD, home=HOME), responsible_owner__isnull=False)


def left_on() -> TruncDate:
    """An account may be closed to somebody who still belongs."""
    stays = Membership.objects.filter(user=OuterRef(LEAD), organisation=OuterRef(HOME))
    ended = Subquery(stays.order_by("-started_at").values("ended_at")[:1])
    return TruncDate(Coalesce(ended, F(f"{LEAD}__closed_at"), F(f"{LEAD}__date_joined")))


def left_to_sponsors(today: date) -> QuerySet[Any, Any]:
    rows = left_behind().filter(is_here(SPONSOR, home=HOME))
    return as_facts(rows, home=HOME, person=SPONSOR, anchor=left_on())


def left_to_coordinators(today: date) -> QuerySet[Any, Any]:
    """Where no sponsor is here to see to it."""
    rows = left_behind().filter(~is_here(SPONSOR, home=HOME))
    rows = with_members(rows, home=HOME, roles=[Role.COORDINATOR])
    return as_facts(rows, home=HOME, person=members_of(HOME), anchor=left_on())


FACTS = {
    (ReminderKind.ACTION_DUE, Audience.LEAD): due_to_leads,
    (ReminderKind.ACTION_LATE, Audience.SPONSOR): late_to_sponsors,
    (ReminderKind.ACTION_LATE, Audience.CHAIR): late_to_chairs,
    (ReminderKind.DATE_ENDING, Audience.LEAD): ending_to_leads,
    (ReminderKind.NOT_ACCEPTED, Audience.LEAD): asked_to_leads,
    (ReminderKind.NOT_ACCEPTED, Audience.SPONSOR): asked_to_sponsors,
    (ReminderKind.HANDOVER, Audience.SPONSOR): left_to_sponsors,
    (ReminderKind.HANDOVER, Audience.COORDINATOR): left_to_coordinators,
}
