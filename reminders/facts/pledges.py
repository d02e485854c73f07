"""Pledges: check-ins, the events around which they promise something, and their anniversaries."""

from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet
from django.db.models import When as If
from django.db.models.functions import ExtractYear, TruncDate

from commitments.enums import InvitationState, PledgeState, PledgeVerb
from commitments.models import Invitation, Pledge, Reflection
from commitments.queries import check_ins_due
from commitments.queries.waiting import shown_to_meet
from commitments.states import OUTCOMES
from commitments.waiting import NO_EVENT
from history.models import Entry
from reminders.enums import Audience, ReminderKind
from reminders.facts.rows import as_facts, months_after
from reminders.rules import RULE_OF
from reminders.schedule import LONGEST_BREAK

HOME = "organisation"
A_YEAR = 12
LOOKED_AT_AGAIN = [
    PledgeVerb.REVISED,
    PledgeVerb.REVISION_DROPPED,
    PledgeVerb.SIGNED_AGAIN,
    PledgeVerb.WHO_CHANGED,
    PledgeVerb.CHOSE_WHAT_SHOWS,
    PledgeVerb.CADENCE_CHANGED,
]


def open_check_ins(today: date) -> QuerySet[Any, Any]:
    return as_facts(check_ins_due(today), home=HOME, person="leader", anchor="opened_on")


def events() -> QuerySet[Invitation]:
    """Of pledges that stand. A talk with an organiser is no event, and a seat none of one day."""
    standing = Invitation.objects.filter(pledge__state=PledgeState.PUBLISHED)
    return standing.exclude(kind__in=NO_EVENT)


def to_leaders(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    return as_facts(rows, home=f"pledge__{HOME}", person="pledge__leader", anchor="held_on")


def to_ask_about(today: date) -> QuerySet[Any, Any]:
    """Still to come, not ended for the leader, and nobody has asked who is at the table."""
    rows = events().filter(held_on__gte=today, asked_on=None)
    return to_leaders(rows.exclude(state__in=OUTCOMES))


def to_write_down(today: date) -> QuerySet[Any, Any]:
    """As `commitments.waiting` has it: nobody has said what came of it; or the leader took part,
    it was not shown to meet, and there is no reflection."""
    [ladder] = RULE_OF[ReminderKind.EVENT_AFTER].ladders
    since = today - ladder.reach - LONGEST_BREAK
    rows = events().filter(held_on__lt=today, held_on__gte=since)
    took_part = Q(state=InvitationState.TOOK_PART)
    written = Reflection.objects.filter(invitation=OuterRef("pk"))
    unwritten = rows.filter(took_part & ~Exists(written))
    waiting = rows.filter(~Q(state__in=OUTCOMES) | took_part & ~Exists(written))
    return to_leaders(waiting.exclude(pk__in=shown_to_meet(unwritten)))


def anniversaries(today: date) -> QuerySet[Any, Any]:
    """The last one there was, of pledges whose leader has not looked at them again since.

    A pledge of 29 February has it on the 28th in other years.
    """
    made = F("made")
    years = today.year - ExtractYear("made")
    rows = (
        Pledge.objects.published()
        .alias(made=TruncDate("published_at"))
        .alias(this=months_after(made, years * A_YEAR))
        .alias(last=Case(If(this__lte=today, then="this"), default=months_before(made, years)))
        .filter(last__gt=made)
    )
    looked = Entry.objects.filter(
        subject_type=Pledge._meta.label_lower,
        subject_id=OuterRef("pk"),
        verb__in=LOOKED_AT_AGAIN,
        at__date__gte=OuterRef("last"),
    )
    return as_facts(rows.filter(~Exists(looked)), home=HOME, person="leader", anchor="last")


def months_before(made: F, years: Any) -> Any:
    return months_after(made, (years - 1) * A_YEAR)


FACTS = {
    (ReminderKind.CHECK_IN_DUE, Audience.LEADER): open_check_ins,
    (ReminderKind.EVENT_BEFORE, Audience.LEADER): to_ask_about,
    (ReminderKind.EVENT_AFTER, Audience.LEADER): to_write_down,
    (ReminderKind.ANNIVERSARY, Audience.LEADER): anniversaries,
}
