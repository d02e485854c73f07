"""Handing out files: to whom, under which name, and so that no browser opens them here."""

from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from organisations.models import Organisation, User
from recommendations.models import Action, Evidence, Recommendation, StoredFile
from tests.factories.proving import PDF, EvidenceFactory, add_version, picture, stored
from tests.factories.recommendations import RecommendationFactory


@pytest.fixture
def evidence(deliverable: Action) -> Evidence:
    """The third piece about its recommendation; its second version is a file."""
    about = deliverable.recommendation
    made: Evidence = [EvidenceFactory(recommendation=about) for _ in range(3)][-1]
    add_version(made, **stored())
    return made


def path(evidence: Evidence, number: int = 2) -> str:
    return f"/o/harbour-minds/recommendations/evidence/{evidence.pk}/versions/{number}/"


def make_public(evidence: Evidence, by: User, version: int) -> None:
    Evidence.objects.filter(pk=evidence.pk).update(
        public_by=by, public_at=timezone.now(), public_version=version
    )


def test_it_works(evidence: Evidence, as_bea: Client) -> None:
    response = as_bea.get(path(evidence))
    assert response.content == PDF
    wanted = {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="1.7 evidence 3 version 2.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
    assert {name: response[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("3.2", "3.2 evidence 1 version 1.pdf"),
        ('a"; x=/../b', "a-x-..-b evidence 1 version 1.pdf"),
        ("Ẹ̀kọ́\r\n", "k evidence 1 version 1.pdf"),
        ("/../", "evidence 1 version 1.pdf"),
    ],
)
def test_no_reference_breaks_the_name(
    reference: str, name: str, harbour: Organisation, as_alice: Client
) -> None:
    made = EvidenceFactory(
        recommendation=RecommendationFactory(organisation=harbour, reference=reference),
        version=None,
        version__kind="file",
        version__file=StoredFile.objects.create(
            content=PDF, media_type="application/pdf", size=len(PDF)
        ),
    )
    got = as_alice.get(path(made, 1))["Content-Disposition"]
    assert got == f'attachment; filename="{name}"'


def test_head_has_the_same_headers(evidence: Evidence, as_bea: Client) -> None:
    response = as_bea.head(path(evidence))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.content == b""


def test_only_get(evidence: Evidence, as_bea: Client) -> None:
    assert as_bea.post(path(evidence)).status_code == 405


@pytest.mark.parametrize("number", [0, 1, 3, 10**12])
def test_a_version_without_a_file_is_not_found(
    evidence: Evidence, as_bea: Client, number: int
) -> None:
    assert as_bea.get(path(evidence, number)).status_code == 404


def test_one_that_was_erased_is_not_found(evidence: Evidence, as_bea: Client) -> None:
    StoredFile.objects.update(content=b"")
    assert as_bea.get(path(evidence)).status_code == 404


def test_a_stranger_and_nobody(evidence: Evidence, as_chidi: Client, client: Client) -> None:
    assert as_chidi.get(path(evidence)).status_code == 404
    theirs = path(evidence).replace("harbour-minds", "northside-trust")
    assert as_chidi.get(theirs).status_code == 404
    assert client.get(path(evidence))["Location"].startswith("/accounts/login/")


def test_public_or_not_a_stranger_stays_outside(
    evidence: Evidence, carol: User, as_chidi: Client
) -> None:
    make_public(evidence, carol, version=2)
    assert as_chidi.get(path(evidence)).status_code == 404


def test_an_adviser_gets_the_public_version_alone(
    evidence: Evidence, carol: User, as_adviser: Client
) -> None:
    assert as_adviser.get(path(evidence)).status_code == 404
    make_public(evidence, carol, version=2)
    add_version(evidence, **stored(PDF + b"\n"))
    assert as_adviser.get(path(evidence)).content == PDF
    assert as_adviser.get(path(evidence, 3)).status_code == 404
    Evidence.objects.update(withdrawn_at=timezone.now())
    assert as_adviser.get(path(evidence)).status_code == 404


def test_members_still_get_what_was_withdrawn(evidence: Evidence, as_bea: Client) -> None:
    Evidence.objects.update(withdrawn_at=timezone.now())
    assert as_bea.get(path(evidence)).content == PDF


def test_from_the_form_to_the_download_a_picture_loses_where_it_was_taken(
    recommendation: Recommendation, deliverable: Action, as_lead: Client
) -> None:
    told = Image.Exif()
    told.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    told[0x010F] = "CameraMaker"
    sent = BytesIO(picture("JPEG", exif=told))
    sent.name = "../../ada-lovelace.html"
    start = f"/o/harbour-minds/recommendations/{recommendation.pk}/evidence/add/"
    as_lead.post(start, {"title": "A room", "dated": "2026-01-10", "file": sent})
    made = Evidence.objects.get()
    response = as_lead.get(path(made, 1))
    assert response["Content-Disposition"] == (
        'attachment; filename="1.7 evidence 1 version 1.jpg"'
    )
    assert b"CameraMaker" not in response.content
    assert b"CameraMaker" in sent.getvalue()
