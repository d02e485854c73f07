"""Reading people and organisations."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from history.queries import Line, lines_of
from organisations.enums import OrganisationVerb, Role
from organisations.limits import A_DAY, AN_HOUR, Invited
from organisations.models import MemberInvite, Membership, Organisation, User
from organisations.tokens import digest
from outbox.enums import OutboxVerb
from ui.paging import page_of


def current_membership(*, user: User | AnonymousUser, slug: str) -> Membership | None:
    """The person's open membership with its organisation, or None; one query."""
    if not user.is_authenticated:
        return None
    found: Membership | None = (
        Membership.objects.current()
        .select_related("organisation")
        .filter(user=user, organisation__slug=slug)
        .first()
    )
    if found is not None:
        found.user = user
    return found


def memberships_of(user: User) -> QuerySet[Membership]:
    """Open memberships of one person, by the organisation's name."""
    return (
        Membership.objects.current()
        .select_related("organisation")
        .filter(user=user)
        .order_by("organisation__name")
    )


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Open memberships of one organisation, by name."""
    return (
        organisation.memberships.current()
        .select_related("user")
        .order_by("user__display_name", "user__email")
    )


def page_of_members(organisation: Organisation, *, number: str | None) -> Page[Membership]:
    return page_of(members_of(organisation), number)


def open_invites_of(organisation: Organisation) -> QuerySet[MemberInvite]:
    """Invitations nobody has taken up or taken back, newest first."""
    return organisation.member_invites.filter(accepted_at=None, revoked_at=None).order_by(
        "-created_at"
    )


def open_invite(*, token: str, now: datetime) -> MemberInvite | None:
    """The invitation that a token opens, while it can still be used."""
    return (
        MemberInvite.objects.select_related("organisation", "invited_by")
        .filter(token_sha256=digest(token), accepted_at=None, revoked_at=None, expires_at__gt=now)
        .first()
    )


def has_confirmed(user: User | AnonymousUser, address: str) -> bool:
    """Whether the address is the person's own, shown by a code that was sent to it."""
    return (
        user.is_authenticated
        and EmailAddress.objects.filter(user=user, email__iexact=address, verified=True).exists()
    )


def invited_lately(*, organisation: Organisation, by: User, address: str, now: datetime) -> Invited:
    """What the limits on invitations ask about; one query."""
    lately = MemberInvite.objects.filter(
        Q(organisation=organisation) | Q(invited_by=by), created_at__gt=now - A_DAY
    )
    to_address = Q(email__iexact=address, created_at__gt=now - AN_HOUR)
    return Invited(
        **lately.aggregate(
            by_organisation=Count("pk", filter=Q(organisation=organisation)),
            by_person=Count("pk", filter=Q(invited_by=by)),
            to_address=Count("pk", filter=to_address),
        )
    )


def left_without_coordinator(person: User) -> QuerySet[Organisation]:
    """Organisations with other members that this person alone coordinates; one query."""
    others = Membership.objects.current().filter(organisation=OuterRef("pk")).exclude(user=person)
    return Organisation.objects.filter(
        Exists(others),
        ~Exists(others.filter(roles__contains=[Role.COORDINATOR], user__is_active=True)),
        memberships__in=person.memberships.with_role(Role.COORDINATOR),
    ).order_by("name")


def history_of(organisation: Organisation) -> list[Line]:
    """Who came, went and may do what, and emails sent again; newest first."""
    return lines_of(organisation, [*OrganisationVerb, OutboxVerb.SENT_AGAIN])


@dataclass(frozen=True)
class DemoPerson:
    """An invented person, with their job and where they do it, in words."""

    pk: UUID
    email: str
    shown_name: str
    job: str
    place: str


def demo_users() -> QuerySet[User]:
    """Invented people that one click signs in as, in development only."""
    return User.objects.filter(is_demo=True, is_active=True).order_by("display_name")


def demo_people() -> list[DemoPerson]:
    """The same, each with their job, which begins their address; three queries."""
    people = [
        DemoPerson(
            pk=user.pk,
            email=user.email,
            shown_name=user.shown_name,
            job=user.email.partition("@")[0].replace("-", " ").capitalize(),
            place=", ".join(
                membership.organisation.name
                for membership in user.memberships.all()
                if membership.ended_at is None
            ),
        )
        for user in demo_users().prefetch_related("memberships__organisation")
    ]
    return sorted(people, key=lambda person: (person.place == "", person.place, person.job))
