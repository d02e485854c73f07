"""Changing people and organisations."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.text import slugify

from history.actions import record
from organisations import limits, queries
from organisations.departures import Departure, departed
from organisations.enums import OrganisationVerb, Role
from organisations.limits import DOUBLE_CLICK, INVITE_LASTS
from organisations.models import MemberInvite, Membership, Organisation, User
from organisations.refusals import Refused
from organisations.tokens import digest, new_token
from outbox.actions import queue_email
from outbox.enums import Kind
from outbox.rendering import absolute_url, render_email


class MembershipRefused(Refused):
    """Who belongs to the organisation, and as what, stays as it is."""


class AddressNotConfirmed(MembershipRefused):
    """The invitation went to an address that is not known to be this person's."""


@transaction.atomic
def create_organisation(*, name: str, nation: str, by: User, now: datetime) -> Organisation:
    """A new organisation, with whoever set it up as its coordinator.

    A double click gives the one that its first click made.
    """
    _wait_for_addresses()
    founded = by.memberships.filter(ended_at=None, started_at=F("organisation__created_at"))
    made = founded.filter(organisation__name=name, started_at__gt=now - DOUBLE_CLICK).first()
    if made is not None:
        return made.organisation
    organisation = Organisation.objects.create(
        name=name, nation=nation, slug=_free_slug(name), created_at=now
    )
    Membership.objects.create(
        organisation=organisation, user=by, roles=[Role.COORDINATOR], started_at=now
    )
    record(
        OrganisationVerb.CREATED, subject=organisation, organisation=organisation, by=by, now=now
    )
    return organisation


@transaction.atomic
def change_details(
    *,
    organisation: Organisation,
    name: str,
    nation: str,
    contact_email: str,
    by: User,
    now: datetime,
) -> bool:
    """False where all is as it was. The address of its pages stays."""
    known = Organisation.objects.select_for_update().get(pk=organisation.pk)
    wanted = {"name": name, "nation": nation, "contact_email": contact_email}
    if all(getattr(known, field) == value for field, value in wanted.items()):
        return False
    Organisation.objects.filter(pk=organisation.pk).update(**wanted)
    verb = OrganisationVerb.DETAILS_CHANGED
    record(verb, subject=organisation, organisation=organisation, by=by, now=now)
    return True


def _wait_for_addresses() -> None:
    """Until this transaction ends, nobody else picks an address for an organisation."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('organisations.slug'))")


def _free_slug(name: str) -> str:
    """`harbour-minds`, or `harbour-minds-2` where that is taken."""
    base = slugify(name)[:70] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _wait_for_person(person: User) -> None:
    """Until this transaction ends, nobody else changes what is counted by person."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)


