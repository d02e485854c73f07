"""Ending a pledge, handing it on, confirming it and reporting it."""

from organisations.tokens import new_token
from tests.access_rows import Rows, Seeds
from tests.factories.commitments import PledgeFactory
from tests.factories.trusting import HandoverFactory, ImpersonationReportFactory


def rows(seeds: Seeds) -> Rows:
    here, of_pledge = {"organisation": seeds.organisation.slug}, {"pk": seeds.pledge.pk}
    others = PledgeFactory(
        leader=seeds.other, organisation=seeds.organisation, leader_name="C leader"
    )
    report = ImpersonationReportFactory(pledge=others, text=f"{seeds.canary} report")
    elsewhere = ImpersonationReportFactory(text=f"{seeds.canary} report to the operator")
    HandoverFactory(pledge=others, email=f"next-{seeds.canary.lower()}@example.org")
    return {
        "pledge_end": of_pledge,
        "handover": of_pledge,
        "handover_revoke": of_pledge,
        "handover_accept": {"token": new_token()},
        "work_address_confirm": of_pledge,
        "pledge_report": {"slug": seeds.pledge.slug},
        "pledge_report_sent": {"slug": seeds.pledge.slug},
        "report_list": here,
        "report_settle": here | {"pk": report.pk},
        "operator_report_settle": {"pk": elsewhere.pk},
    }
