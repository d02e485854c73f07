"""What stands behind a name and a role, and reports that a pledge is not that person's."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from commitments.actions.leaving import close
from commitments.actions.making import lock
from commitments.as_shown import changed_since
from commitments.enums import Confirmation, Ending, PledgeState, PledgeVerb, ReportOutcome
from commitments.models import ImpersonationReport, Pledge
from commitments.queries.trusting import (
    confirmed_by_an_address,
    handlers_of,
    looks_for_the_organisation,
    may_settle,
    reported,
    work_addresses_of,
)
from commitments.reporting import is_mailed, why_not_report
from commitments.trust import domain_of
from history.actions import record
from organisations.departures import Departure
from organisations.models import User
from organisations.refusals import Refused
from outbox.actions import is_address, queue_email
from outbox.enums import Kind
from outbox.rendering import absolute_url, render_email


class ReportRefused(Refused):
    """Too many were sent."""


class NotAsShownError(Exception):
    """The pledge says something else than what was read. `changed` names what."""

    def __init__(self, changed: list[str]) -> None:
        super().__init__(", ".join(changed))
        self.changed = changed


@transaction.atomic
def confirm_pledge(*, pledge: Pledge, shown: str, by: User, now: datetime) -> Pledge:
    """The organisation says that name and role are right, as its coordinator read them.

    Nobody confirms their own, nor one whose report waits. Raises NotAsShownError where the
    pledge has changed since.
    """
    locked = lock(pledge)
    if not locked.may_be_confirmed_by(by) or locked.reports.filter(outcome="").exists():
        raise PermissionDenied
    if changed := changed_since(shown, locked.who):
        raise NotAsShownError(changed)
    if locked.confirmation == Confirmation.COORDINATOR:
        return locked
    locked.confirmed_at, locked.confirmed_by = now, by
    locked.confirmation, locked.confirmed_domain = Confirmation.COORDINATOR, ""
    locked.save()
    record(PledgeVerb.CONFIRMED, subject=locked, organisation=locked.organisation, by=by, now=now)
    return locked


@transaction.atomic
def show_work_address(*, pledge: Pledge, address: str, by: User, now: datetime) -> Pledge:
    """Stand behind one's name with an address at work. Nothing is kept of it but its domain.

    What the organisation itself has confirmed stays so.
    """
    locked = lock(pledge)
    own = {each.address: each.domain for each in work_addresses_of(by)}
    if locked.leader_id != by.pk or locked.state != PledgeState.PUBLISHED or address not in own:
        raise PermissionDenied
    if locked.confirmation == Confirmation.COORDINATOR or locked.confirmed_domain == own[address]:
        return locked
    locked.confirmed_at, locked.confirmed_by = now, None
    locked.confirmation, locked.confirmed_domain = Confirmation.WORK_ADDRESS, own[address]
    locked.save()
    record(
        PledgeVerb.ADDRESS_SHOWN, subject=locked, organisation=locked.organisation, by=by, now=now
    )
    return locked


def drop_confirmation(pledge: Pledge) -> None:
    """What was confirmed is no longer what the pledge says. The caller holds and saves the row."""
    pledge.confirmed_at = pledge.confirmed_by = None
    pledge.confirmation = pledge.confirmed_domain = ""


@transaction.atomic
def give_up_address(*, person: User, address: str, now: datetime) -> None:
    """A work address that left the account stands for nothing, unless another one there stays."""
    if domain_of(address) in {each.domain for each in work_addresses_of(person)}:
        return
    for pledge in confirmed_by_an_address(person, address).select_for_update():
        drop_confirmation(pledge)
        pledge.save()
        record(
            PledgeVerb.CONFIRMATION_LAPSED,
            subject=pledge, organisation=pledge.organisation, by=None, now=now,
        )  # fmt: skip


@transaction.atomic
def end_confirmations(departure: Departure) -> None:
    """An organisation's word for somebody ends when they no longer belong to it."""
    theirs = departure.person.pledges.filter(
        organisation=departure.organisation, confirmation=Confirmation.COORDINATOR
    )
    for pledge in theirs.order_by("pk").select_for_update(of=("self",)):
        drop_confirmation(pledge)
        pledge.save()
        record(
            PledgeVerb.CONFIRMATION_ENDED,
            subject=pledge, organisation=pledge.organisation, by=None, now=departure.now,
        )  # fmt: skip


@transaction.atomic
def report_pledge(
    *, pledge: Pledge, text: str, reporter_email: str, now: datetime
) -> ImpersonationReport:
    """Anybody may. Who looks at it gets one mail, not one for each further report of the pledge.

    Raises ReportRefused when enough of this pledge wait. Nothing is kept of who sent it but what
    they typed.
    """
    locked = lock(pledge)
    counts = reported(locked, now=now)
    if refusal := why_not_report(counts):
        raise ReportRefused(refusal)
    report = ImpersonationReport.objects.create(
        pledge=locked,
        organisation=locked.organisation,
        text=text,
        reporter_email=reporter_email,
        at=now,
    )
    record(PledgeVerb.REPORTED, subject=locked, organisation=locked.organisation, by=None, now=now)
    if is_mailed(counts):
        tell_handlers(report, now=now)
    return report


def tell_handlers(report: ImpersonationReport, *, now: datetime) -> None:
    for handler in handlers_of(report):
        if not is_address(handler.email):
            continue
        organisation = report.organisation if looks_for_the_organisation(report, handler) else None
        path = (
            reverse("report_list", args=[organisation.slug])
            if organisation
            else reverse("operator_reports")
        )
        context = {"organisation": organisation, "link": absolute_url(path)}
        queue_email(
            kind=Kind.NEWS,
            dedupe_key=f"pledge-reported:{report.pk}:{handler.pk}",
            to_address=handler.email,
            to_user=handler,
            organisation=organisation,
            rendered=render_email("pledge_reported", context),
            now=now,
        )


@transaction.atomic
def settle_report(
    *, report: ImpersonationReport, outcome: ReportOutcome, by: User, now: datetime
) -> bool:
    """False where somebody settled it first. Taking the page down settles every open report of
    it. Raises PermissionDenied for anybody but those who look at this one."""
    report.pledge = pledge = lock(report.pledge)
    if not may_settle(report, by):
        raise PermissionDenied
    still_open = pledge.reports.filter(outcome="")
    if not still_open.filter(pk=report.pk).exists():
        return False
    settled = still_open if outcome == ReportOutcome.TAKEN_DOWN else still_open.filter(pk=report.pk)
    settled.update(outcome=outcome, settled_at=now, settled_by=by, reporter_email="")
    record(
        PledgeVerb.REPORT_SETTLED,
        subject=pledge, organisation=report.organisation, by=by, now=now, outcome=outcome,
    )  # fmt: skip
    if outcome == ReportOutcome.TAKEN_DOWN:
        take_down(pledge, by=by, now=now)
    return True


def take_down(pledge: Pledge, *, by: User, now: datetime) -> None:
    """Everything that somebody was let in by ends with it."""
    drop_confirmation(pledge)
    pledge.assistants.filter(ended_at=None).update(ended_at=now)
    pledge.handovers.filter(accepted_at=None, revoked_at=None).update(revoked_at=now)
    pledge.encouragements.filter(expires_at__gt=now).update(expires_at=now)
    close(pledge, ending=Ending.NOT_THEIRS, ended_on=timezone.localdate(now), by=by, now=now)
