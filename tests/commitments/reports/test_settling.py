"""Somebody who may looks at a report, once."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse

from commitments.actions import trusting
from commitments.actions.trusting import confirm_pledge, report_pledge, settle_report
from commitments.enums import Confirmation, Ending, PledgeState, PledgeVerb, ReportOutcome
from commitments.models import ImpersonationReport, Pledge
from history.models import Entry
from organisations.enums import Role
from organisations.models import User
from outbox.models import Email
from tests.commitments.reports.conftest import LIST, NOW, TYPED, form_of, settle
from tests.conftest import signed_in_as
from tests.factories.commitments import InvitationFactory, PledgeFactory
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.trusting import HandoverFactory, ImpersonationReportFactory


class TestSettling:
    @pytest.fixture
    def report(self, of_bea: Pledge) -> ImpersonationReport:
        return ImpersonationReportFactory(pledge=of_bea, reporter_email="me@else.example")

    def test_it_is_theirs(
        self, report: ImpersonationReport, of_bea: Pledge, alice: User, as_alice: Client
    ) -> None:
        assert as_alice.post(settle(report), {"outcome": "stands"})["Location"] == LIST
        report.refresh_from_db()
        assert (report.outcome, report.settled_by) == (ReportOutcome.STANDS, alice)
        assert report.reporter_email == ""
        of_bea.refresh_from_db()
        assert of_bea.state == PledgeState.PUBLISHED
        [entry] = Entry.objects.filter(verb=PledgeVerb.REPORT_SETTLED)
        assert (entry.details, entry.actor) == ({"outcome": "stands"}, alice)

    def test_it_is_not_theirs(
        self, report: ImpersonationReport, of_bea: Pledge, as_alice: Client, client: Client
    ) -> None:
        another = ImpersonationReportFactory(pledge=of_bea)
        InvitationFactory(pledge=of_bea)
        asked = HandoverFactory(pledge=of_bea)
        as_alice.post(settle(report), {"outcome": "taken_down"})
        of_bea.refresh_from_db()
        assert (of_bea.state, of_bea.ending) == (PledgeState.CLOSED, Ending.NOT_THEIRS)
        assert of_bea.closed_at is not None
        assert of_bea.ended_on is not None
        another.refresh_from_db()
        asked.refresh_from_db()
        assert another.outcome == ReportOutcome.TAKEN_DOWN
        assert asked.revoked_at is not None
        gone = client.get(of_bea.get_absolute_url())
        assert gone.status_code == 410
        assert "Bea" not in gone.content.decode()

    @pytest.mark.parametrize(
        ("page", "status"),
        [("", 410), ("versions/", 404), ("embed/", 410), ("reflections/", 410), ("card.png", 410)],
    )
    def test_nothing_of_it_is_left_to_read(
        self,
        page: str,
        status: int,
        report: ImpersonationReport,
        of_bea: Pledge,
        alice: User,
        client: Client,
    ) -> None:
        address = f"{of_bea.get_absolute_url()}{page}"
        assert client.get(address).status_code == 200
        settle_report(report=report, outcome=ReportOutcome.TAKEN_DOWN, by=alice, now=NOW)
        gone = client.get(address)
        assert gone.status_code == status
        assert b"Bea" not in gone.content

    def test_what_was_confirmed_is_no_longer(
        self, report: ImpersonationReport, of_bea: Pledge, alice: User
    ) -> None:
        of_bea.confirmed_at, of_bea.confirmation = NOW, Confirmation.COORDINATOR
        of_bea.save()
        settle_report(report=report, outcome=ReportOutcome.TAKEN_DOWN, by=alice, now=NOW)
        of_bea.refresh_from_db()
        assert (of_bea.confirmed_at, of_bea.confirmation) == (None, "")

    def test_the_second_click_does_nothing(
        self, report: ImpersonationReport, as_alice: Client
    ) -> None:
        as_alice.post(settle(report), {"outcome": "stands"})
        response = as_alice.post(settle(report), {"outcome": "taken_down"}, follow=True)
        assert "settled this report meanwhile" in response.content.decode()
        report.refresh_from_db()
        assert (report.outcome, report.pledge.state) == ("stands", PledgeState.PUBLISHED)

    @pytest.mark.parametrize("outcome", ["", "maybe"])
    def test_something_has_to_be_found(
        self, outcome: str, report: ImpersonationReport, as_alice: Client
    ) -> None:
        response = as_alice.post(settle(report), {"outcome": outcome}, follow=True)
        assert "Choose what you found." in response.content.decode()
        report.refresh_from_db()
        assert report.outcome == ""

    def test_who_may_not(
        self, report: ImpersonationReport, pledge: Pledge, foreign: Pledge, as_bea: Client,
        as_chidi: Client, as_alice: Client, client: Client,
    ) -> None:  # fmt: skip
        own = ImpersonationReportFactory(pledge=pledge)
        elsewhere = ImpersonationReportFactory(pledge=foreign)
        found = {"outcome": "stands"}
        assert as_bea.post(settle(report), found).status_code == 403
        assert as_chidi.post(settle(report), found).status_code == 404
        assert as_chidi.post(settle(report, "northside-trust"), found).status_code == 404
        assert as_alice.post(settle(own), found).status_code == 403
        assert as_alice.post(settle(elsewhere), found).status_code == 404
        assert as_alice.get(settle(report)).status_code == 405
        assert client.post(settle(report), found).status_code == 302
        assert set(ImpersonationReport.objects.values_list("outcome", flat=True)) == {""}

    def test_the_operator_settles_any(
        self, report: ImpersonationReport, pledge: Pledge, operator: User, as_operator: Client
    ) -> None:
        own = ImpersonationReportFactory(pledge=pledge)
        response = as_operator.post(f"/me/reports/{own.pk}/", {"outcome": "taken_down"})
        assert response["Location"] == reverse("operator_reports")
        own.refresh_from_db()
        assert (own.outcome, own.settled_by) == (ReportOutcome.TAKEN_DOWN, operator)
        as_operator.post(f"/me/reports/{report.pk}/", {"outcome": "stands"})
        report.refresh_from_db()
        assert (report.outcome, report.settled_by) == (ReportOutcome.STANDS, operator)

    def test_who_confirmed_it_does_not_settle_it(
        self, report: ImpersonationReport, of_bea: Pledge, alice: User, operator: User,
        as_alice: Client, as_operator: Client, client: Client,
    ) -> None:  # fmt: skip
        report.delete()
        confirm_pledge(pledge=of_bea, shown=of_bea.who_as_shown, by=alice, now=NOW)
        report = ImpersonationReportFactory(pledge=of_bea)
        said = as_alice.get(LIST).content.decode()
        assert "so whoever runs this site settles it" in said
        assert settle(report) not in said
        assert as_alice.post(settle(report), {"outcome": "stands"}).status_code == 403
        report.refresh_from_db()
        assert report.outcome == ""
        report.delete()
        client.post(form_of(of_bea), TYPED)
        [email] = Email.objects.all()
        assert (email.to_user, email.organisation) == (operator, None)
        second = MembershipFactory(organisation=of_bea.organisation, roles=[Role.COORDINATOR])
        report = ImpersonationReport.objects.get()
        settle_report(report=report, outcome=ReportOutcome.STANDS, by=second.user, now=NOW)
        report.refresh_from_db()
        assert report.settled_by == second.user

    def test_an_operator_does_not_settle_their_own(self, operator: User) -> None:
        own = ImpersonationReportFactory(pledge=PledgeFactory(leader=operator))
        page = signed_in_as(operator).get(reverse("operator_reports"))
        assert list(page.context["page"]) == []
        with pytest.raises(PermissionDenied):
            settle_report(report=own, outcome=ReportOutcome.STANDS, by=operator, now=NOW)

    @pytest.mark.parametrize("work", ["report", "settle"])
    def test_what_fails_leaves_nothing_behind(
        self, work: str, report: ImpersonationReport, of_bea: Pledge, alice: User,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        def fail(*args: object, **kwargs: object) -> None:
            raise RuntimeError

        if work == "report":
            report.delete()
        monkeypatch.setattr(trusting, "tell_handlers" if work == "report" else "take_down", fail)
        before = list(ImpersonationReport.objects.values())
        down = ReportOutcome.TAKEN_DOWN
        works = {
            "report": lambda: report_pledge(
                pledge=of_bea, text="Not hers", reporter_email="", now=NOW
            ),
            "settle": lambda: settle_report(report=report, outcome=down, by=alice, now=NOW),
        }
        with pytest.raises(RuntimeError):
            works[work]()
        assert list(ImpersonationReport.objects.values()) == before
        assert not Entry.objects.filter(
            verb__in=[PledgeVerb.REPORTED, PledgeVerb.REPORT_SETTLED]
        ).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins() -> None:
    membership = MembershipFactory(roles=[Role.COORDINATOR])
    second = UserFactory()
    MembershipFactory(user=second, organisation=membership.organisation, roles=[Role.COORDINATOR])
    report = ImpersonationReportFactory(pledge=PledgeFactory(organisation=membership.organisation))
    start, given = threading.Barrier(2), []

    def run(by: User, outcome: ReportOutcome) -> None:
        start.wait()
        given.append(settle_report(report=report, outcome=outcome, by=by, now=NOW))
        connection.close()

    works = [(membership.user, ReportOutcome.STANDS), (second, ReportOutcome.TAKEN_DOWN)]
    threads = [threading.Thread(target=run, args=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == [False, True]
    assert Entry.objects.filter(verb=PledgeVerb.REPORT_SETTLED).count() == 1
