"""What goes of a person's pledges when they erase their account: words and names, never counts."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone

from commitments.actions.leaving import close
from commitments.actions.trusting import drop_confirmation
from commitments.enums import Choice, Ending, PledgeState, PledgeVerb, StandardKind
from commitments.models import (
    AskLetter,
    Assistant,
    BodyLink,
    CheckInDraft,
    CheckInRemark,
    Encouragement,
    Handover,
    ImpersonationReport,
    Invitation,
    LearningItem,
    LearningNote,
    Pledge,
    Promise,
    Reflection,
    Reply,
    Republication,
    Signing,
    Standard,
    StrangerMail,
)
from commitments.queries.public import NAME_REMOVED
from history.actions import record
from organisations.erasure import Farewell
from organisations.models import User
from outbox.forgetting import forget_mail_about

ENTRY_GONE = "Erased"
# As the trigger that freezes standards allows it, and nothing else.
STANDARD_GONE = Case(When(kind=StandardKind.OTHER, then=Value("Removed")), default=Value(""))


def erase_pledges(farewell: Farewell) -> None:
    """Drafts go whole. What was public closes, and keeps its dates, states and counts."""
    person, now = farewell.person, farewell.now
    pledges = person.pledges.select_for_update(of=("self",))
    pledges.filter(state=PledgeState.DRAFT).delete()
    kept = list(pledges.order_by("pk"))
    forget_mail_about(rows_behind_mail(kept, person), instead=farewell.instead)
    for pledge in kept:
        close_for_good(pledge, by=person, now=now)
    mine = Pledge.objects.filter(pk__in=[pledge.pk for pledge in kept])
    blank_signed(mine)
    blank_record(mine, instead=farewell.instead)
    blank_shared(mine, farewell)
    blank_elsewhere(farewell)


def rows_behind_mail(pledges: list[Pledge], person: User) -> set[UUID]:
    """Rows for which mail left in the person's name: its subject may hold it."""
    ids = [pledge.pk for pledge in pledges]
    of_pledges: list[QuerySet[Invitation] | QuerySet[AskLetter] | QuerySet[Reply]] = [
        Invitation.objects.filter(pledge__in=ids),
        AskLetter.objects.filter(invitation__pledge__in=ids),
        Reply.objects.filter(letter__invitation__pledge__in=ids),
    ]
    of_links = [
        model._default_manager.filter(pledge__in=ids)
        for model in (Assistant, Encouragement, Handover, ImpersonationReport)
    ]
    found = set(ids)
    for rows in [*of_pledges, *of_links, BodyLink.objects.filter(asked_by=person)]:
        found.update(rows.values_list("pk", flat=True))
    return found


def close_for_good(pledge: Pledge, *, by: User, now: datetime) -> None:
    """The address goes too: it holds the name. What was taken down stays said to be that."""
    was_theirs = pledge.ending != Ending.NOT_THEIRS
    ended_on = pledge.ended_on or timezone.localdate(now)
    drop_confirmation(pledge)
    pledge.leader_name, pledge.role_title, pledge.organisation_name = NAME_REMOVED, "", ""
    pledge.slug, pledge.erased_at, pledge.says_who_asked = f"erased-{uuid4()}", now, False
    ending = Ending.ERASED if was_theirs else Ending.NOT_THEIRS
    close(pledge, ending=ending, ended_on=ended_on, by=by, now=now)
    record(PledgeVerb.ERASED, subject=pledge, organisation=None, by=by, now=now)


def blank_signed(pledges: QuerySet[Pledge]) -> None:
    """The wording's own promises stay: they are nobody's words."""
    Signing.objects.filter(pledge__in=pledges).update(statement="")
    own = Promise.objects.filter(signing__pledge__in=pledges)
    own.filter(choice__in=[Choice.ADAPTED, Choice.OWN]).update(text="")
    Standard.objects.filter(signing__pledge__in=pledges).update(name=STANDARD_GONE, link="")


def blank_record(pledges: QuerySet[Pledge], *, instead: str) -> None:
    entries = Invitation.objects.filter(pledge__in=pledges)
    Reflection.objects.filter(invitation__in=entries).update(
        what_happened="", what_we_asked="", why="", will_try="", published_at=None
    )
    Reply.objects.filter(letter__invitation__in=entries).update(name="", note="")
    AskLetter.objects.filter(invitation__in=entries).update(text="", to_address="")
    CheckInRemark.objects.filter(line__check_in__pledge__in=pledges).update(text="")
    CheckInDraft.objects.filter(pledge__in=pledges).delete()
    entries.update(title=ENTRY_GONE, organiser="", note="", revision=F("revision") + 1)


def blank_shared(pledges: QuerySet[Pledge], farewell: Farewell) -> None:
    Republication.objects.filter(pledge__in=pledges).delete()
    Encouragement.objects.filter(pledge__in=pledges).delete()
    helpers = Assistant.objects.filter(pledge__in=pledges)
    helpers.filter(ended_at=None).update(ended_at=farewell.now)
    helpers.update(email=farewell.instead)
    asked = Handover.objects.filter(pledge__in=pledges)
    asked.filter(accepted_at=None, revoked_at=None).update(revoked_at=farewell.now)
    asked.update(email="")
    ImpersonationReport.objects.filter(pledge__in=pledges).update(text="", reporter_email="")


def blank_elsewhere(farewell: Farewell) -> None:
    """What names them, or was written by them, beside other people's pledges."""
    person = farewell.person
    # The digest stays: whoever was written to can still say that they want no more.
    StrangerMail.objects.filter(by=person).update(by=None)
    LearningNote.objects.filter(person=person).delete()
    LearningItem.objects.filter(suggested_by=person).update(why="")
    assisting = Assistant.objects.filter(addressed_to(farewell, "email") | Q(user=person))
    assisting.filter(ended_at=None).update(ended_at=farewell.now)
    assisting.update(email=farewell.instead)
    asked = Handover.objects.filter(addressed_to(farewell, "email") | Q(accepted_by=person))
    asked.filter(accepted_at=None, revoked_at=None).update(revoked_at=farewell.now)
    asked.update(email="")
    BodyLink.objects.filter(addressed_to(farewell, "email")).update(email=farewell.instead)
    AskLetter.objects.filter(addressed_to(farewell, "to_address")).update(to_address="")
    ImpersonationReport.objects.filter(addressed_to(farewell, "reporter_email")).update(
        reporter_email=""
    )


def addressed_to(farewell: Farewell, column: str) -> Q:
    wanted = Q(pk=None)
    for address in farewell.addresses:
        wanted |= Q(**{f"{column}__iexact": address})
    return wanted