def _wait_for_organisation(organisation: Organisation) -> None:
    """Until this transaction ends, nobody else changes who belongs here."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


@transaction.atomic
def invite_member(
    *, organisation: Organisation, email: str, roles: list[str], by: User, now: datetime
) -> MemberInvite:
    """Email somebody a link to join. An older open invitation to the same address is replaced.

    A double click gives the invitation that its first click made, and no second mail. Raises
    MembershipRefused when the address already belongs to a member, or too many have left.
    """
    _wait_for_person(by)
    _wait_for_organisation(organisation)
    if organisation.memberships.filter(ended_at=None, user__email__iexact=email).exists():
        raise MembershipRefused("This person is already a member.")
    still_open = queries.open_invites_of(organisation).filter(email__iexact=email)
    asked = still_open.filter(created_at__gt=now - DOUBLE_CLICK).first()
    if asked is not None and set(asked.roles) == set(roles):
        return asked
    lately = queries.invited_lately(organisation=organisation, by=by, address=email, now=now)
    if refusal := limits.refusal(lately):
        raise MembershipRefused(refusal)
    still_open.update(revoked_at=now)
    return _send_invite(organisation=organisation, email=email, roles=roles, by=by, now=now)


def _send_invite(
    *, organisation: Organisation, email: str, roles: list[str], by: User, now: datetime
) -> MemberInvite:
    token = new_token()
    invite = MemberInvite.objects.create(
        organisation=organisation,
        email=email.lower(),
        roles=roles,
        token_sha256=digest(token),
        invited_by=by,
        created_at=now,
        expires_at=now + INVITE_LASTS,
    )
    _email_invite(invite, token=token, now=now)
    _record_invite(OrganisationVerb.INVITED, invite, by=by, now=now)
    return invite


def _record_invite(
    verb: OrganisationVerb, invite: MemberInvite, *, by: User, now: datetime
) -> None:
    record(
        verb,
        subject=invite.organisation,
        organisation=invite.organisation,
        by=by,
        now=now,
        invite=invite.pk,
    )


def _email_invite(invite: MemberInvite, *, token: str, now: datetime) -> None:
    """The mail holds the only copy of the token."""
    context = {
        "organisation": invite.organisation,
        "invited_by": invite.invited_by,
        "address": invite.email,
        "days": INVITE_LASTS.days,
        "link": absolute_url(reverse("invite_accept", args=[token])),
    }
    queue_email(
        kind=Kind.MEMBER_INVITE,
        dedupe_key=f"member-invite:{invite.pk}",
        to_address=invite.email,
        to_user=None,
        organisation=invite.organisation,
        rendered=render_email("member_invite", context),
        not_after=invite.expires_at,
        now=now,
        despite_refusal=_was_invited_before(invite),
    )


def _was_invited_before(invite: MemberInvite) -> bool:
    """Who invites somebody again has looked at the address, which may have refused once."""
    earlier = invite.organisation.member_invites.filter(email__iexact=invite.email)
    return earlier.exclude(pk=invite.pk).exists()


@transaction.atomic
def accept_invite(*, token: str, by: User, now: datetime) -> Membership:
    """Join with the roles offered. Raises MembershipRefused when the link can no longer be used.

    A link can be passed on, so it opens the door for whoever has confirmed the address it was
    sent to, and raises AddressNotConfirmed for everybody else.
    """
    invite = queries.open_invite(token=token, now=now)
    if invite is not None:
        _wait_for_organisation(invite.organisation)
        invite = queries.open_invite(token=token, now=now)
    if invite is None:
        raise MembershipRefused("This link has been used, taken back or is too old.")
    if invite.organisation.memberships.filter(user=by, ended_at=None).exists():
        raise MembershipRefused(f"You already belong to {invite.organisation.name}.")
    if not queries.has_confirmed(by, invite.email):
        raise AddressNotConfirmed(f"This invitation was sent to {invite.masked_email}.")
    membership = Membership.objects.create(
        organisation=invite.organisation, user=by, roles=invite.roles, started_at=now
    )
    MemberInvite.objects.filter(pk=invite.pk).update(accepted_at=now, accepted_by=by)
    _record_invite(OrganisationVerb.JOINED, invite, by=by, now=now)
    return membership


@transaction.atomic
def revoke_invite(*, invite: MemberInvite, by: User, now: datetime) -> None:
    """Take an invitation back; its link stops working at once."""
    _wait_for_organisation(invite.organisation)
    revoked = MemberInvite.objects.filter(pk=invite.pk, accepted_at=None, revoked_at=None).update(
        revoked_at=now
    )
    if revoked:
        _record_invite(OrganisationVerb.INVITE_REVOKED, invite, by=by, now=now)


@transaction.atomic
def change_roles(
    *, membership: Membership, roles: list[str], by: User, now: datetime
) -> Membership:
    """What a member may do. Raises MembershipRefused when nobody would be left to coordinate."""
    _read_anew(membership)
    if membership.ended_at is not None:
        raise MembershipRefused("This membership has ended.")
    if set(roles) == set(membership.roles):
        return membership
    if Role.COORDINATOR not in roles:
        _keep_a_coordinator(membership)
    membership.roles = roles
    membership.save(update_fields=["roles"])
    _record_membership(OrganisationVerb.ROLES_CHANGED, membership, by=by, now=now)
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: User, now: datetime) -> None:
    """Close a membership; what the person did stays. Raises MembershipRefused as above."""
    _read_anew(membership)
    if membership.ended_at is not None:
        return
    _keep_a_coordinator(membership)
    membership.ended_at = now
    membership.save(update_fields=["ended_at"])
    _record_membership(OrganisationVerb.MEMBERSHIP_ENDED, membership, by=by, now=now)
    departed(Departure(membership.user, membership.organisation, by=by, now=now))


def _read_anew(membership: Membership) -> None:
    """As it is once nobody else is changing it: the page it was chosen on may be old."""
    _wait_for_organisation(membership.organisation)
    membership.refresh_from_db(fields=["roles", "ended_at"])


def _keep_a_coordinator(membership: Membership) -> None:
    """Two who each remove the other at once must not both succeed: the organisation is held."""
    coordinators = membership.organisation.memberships.with_role(Role.COORDINATOR)
    if set(coordinators.values_list("pk", flat=True)) == {membership.pk}:
        raise MembershipRefused(
            "This is the only coordinator. Make somebody else a coordinator first."
        )


def _record_membership(
    verb: OrganisationVerb, membership: Membership, *, by: User, now: datetime
) -> None:
    record(
        verb,
        subject=membership.organisation,
        organisation=membership.organisation,
        by=by,
        now=now,
        membership=membership.pk,
    )


@transaction.atomic
def rename_person(*, person: User, name: str) -> None:
    """How a person is shown from now on; what they signed keeps the name it was signed with."""
    User.objects.filter(pk=person.pk).update(display_name=name)
