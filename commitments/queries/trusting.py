"""What can stand behind a name, and reports that a pledge is not that person's."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Count, F, Q, QuerySet

from commitments.enums import Confirmation
from commitments.models import ImpersonationReport, Pledge
from commitments.reporting import A_DAY, Reported, may_look
from commitments.trust import domain_of, stands_for_an_organisation
from organisations.enums import Role
from organisations.models import Membership, Organisation, User


@dataclass(frozen=True)
class WorkAddress:
    address: str
    domain: str


def work_addresses_of(user: User) -> list[WorkAddress]:
    """Addresses that a code was sent to, of houses that do not give them to everybody."""
    verified = EmailAddress.objects.filter(user=user, verified=True).order_by("email")
    found = [
        WorkAddress(address, domain_of(address))
        for address in verified.values_list("email", flat=True)
    ]
    return [each for each in found if stands_for_an_organisation(each.domain)]


def confirmed_by_an_address(user: User, address: str) -> QuerySet[Pledge]:
    """Pledges of the person that an address in the same place stands for."""
    return user.pledges.filter(confirmed_domain=domain_of(address)).exclude(confirmed_domain="")


def reportable(slug: str) -> Pledge | None:
    """A pledge that everybody can still read under somebody's name."""
    return Pledge.objects.named().filter(slug=slug).first()


def reported(pledge: Pledge, *, now: datetime) -> Reported:
    """What the limits on reports ask about; one query."""
    counted = ImpersonationReport.objects.filter(
        Q(pledge=pledge, outcome="") | Q(at__gt=now - A_DAY)
    ).aggregate(
        open_of_pledge=Count("pk", filter=Q(pledge=pledge, outcome="")),
        in_a_day=Count("pk", filter=Q(at__gt=now - A_DAY)),
    )
    return Reported(**counted)


def confirmer_of(pledge: Pledge) -> UUID | None:
    """Whoever said for the organisation that name and role are right."""
    by_coordinator = pledge.confirmation == Confirmation.COORDINATOR
    return pledge.confirmed_by_id if by_coordinator else None


def handlers_of(report: ImpersonationReport) -> list[User]:
    """Who is told of a report: the organisation's coordinators, else whoever runs the
    installation. Never the leader whose name it is about."""
    pledge, people = report.pledge, User.objects.filter(is_active=True).order_by("email")
    coordinators = people.filter(
        memberships__in=Membership.objects.with_role(Role.COORDINATOR).filter(
            organisation=report.organisation_id
        )
    )
    looking = may_look(
        set(coordinators.values_list("pk", flat=True)),
        leader=pledge.leader_id,
        confirmer=confirmer_of(pledge),
    )
    if not looking:
        return [each for each in people.filter(is_staff=True) if each.pk != pledge.leader_id]
    return list(people.filter(pk__in=looking))


def may_settle(report: ImpersonationReport, person: User) -> bool:
    """Whoever runs the installation may always, but for a pledge of their own."""
    if person.is_staff:
        return person.pk != report.pledge.leader_id
    return looks_for_the_organisation(report, person)


def looks_for_the_organisation(report: ImpersonationReport, handler: User) -> bool:
    """Whether somebody may, as a coordinator; not for the installation."""
    pledge = report.pledge
    looking = may_look({handler.pk}, leader=pledge.leader_id, confirmer=confirmer_of(pledge))
    return (
        bool(looking)
        and report.organisation_id is not None
        and handler.memberships.with_role(Role.COORDINATOR)
        .filter(organisation=report.organisation_id)
        .exists()
    )


def _readable() -> QuerySet[ImpersonationReport]:
    return (
        ImpersonationReport.objects.filter(pledge__erased_at=None)
        .select_related("pledge", "settled_by", "organisation")
        .order_by(F("settled_at").desc(nulls_first=True), "-at", "-id")
    )


def reports_in(organisation: Organisation) -> QuerySet[ImpersonationReport]:
    """Of pledges that named the organisation when they were reported, open ones first."""
    return _readable().filter(organisation=organisation)


def reports_for(organisation: Organisation, reader: User) -> QuerySet[ImpersonationReport]:
    """A list leaves out the reader's own."""
    return reports_in(organisation).exclude(pledge__leader=reader)


def every_report(reader: User) -> QuerySet[ImpersonationReport]:
    """For whoever runs the installation, of organisations too: open ones first."""
    return _readable().exclude(pledge__leader=reader)
