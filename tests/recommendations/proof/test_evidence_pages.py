"""Adding evidence, its versions, who reads it: what the pages do and refuse."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation, User
from recommendations.evidence_files import MAX_BYTES
from recommendations.evidence_refusals import DAMAGED, EMPTY, TOO_LARGE, UNKNOWN
from recommendations.forms.evidence import NO_LINK, NO_LOGIN, NOT_BOTH, SOMETHING
from recommendations.models import Action, Evidence, Recommendation
from recommendations.proof import NOT_YET
from recommendations.refusals import CLOSED, NEWER_VERSION, SAME_AGAIN
from tests.factories.deciding import closed_by_decision
from tests.factories.proving import PDF, EvidenceFactory, add_version, office, picture, stored
from tests.recommendations.proof.conftest import proven_on

TODAY = timezone.localdate()
GOOD = {"title": "Recruitment policy", "dated": TODAY.isoformat(), "note": "The board agreed it."}


def start(recommendation: Recommendation) -> str:
    return f"/o/harbour-minds/recommendations/{recommendation.pk}/evidence/"


def of(evidence: Evidence, page: str = "") -> str:
    return f"/o/harbour-minds/recommendations/evidence/{evidence.pk}/{page}"


def sent(content: bytes, name: str = "report.pdf", kind: str = "application/pdf") -> dict:
    return GOOD | {"note": "", "file": SimpleUploadedFile(name, content, kind)}


@pytest.fixture
def evidence(deliverable: Action) -> Evidence:
    made: Evidence = EvidenceFactory(
        recommendation=deliverable.recommendation, action=deliverable, title="PIECE"
    )
    return made


class TestAdd:
    def test_it_works(self, deliverable: Action, as_lead: Client, lead: User) -> None:
        path = f"{start(deliverable.recommendation)}add/?action={deliverable.pk}"
        assert as_lead.get(path).status_code == 200
        response = as_lead.post(path, sent(PDF, "C:\\Users\\ada\\..\\report.exe", "text/html"))
        assert response["Location"] == deliverable.get_absolute_url()
        made = Evidence.objects.get()
        version = made.versions.get()
        assert (made.action, made.added_by, made.title) == (deliverable, lead, GOOD["title"])
        assert version.file is not None
        assert version.file.media_type == "application/pdf"
        assert proven_on(deliverable) == TODAY

    def test_about_the_whole(
        self, recommendation: Recommendation, deliverable: Action, as_alice: Client
    ) -> None:
        response = as_alice.post(f"{start(recommendation)}add/", GOOD)
        assert response["Location"] == recommendation.get_absolute_url()
        assert Evidence.objects.get().action is None

    @pytest.mark.parametrize("wanted", ["no-such-id", "0" * 32])
    def test_about_no_such_action(self, deliverable: Action, as_lead: Client, wanted: str) -> None:
        path = f"{start(deliverable.recommendation)}add/?action={wanted}"
        assert as_lead.post(path, GOOD).status_code == 404

    def test_a_second_press_makes_one(self, deliverable: Action, as_lead: Client) -> None:
        for _ in range(2):
            as_lead.post(f"{start(deliverable.recommendation)}add/", sent(PDF))
        assert Evidence.objects.count() == 1

    @pytest.mark.parametrize(
        ("bad", "field", "message"),
        [
            ({"title": " "}, "title", "Say in a few words what it is."),
            ({"note": " "}, "note", SOMETHING),
            ({"url": "javascript:alert(1)"}, "url", NO_LINK),
            ({"url": "data:text/html,x"}, "url", NO_LINK),
            ({"url": "ftp://example.org/x"}, "url", NO_LINK),
            ({"url": "https://ada:secret@example.org/"}, "url", NO_LOGIN),
            ({"url": "https://example.org/" + "x" * 500}, "url", "500 characters or fewer"),
            ({"dated": (TODAY + timedelta(days=1)).isoformat()}, "dated", NOT_YET),
            ({"note": "x" * 4001}, "note", "Use 4000 characters or fewer."),
        ],
    )
    def test_bad_input_is_named_and_kept(
        self,
        deliverable: Action,
        as_lead: Client,
        bad: dict[str, str],
        field: str,
        message: str,
    ) -> None:
        response = as_lead.post(f"{start(deliverable.recommendation)}add/", GOOD | bad)
        form = response.context["form"]
        assert list(form.errors) == [field]
        assert message in form.errors[field][0]
        assert form["note"].value() == (GOOD | bad)["note"]

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", EMPTY),
            (b"a" * (MAX_BYTES + 1), TOO_LARGE),
            (b"<!doctype html><script>alert(1)</script>", "This is a web page"),
            (b"<svg onload='alert(1)'/>", "This is a web page"),
            (b"MZ\x90\x00", UNKNOWN),
            (picture()[:40], DAMAGED),
            (office(**{"word/vbaProject.bin": "x"}), "This document holds macros."),
        ],
    )
    def test_a_bad_file_is_named_and_the_rest_is_kept(
        self, deliverable: Action, as_lead: Client, content: bytes, message: str
    ) -> None:
        response = as_lead.post(f"{start(deliverable.recommendation)}add/", sent(content))
        form = response.context["form"]
        assert list(form.errors) == ["file"]
        assert message in form.errors["file"][0]
        shown = response.content.decode()
        assert "Recruitment policy" in shown
        assert "Choose the file again" in shown
        assert Evidence.objects.count() == 0

    def test_not_a_file_and_a_link(self, deliverable: Action, as_lead: Client) -> None:
        both = sent(PDF) | {"url": "https://example.org/"}
        response = as_lead.post(f"{start(deliverable.recommendation)}add/", both)
        assert response.context["form"].errors == {"url": [NOT_BOTH]}

    def test_a_closed_one_is_refused_in_words(self, deliverable: Action, as_lead: Client) -> None:
        closed_by_decision(deliverable.recommendation)
        response = as_lead.post(f"{start(deliverable.recommendation)}add/", GOOD)
        assert CLOSED in response.content.decode()


class TestVersions:
    def test_it_works(self, evidence: Evidence, as_lead: Client) -> None:
        path = of(evidence, "new-version/")
        assert as_lead.get(path).status_code == 200
        link = {"dated": TODAY.isoformat(), "url": "https://example.org/a-long/address"}
        assert as_lead.post(path, link)["Location"] == of(evidence)
        assert SAME_AGAIN in as_lead.post(path, link).content.decode()
        shown = as_lead.get(of(evidence)).content.decode()
        assert "<bdi>example.org</bdi>" in shown
        assert "Version 1" in shown
        assert "Version 2" in shown

    def test_what_is_public_stays_so(
        self, evidence: Evidence, as_lead: Client, as_carol: Client, as_adviser: Client
    ) -> None:
        as_carol.post(of(evidence, "public/"), {"version": "1"})
        assert (
            "What is public stays public"
            in as_lead.get(of(evidence, "new-version/")).content.decode()
        )
        as_lead.post(of(evidence, "new-version/"), GOOD | {"note": "INTERNAL-WORDS"})
        shown = as_adviser.get(of(evidence)).content.decode()
        assert "The board agreed it in March." in shown
        assert "INTERNAL-WORDS" not in shown
        assert "Newest version internal" in as_carol.get(of(evidence)).content.decode()


class TestWithdraw:
    def test_it_works(self, evidence: Evidence, as_lead: Client, as_bea: Client) -> None:
        for _ in range(2):
            assert as_lead.post(of(evidence, "withdraw/"))["Location"] == of(evidence)
        assert "Withdrawn" in as_bea.get(of(evidence)).content.decode()

    def test_a_closed_one_is_refused_in_words(self, evidence: Evidence, as_lead: Client) -> None:
        closed_by_decision(evidence.recommendation)
        shown = as_lead.post(of(evidence, "withdraw/"), follow=True).content.decode()
        assert CLOSED in shown


class TestPublish:
    def test_it_works(self, evidence: Evidence, as_carol: Client, carol: User) -> None:
        assert "Make it public" in as_carol.get(of(evidence)).content.decode()
        as_carol.post(of(evidence, "public/"), {"version": "1"})
        shown = as_carol.get(of(evidence)).content.decode()
        assert "Everybody may read version 1." in shown
        assert carol.display_name in shown
        as_carol.post(of(evidence, "internal/"))
        assert Evidence.objects.get().public_at is None

    @pytest.mark.parametrize("version", ["", "0", "2", "x"])
    def test_only_what_was_looked_at(
        self, evidence: Evidence, as_carol: Client, version: str
    ) -> None:
        shown = as_carol.post(of(evidence, "public/"), {"version": version}, follow=True)
        assert NEWER_VERSION in shown.content.decode()

    @pytest.mark.parametrize("who", ["as_lead", "as_bea", "as_adviser"])
    def test_nobody_else_does(
        self, evidence: Evidence, who: str, request: pytest.FixtureRequest
    ) -> None:
        client = request.getfixturevalue(who)
        for page in ("public/", "internal/"):
            assert client.post(of(evidence, page), {"version": "1"}).status_code == 403

    def test_a_coordinator_who_added_it_does_not(
        self, evidence: Evidence, as_alice: Client, alice: User
    ) -> None:
        evidence = EvidenceFactory(recommendation=evidence.recommendation, added_by=alice)
        assert "Make it public" not in as_alice.get(of(evidence)).content.decode()
        assert as_alice.post(of(evidence, "public/"), {"version": "1"}).status_code == 403


class TestLists:
    @pytest.mark.parametrize("rows", [1, 3])
    def test_it_asks_as_much_however_many(
        self,
        recommendation: Recommendation,
        deliverable: Action,
        as_lead: Client,
        rows: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        EvidenceFactory.create_batch(rows, recommendation=recommendation, action=deliverable)
        with django_assert_num_queries(8):
            assert as_lead.get(start(recommendation)).status_code == 200

    def test_a_hundred(
        self, recommendation: Recommendation, as_bea: Client, harbour: Organisation
    ) -> None:
        EvidenceFactory.create_batch(100, recommendation=recommendation)
        shown = as_bea.get(start(recommendation) + "?page=4").content.decode()
        assert "76 to 100 of 100 pieces of evidence" in shown

    def test_an_adviser_sees_what_is_public(
        self, evidence: Evidence, as_adviser: Client, as_carol: Client
    ) -> None:
        path = start(evidence.recommendation)
        assert "PIECE" not in as_adviser.get(path).content.decode()
        assert as_adviser.get(of(evidence)).status_code == 404
        as_carol.post(of(evidence, "public/"), {"version": "1"})
        assert "PIECE" in as_adviser.get(path).content.decode()

    @pytest.mark.parametrize("versions", [1, 3])
    def test_versions_ask_as_much_however_many(
        self,
        evidence: Evidence,
        as_carol: Client,
        versions: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(versions):
            add_version(evidence, **stored())
        with django_assert_num_queries(9):
            assert as_carol.get(of(evidence)).status_code == 200
