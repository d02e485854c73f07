"""The page that may be framed by anyone, and that no other may."""

import re

import pytest
from django.test import Client

from commitments.models import Pledge, Wording
from tests.factories.commitments import PledgeFactory

EMBED = "/pledges/alice-adeyemi/embed/"


def test_it_is_small_and_runs_nothing(client: Client, pledge: Pledge) -> None:
    response = client.get(EMBED)
    page = response.content.decode()
    assert response.status_code == 200
    assert "<h1><bdi>Alice Adeyemi</bdi></h1>" in page
    for absent in ("<script", "<form", "<style", "style=", "<img", "<iframe"):
        assert absent not in page
    assert len(page) < 6000
    assert re.findall(r"<a [^>]*>", page) == [
        '<a href="http://127.0.0.1:8000/pledges/alice-adeyemi/" target="_top">'
    ]


def test_promises_stand_by_their_titles_and_own_words(client: Client, wording: Wording) -> None:
    PledgeFactory(
        slug="some",
        signing=wording,
        signing__left_out=("balanced_panels",),
        signing__own=("I <ask>.",),
    )
    page = client.get("/pledges/some/embed/").content.decode()
    assert "<strong>Left out:</strong> Speak on balanced panels" in page
    assert "<li>I &lt;ask&gt;.</li>" in page


def test_anybody_may_frame_it_and_it_sets_no_cookie(as_bea: Client, pledge: Pledge) -> None:
    as_bea.cookies["other"] = "1"
    response = as_bea.get(EMBED)
    policy = response["Content-Security-Policy"].split("; ")
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "script-src 'none'" in policy
    assert "form-action 'none'" in policy
    assert "X-Frame-Options" not in response
    assert response.cookies == {}
    assert response["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize(
    "address", ["/", "/pledges/", "/pledges/alice-adeyemi/", "/pledges/alice-adeyemi/reflections/"]
)
def test_nothing_else_may_be_framed(address: str, client: Client, pledge: Pledge) -> None:
    response = client.get(address)
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"].split("; ")
    assert response["X-Frame-Options"] == "DENY"


def test_an_unknown_one_is_an_ordinary_page(client: Client, db: None) -> None:
    response = client.get("/pledges/nobody/embed/")
    assert response.status_code == 404
    assert response["X-Frame-Options"] == "DENY"


def test_it_is_only_read(client: Client, pledge: Pledge) -> None:
    assert client.post(EMBED).status_code == 405


def test_the_page_offers_the_markup_to_copy(client: Client, pledge: Pledge) -> None:
    page = client.get("/pledges/alice-adeyemi/").content.decode()
    assert (
        "&lt;iframe src=&quot;http://127.0.0.1:8000/pledges/alice-adeyemi/embed/&quot; "
        "title=&quot;The anti-racism pledge of Alice Adeyemi&quot;" in page
    )
