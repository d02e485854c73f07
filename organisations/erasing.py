"""Erasing one's account: names, addresses and personal text go; what was done stays done."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction

from history.actions import record
from organisations.departures import Departure, departed
from organisations.enums import OrganisationVerb
from organisations.erasure import Farewell, erasers
from organisations.models import MemberInvite, Organisation, User
from organisations.queries import left_without_coordinator
from outbox.forgetting import forget_answers_to, forget_mail_about, forget_person


class StillNeeded(Exception):
    """Organisations that would be left with members and nobody to coordinate them."""

    def __init__(self, organisations: list[Organisation]) -> None:
        super().__init__("Make somebody else a coordinator first.")
        self.organisations = organisations


@transaction.atomic
def erase_account(*, person: User, now: datetime) -> None:
    """Blank whatever names the person or was written by them, everywhere, or nothing at all.

    Raises StillNeeded. A second click changes nothing.
    """
    held = User.objects.select_for_update().get(pk=person.pk)
    if held.erased_at is not None:
        return
    wait_for_organisations_of(held)
    if needed := list(left_without_coordinator(held)):
        raise StillNeeded(needed)
    farewell = farewell_of(held, now=now)
    for erase in erasers():
        erase(farewell)
    forget_invites(farewell)
    forget_contact_addresses(farewell)
    forget_person(person=held.pk, addresses=farewell.addresses, instead=farewell.instead)
    end_memberships(farewell)
    forget_ways_in(held)
    blank_account(farewell)
    record(OrganisationVerb.ACCOUNT_ERASED, subject=held, organisation=None, by=held, now=now)


def wait_for_organisations_of(person: User) -> None:
    """Two coordinators who go at once must not leave an organisation without any. Those they left
    wait too: whatever is frozen there meanwhile is finished, and found."""
    theirs = Organisation.objects.filter(memberships__in=person.memberships.all()).order_by("pk")
    list(theirs.select_for_update(no_key=True, of=("self",)))


def farewell_of(person: User, *, now: datetime) -> Farewell:
    """An address they only typed may be somebody else's, whose mail is none of theirs."""
    shown = EmailAddress.objects.filter(user=person, verified=True)
    known = shown.values_list("email", flat=True)
    return Farewell(
        person=person,
        addresses=frozenset(address.lower() for address in [person.email, *known]),
        instead=f"erased-{person.pk}@erased.invalid",
        now=now,
    )


def forget_invites(farewell: Farewell) -> None:
    """Those to them. Those by them stay; the mails that named them do not."""
    for address in farewell.addresses:
        to_them = MemberInvite.objects.filter(email__iexact=address)
        to_them.filter(accepted_at=None, revoked_at=None).update(revoked_at=farewell.now)
        to_them.update(email=farewell.instead)
    by_them = MemberInvite.objects.filter(invited_by=farewell.person)
    forget_mail_about(by_them.values_list("pk", flat=True), instead=farewell.instead)


def forget_contact_addresses(farewell: Farewell) -> None:
    """Where answers to an organisation's emails came to them."""
    theirs = Organisation.objects.filter(memberships__user=farewell.person).distinct()
    for address in farewell.addresses:
        forget_answers_to(address, organisations=theirs)
        Organisation.objects.filter(contact_email__iexact=address).update(contact_email="")


def end_memberships(farewell: Farewell) -> None:
    current = farewell.person.memberships.filter(ended_at=None).select_related("organisation")
    for membership in current:
        membership.ended_at = farewell.now
        membership.save(update_fields=["ended_at"])
        record(
            OrganisationVerb.MEMBERSHIP_ENDED,
            subject=membership.organisation,
            organisation=membership.organisation,
            by=farewell.person,
            now=farewell.now,
            membership=membership.pk,
        )
        departed(Departure(farewell.person, membership.organisation, farewell.person, farewell.now))


def forget_ways_in(person: User) -> None:
    """Addresses, codes, keys, and every browser that is signed in."""
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk)
    ).update(object_repr="")
    # A session is sealed: whose it is shows once it is opened.
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            session.delete()


def blank_account(farewell: Farewell) -> None:
    person = farewell.person
    person.display_name, person.email = "", farewell.instead
    person.is_active = person.is_staff = person.is_superuser = False
    person.last_login, person.erased_at = None, farewell.now
    person.set_unusable_password()
    person.save()
