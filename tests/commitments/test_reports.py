"""Anybody says that a pledge is not that person's; somebody who may looks at it, once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from commitments.actions import trusting
from commitments.actions.trusting import confirm_pledge, report_pledge, settle_report
from commitments.enums import Confirmation, Ending, PledgeState, PledgeVerb, ReportOutcome
from commitments.models import ImpersonationReport, Pledge, Wording
from history.models import Entry
from organisations.enums import Role
from organisations.models import Organisation, User
from outbox.enums import Kind
from outbox.models import Email
from tests.conftest import signed_in_as
from tests.factories.commitments import InvitationFactory, PledgeFactory
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.trusting import HandoverFactory, ImpersonationReportFactory

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
TYPED = {"text": "I work with her. This is not hers.", "reporter_email": "", "website": ""}
LIST = "/o/harbour-minds/reports/"


@pytest.fixture(autouse=True)
def nothing_sent_yet() -> None:
    """What one address may send in an hour is counted across tests."""
    cache.clear()


@pytest.fixture
def of_bea(bea: User, harbour: Organisation, wording: Wording, alice: User) -> Pledge:
    """In Harbour Minds, which Alice coordinates."""
    return PledgeFactory(leader=bea, organisation=harbour, signing=wording, slug="bea-brown")


def form_of(pledge: Pledge) -> str:
    return reverse("pledge_report", args=[pledge.slug])


def settle(report: ImpersonationReport, organisation: str = "harbour-minds") -> str:
    return reverse("report_settle", args=[organisation, report.pk])


class TestReporting:
    def test_it_works_without_an_account(self, of_bea: Pledge, alice: User, client: Client) -> None:
        assert client.get(form_of(of_bea)).status_code == 200
        sent = client.post(form_of(of_bea), TYPED | {"reporter_email": "me@else.example"})
        assert sent["Location"] == reverse("pledge_report_sent", args=["bea-brown"])
        assert client.get(sent["Location"]).status_code == 200
        report = ImpersonationReport.objects.get()
        assert (report.pledge, report.text) == (of_bea, TYPED["text"])
        assert (report.reporter_email, report.outcome) == ("me@else.example", "")
        [entry] = Entry.objects.filter(verb=PledgeVerb.REPORTED)
        assert (entry.actor, entry.details) == (None, {})
        of_bea.refresh_from_db()
        assert of_bea.state == PledgeState.PUBLISHED

    def test_the_mail_goes_to_coordinators_and_quotes_nobody(
        self, of_bea: Pledge, alice: User, operator: User, client: Client
    ) -> None:
        client.post(form_of(of_bea), TYPED | {"reporter_email": "me@else.example"})
        [email] = Email.objects.all()
        assert (email.to_user, email.kind, email.organisation_id) == (
            alice, Kind.NEWS, of_bea.organisation_id,
        )  # fmt: skip
        assert LIST in email.text
        for words in (TYPED["text"], "me@else.example", "Bea"):
            assert words not in email.subject + email.text + email.html

    def test_further_reports_come_without_a_mail(self, of_bea: Pledge, client: Client) -> None:
        for _ in range(3):
            client.post(form_of(of_bea), TYPED)
        assert (ImpersonationReport.objects.count(), Email.objects.count()) == (3, 1)

    @pytest.mark.parametrize("case", ["no organisation", "its only coordinator leads it"])
    def test_else_to_whoever_runs_the_installation(
        self, case: str, pledge: Pledge, alice: User, operator: User, client: Client
    ) -> None:
        """Alice leads the pledge, and is the only coordinator of Harbour Minds."""
        reported = PledgeFactory() if case == "no organisation" else pledge
        client.post(form_of(reported), TYPED)
        [email] = Email.objects.all()
        assert (email.to_user, email.organisation) == (operator, None)
        assert reverse("operator_reports") in email.text

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"text": ""}, "text"),
            ({"text": " \n "}, "text"),
            ({"text": "x" * 2001}, "text"),
            ({"reporter_email": "me@"}, "reporter_email"),
            ({"reporter_email": "me@else.example\nBcc: x@y.example"}, "reporter_email"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(
        self, typed: dict[str, str], field: str, of_bea: Pledge, client: Client
    ) -> None:
        response = client.post(form_of(of_bea), TYPED | typed)
        assert response.status_code == 200
        assert list(response.context["form"].errors) == [field]
        assert response.context["form"].data["text"] == (TYPED | typed)["text"]
        assert not ImpersonationReport.objects.exists()

    def test_the_longest_report(self, of_bea: Pledge, client: Client) -> None:
        client.post(form_of(of_bea), TYPED | {"text": "x" * 2000})
        assert ImpersonationReport.objects.get().text == "x" * 2000

    @pytest.mark.parametrize("text", ["<script>alert(1)</script>", "‮رجل ‏", "a\r\nBcc: b@c.d"])
    def test_hostile_words_are_words(
        self, text: str, of_bea: Pledge, client: Client, as_alice: Client
    ) -> None:
        assert client.post(form_of(of_bea), TYPED | {"text": text}).status_code == 302
        assert "<script>alert" not in as_alice.get(LIST).content.decode()

    def test_nul_is_refused(self, of_bea: Pledge, client: Client) -> None:
        assert client.post(form_of(of_bea), TYPED | {"text": "a\x00b"}).status_code == 400

    def test_a_machine_is_thanked_and_ignored(self, of_bea: Pledge, client: Client) -> None:
        response = client.post(form_of(of_bea), TYPED | {"website": "http://spam.example"})
        assert response.status_code == 302
        assert (ImpersonationReport.objects.count(), Email.objects.count()) == (0, 0)

    def test_twenty_open_ones_are_enough(self, of_bea: Pledge, client: Client) -> None:
        ImpersonationReportFactory.create_batch(20, pledge=of_bea)
        response = client.post(form_of(of_bea), TYPED)
        assert response.status_code == 200
        assert "reported many times" in response.content.decode()
        assert TYPED["text"] in response.content.decode()
        assert ImpersonationReport.objects.count() == 20

    def test_settled_ones_and_those_of_others_do_not_count(
        self, of_bea: Pledge, pledge: Pledge
    ) -> None:
        ImpersonationReportFactory.create_batch(
            20, pledge=of_bea, outcome=ReportOutcome.STANDS, settled_at=NOW,
            at=NOW - timedelta(days=2),
        )  # fmt: skip
        ImpersonationReportFactory.create_batch(20, pledge=pledge, at=NOW - timedelta(days=2))
        report_pledge(pledge=of_bea, text="Not hers", reporter_email="", now=NOW)

    def test_a_flood_stops_mails_and_no_report(
        self, of_bea: Pledge, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("commitments.reporting.MAILED_IN_A_DAY", 2)
        ImpersonationReportFactory(at=NOW - timedelta(hours=23))
        ImpersonationReportFactory(at=NOW - timedelta(hours=25))
        report_pledge(pledge=of_bea, text="Not hers", reporter_email="", now=NOW)
        assert Email.objects.count() == 1
        another = PledgeFactory(organisation=of_bea.organisation)
        report_pledge(pledge=another, text="Not theirs", reporter_email="", now=NOW)
        assert (another.reports.count(), Email.objects.count()) == (1, 1)

    def test_one_address_sends_no_flood(
        self, of_bea: Pledge, client: Client, settings: Settings
    ) -> None:
        settings.ACCOUNT_RATE_LIMITS = {"report_pledge": "2/h/ip"}
        statuses = [client.post(form_of(of_bea), TYPED).status_code for _ in range(3)]
        assert statuses == [302, 302, 429]
        assert ImpersonationReport.objects.count() == 2

    def test_it_stays_with_the_organisation_it_was_made_about(
        self, of_bea: Pledge, northside: Organisation, as_alice: Client, as_chidi: Client
    ) -> None:
        """Whoever is reported does not choose who looks at it."""
        report_pledge(pledge=of_bea, text="Not hers", reporter_email="", now=NOW)
        Pledge.objects.filter(pk=of_bea.pk).update(organisation=northside)
        report = ImpersonationReport.objects.get()
        assert list(as_alice.get(LIST).context["page"]) == [report]
        assert list(as_chidi.get("/o/northside-trust/reports/").context["page"]) == []
        found = {"outcome": "stands"}
        assert as_chidi.post(settle(report, "northside-trust"), found).status_code == 404
        assert as_alice.post(settle(report), found).status_code == 302

    @pytest.mark.parametrize("case", ["draft", "not theirs", "erased", "unknown"])
    def test_what_nobody_can_read_cannot_be_reported(
        self, case: str, draft: Pledge, of_bea: Pledge, client: Client
    ) -> None:
        slug = {"draft": draft.slug, "unknown": "nobody"}.get(case, of_bea.slug)
        if case in {"not theirs", "erased"}:
            of_bea.state, of_bea.closed_at = PledgeState.CLOSED, NOW
            of_bea.ending = Ending.NOT_THEIRS if case == "not theirs" else Ending.ERASED
            of_bea.save()
        for address in (f"/pledges/{slug}/report/", f"/pledges/{slug}/report/sent/"):
            assert client.get(address).status_code == 404
        assert client.post(f"/pledges/{slug}/report/", TYPED).status_code == 404

    def test_closing_it_saves_no_impostor(self, of_bea: Pledge, client: Client) -> None:
        of_bea.state, of_bea.closed_at, of_bea.ending = PledgeState.CLOSED, NOW, Ending.ROLE_ENDED
        of_bea.save()
        assert client.post(form_of(of_bea), TYPED).status_code == 302

    def test_wrong_methods(self, of_bea: Pledge, client: Client) -> None:
        assert client.put(form_of(of_bea)).status_code == 405
        sent = reverse("pledge_report_sent", args=[of_bea.slug])
        assert client.post(sent).status_code == 405


class TestReading:
    def test_open_ones_first_and_never_ones_own(
        self, of_bea: Pledge, pledge: Pledge, foreign: Pledge, as_alice: Client
    ) -> None:
        old = ImpersonationReportFactory(pledge=of_bea, at=NOW - timedelta(days=3))
        settled = ImpersonationReportFactory(
            pledge=of_bea, at=NOW, outcome=ReportOutcome.STANDS, settled_at=NOW
        )
        new = ImpersonationReportFactory(pledge=of_bea, at=NOW - timedelta(days=1))
        ImpersonationReportFactory(pledge=pledge, text="About Alice herself")
        ImpersonationReportFactory(pledge=foreign, text="About Chidi")
        response = as_alice.get(LIST)
        assert list(response.context["page"]) == [new, old, settled]
        assert "Chidi" not in response.content.decode()
        assert "About Alice" not in response.content.decode()

    def test_who_may(
        self, of_bea: Pledge, as_alice: Client, as_bea: Client, as_chidi: Client, client: Client
    ) -> None:
        assert as_alice.get(LIST).status_code == 200
        assert as_bea.get(LIST).status_code == 403
        assert as_chidi.get(LIST).status_code == 404
        assert client.get(LIST)["Location"].startswith("/accounts/login/")
        assert as_alice.post(LIST).status_code == 405

    def test_the_operator_sees_all_of_them(
        self, of_bea: Pledge, pledge: Pledge, as_operator: Client
    ) -> None:
        of_an_organisation = ImpersonationReportFactory(pledge=of_bea)
        without = ImpersonationReportFactory(at=NOW - timedelta(days=1))
        of_the_coordinator = ImpersonationReportFactory(pledge=pledge, at=NOW - timedelta(days=2))
        response = as_operator.get(reverse("operator_reports"))
        assert list(response.context["page"]) == [of_an_organisation, without, of_the_coordinator]
        assert response.content.decode().count("sees it too") == 2

    def test_the_operator_alone_sees_who_wrote(
        self, of_bea: Pledge, as_alice: Client, as_operator: Client
    ) -> None:
        ImpersonationReportFactory(pledge=of_bea, reporter_email="me@else.example")
        assert "me@else.example" in as_operator.get(reverse("operator_reports")).content.decode()
        assert "me@else.example" not in as_alice.get(LIST).content.decode()

    @pytest.mark.parametrize("rows", [1, 3])
    def test_lists_cost_the_same_with_any_rows(
        self, rows: int, harbour: Organisation, wording: Wording, as_alice: Client,
        as_operator: Client, django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        for _ in range(rows):
            ImpersonationReportFactory(pledge=PledgeFactory(organisation=harbour, signing=wording))
            ImpersonationReportFactory()
        with django_assert_num_queries(5):  # session, person, membership, a count and a page
            assert len(as_alice.get(LIST).context["page"]) == rows
        with django_assert_num_queries(5):  # session, person, second factor, count, page
            shown = as_operator.get(reverse("operator_reports"))
        assert len(shown.context["page"]) == 2 * rows


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

    @pytest.mark.parametrize("page", ["", "versions/", "embed/", "reflections/", "card.png"])
    def test_nothing_of_it_is_left_to_read(
        self,
        page: str,
        report: ImpersonationReport,
        of_bea: Pledge,
        alice: User,
        client: Client,
    ) -> None:
        address = f"{of_bea.get_absolute_url()}{page}"
        assert client.get(address).status_code == 200
        settle_report(report=report, outcome=ReportOutcome.TAKEN_DOWN, by=alice, now=NOW)
        gone = client.get(address)
        assert gone.status_code in {404, 410}
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
