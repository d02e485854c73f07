"""Entries of the invitation ledger with their steps and letters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from commitments.entry_words import WORDS, step_words
from commitments.enums import InvitationKind, InvitationState, PledgeVerb
from commitments.ledger import MOST_TO_LINK, RECENT, Entry, Taken
from commitments.models import AskLetter, Invitation, Pledge, Reflection, Step
from commitments.queries.tending import invitations_tended_by
from history.models import Entry as HistoryEntry
from organisations.models import User
from panels.models import Gathering
from ui.dates import in_full


def entries_tended_by(user: User) -> QuerySet[Invitation]:
    """With all that an entry's own page says of it."""
    return invitations_tended_by(user).select_related(
        "pledge__leader", "written_by", "gathering__organisation"
    )


def steps_of(invitation: Invitation) -> QuerySet[Step]:
    """In the order in which they were noted."""
    return invitation.steps.select_related("by").order_by("at", "pk")


def entry_of(
    invitation: Invitation,
    rows: Iterable[Step] | None = None,
    letters: Iterable[AskLetter] | None = None,
) -> Entry:
    """What the rules ask about; one query for each of the two that is not at hand."""
    rows = steps_of(invitation) if rows is None else rows
    letters = invitation.letters.all() if letters is None else letters
    went_by_email = any(letter.sent_at for letter in letters)
    steps = tuple(
        Taken(
            InvitationState(step.state),
            step.on,
            stays=step.by_id is None or (step.state == InvitationState.ASKED and went_by_email),
        )
        for step in rows
    )
    kind = InvitationKind(invitation.kind)
    return Entry(kind, invitation.received_on, invitation.held_on, steps)


def next_of(invitation: Invitation) -> Invitation | None:
    """The entry of the year after, of a seat."""
    return Invitation.objects.filter(follows=invitation).first()


def has_come_to_something(invitation: Invitation) -> bool:
    """A letter that went, or words of a reflection."""
    return (
        invitation.letters.filter(sent_at__isnull=False).exists()
        or Reflection.objects.filter(invitation=invitation).exists()
    )


def is_reflected_on_in_public(invitation: Invitation) -> bool:
    written = Reflection.objects.filter(invitation=invitation)
    return written.filter(published_at__isnull=False).exists()


def newest_letter(invitation: Invitation) -> AskLetter | None:
    return invitation.letters.select_related("written_by").order_by("-created_at").first()


@dataclass(frozen=True)
class Stop:
    """One step of the path as its page shows it. `who` is empty for the organiser's own."""

    on: date
    text: str
    who: str
    is_confirmed: bool


def path_of(invitation: Invitation, rows: Iterable[Step]) -> list[Stop]:
    """By day; of one day in the order of the path."""
    kind, order = InvitationKind(invitation.kind), list(InvitationState)
    ordered = sorted(rows, key=lambda step: (step.on, order.index(InvitationState(step.state))))
    return [
        Stop(
            on=step.on,
            text=step_words(kind, InvitationState(step.state), step.number),
            who=step.by.shown_name if step.by else "",
            is_confirmed=step.confirmed_at is not None,
        )
        for step in ordered
    ]


def details_in_words(invitation: Invitation) -> list[tuple[str, str]]:
    """For whoever typed over it."""
    words = WORDS[InvitationKind(invitation.kind)]
    days = (invitation.held_on, invitation.received_on)
    held_on, received_on = (in_full(day) if day else "No date" for day in days)
    return [
        ("What is it?", invitation.get_kind_display()),
        (words.title, invitation.title),
        (words.organiser, invitation.organiser or "Not said"),
        (words.held_on, held_on),
        (words.received_on, received_on),
        ("A note", invitation.note or "No note"),
    ]


def who_changed(invitation: Invitation) -> str:
    """Who saved its details last."""
    entry = (
        HistoryEntry.objects.about(invitation)
        .filter(verb=PledgeVerb.INVITATION_CHANGED)
        .select_related("actor")
        .first()
    )
    return entry.actor.shown_name if entry and entry.actor else "Somebody"


def gatherings_to_link(pledge: Pledge, user: User) -> QuerySet[Gathering]:
    """Events of organisations in which both the leader and this person are members today."""
    return (
        Gathering.objects.filter(
            organisation__memberships__user=pledge.leader_id,
            organisation__memberships__ended_at=None,
        )
        .filter(organisation__memberships__user=user, organisation__memberships__ended_at=None)
        .select_related("organisation")
        .newest_first()
    )


def gatherings_to_choose(
    pledge: Pledge, user: User, *, today: date, linked: Gathering | None = None
) -> QuerySet[Gathering]:
    """The recent ones of them, and the one that is linked. None while that one is not theirs to
    see: whoever cannot read what is linked does not link another in its place."""
    all_of_them = gatherings_to_link(pledge, user)
    if linked and not all_of_them.filter(pk=linked.pk).exists():
        return all_of_them.none()
    recent = all_of_them.filter(held_on__gte=today - RECENT)[:MOST_TO_LINK]
    return all_of_them.filter(Q(pk__in=recent.values("pk")) | Q(pk=linked.pk if linked else None))
