"""Anybody says that a pledge is not that person's."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from commitments.actions.trusting import report_pledge
from commitments.enums import Ending, PledgeState, PledgeVerb, ReportOutcome
from commitments.models import ImpersonationReport, Pledge
from history.models import Entry
from organisations.models import Organisation, User
from outbox.enums import Kind
from outbox.models import Email
from tests.commitments.reports.conftest import LIST, NOW, TYPED, form_of, settle
from tests.factories.commitments import PledgeFactory
from tests.factories.trusting import ImpersonationReportFactory


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
        assert of_bea.reports.get(outcome="").text == "Not hers"

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
