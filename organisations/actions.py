"""Changing people and organisations."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify

from history.actions import record
from organisations.enums import OrganisationVerb, Role
from organisations.models import MemberInvite, Membership, Organisation, User
from organisations.tokens import digest, new_token
from outbox.actions import queue_email
from outbox.enums import Kind
from outbox.rendering import absolute_url, render_email

INVITE_LASTS = timedelta(days=14)


class MembershipRefused(ValueError):
    """The change would break a rule; the message is for the person who asked."""


@transaction.atomic
def create_organisation(*, name: str, nation: str, by: User, now: datetime) -> Organisation:
    """A new organisation, with whoever set it up as its coordinator."""
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


def _free_slug(name: str) -> str:
    """`harbour-minds`, or `harbour-minds-2` where that is taken."""
    base = slugify(name)[:70] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def invite_member(
    *, organisation: Organisation, email: str, roles: list[str], by: User, now: datetime
) -> MemberInvite:
    """Email somebody a link to join. An older open invitation to the same address is replaced.

    Raises MembershipRefused when the address already belongs to a member.
    """
    if organisation.memberships.filter(ended_at=None, user__email__iexact=email).exists():
        raise MembershipRefused("This person is already a member.")
    organisation.member_invites.filter(
        email__iexact=email, accepted_at=None, revoked_at=None
    ).update(revoked_at=now)
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
    record(
        OrganisationVerb.INVITED,
        subject=organisation,
        organisation=organisation,
        by=by,
        now=now,
        invite=invite.pk,
    )
    return invite


def _email_invite(invite: MemberInvite, *, token: str, now: datetime) -> None:
    """The mail holds the only copy of the token."""
    context = {
        "organisation": invite.organisation,
        "invited_by": invite.invited_by,
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
    )


@transaction.atomic
def accept_invite(*, token: str, by: User, now: datetime) -> Membership:
    """Join with the roles offered. Raises MembershipRefused when the link can no longer be used."""
    invite = (
        MemberInvite.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(token_sha256=digest(token), accepted_at=None, revoked_at=None, expires_at__gt=now)
        .first()
    )
    if invite is None:
        raise MembershipRefused("This link has been used, taken back or is too old.")
    if invite.organisation.memberships.filter(user=by, ended_at=None).exists():
        raise MembershipRefused(f"You already belong to {invite.organisation.name}.")
    membership = Membership.objects.create(
        organisation=invite.organisation, user=by, roles=invite.roles, started_at=now
    )
    MemberInvite.objects.filter(pk=invite.pk).update(accepted_at=now, accepted_by=by)
    record(
        OrganisationVerb.JOINED,
        subject=invite.organisation,
        organisation=invite.organisation,
        by=by,
        now=now,
        invite=invite.pk,
    )
    return membership


@transaction.atomic
def revoke_invite(*, invite: MemberInvite, by: User, now: datetime) -> None:
    """Take an invitation back; its link stops working at once."""
    revoked = MemberInvite.objects.filter(pk=invite.pk, accepted_at=None, revoked_at=None).update(
        revoked_at=now
    )
    if revoked:
        record(
            OrganisationVerb.INVITE_REVOKED,
            subject=invite.organisation,
            organisation=invite.organisation,
            by=by,
            now=now,
            invite=invite.pk,
        )


@transaction.atomic
def change_roles(
    *, membership: Membership, roles: list[str], by: User, now: datetime
) -> Membership:
    """What a member may do. Raises MembershipRefused when nobody would be left to coordinate."""
    if Role.COORDINATOR not in roles:
        _keep_a_coordinator(membership)
    if set(roles) == set(membership.roles):
        return membership
    membership.roles = roles
    membership.save(update_fields=["roles"])
    _record_membership(OrganisationVerb.ROLES_CHANGED, membership, by=by, now=now)
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: User, now: datetime) -> None:
    """Close a membership; what the person did stays. Raises MembershipRefused as above."""
    _keep_a_coordinator(membership)
    membership.ended_at = now
    membership.save(update_fields=["ended_at"])
    _record_membership(OrganisationVerb.MEMBERSHIP_ENDED, membership, by=by, now=now)


def _keep_a_coordinator(membership: Membership) -> None:
    """Two coordinators who each remove the other at once must not both succeed: rows are locked."""
    coordinators = (
        membership.organisation.memberships.with_role(Role.COORDINATOR)
        .select_for_update()
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if set(coordinators) == {membership.pk}:
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
