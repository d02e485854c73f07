import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from ui import views
from ui.access import Policy

PUBLIC = ["home", "privacy", "accessibility", "operator"]


@pytest.fixture
def quiet(client: Client) -> Client:
    client.raise_request_exception = False
    return client


def title(html: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    assert found is not None
    return re.sub(r"<[^>]+>|&nbsp;", " ", found[1])


@pytest.mark.parametrize("name", PUBLIC)
def test_public_pages_work_for_anybody_without_a_query(
    client: Client, name: str, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    with django_assert_num_queries(0):
        response = client.get(reverse(name))
    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("name", [*PUBLIC, "healthz"])
def test_they_are_declared_public_and_take_no_post(client: Client, name: str) -> None:
    assert getattr(views, name).access_policy is Policy.PUBLIC
    assert client.post(reverse(name)).status_code == 405


def test_the_front_page_has_three_doors(client: Client) -> None:
    html = client.get("/").content.decode()
    doors = re.findall(r'class="door[^"]*" href="([^"]+)"', html)
    assert doors == [reverse("pledge_start"), reverse("check"), reverse("account_login")]


def test_healthz(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


def test_the_operator_is_named(client: Client, settings: pytest.FixtureRequest) -> None:
    settings.OPERATOR_NAME, settings.OPERATOR_EMAIL = "Table CIO", "hello@example.org"
    html = client.get(reverse("operator")).content.decode()
    assert "Table CIO" in html
    assert '<a href="mailto:hello@example.org">hello@example.org</a>' in html


def test_an_unnamed_operator_is_admitted(client: Client, settings: pytest.FixtureRequest) -> None:
    settings.OPERATOR_NAME = settings.OPERATOR_EMAIL = ""
    assert "Nobody has put their name here yet" in client.get(reverse("operator")).content.decode()


def test_the_gallery_is_for_development(client: Client, settings: pytest.FixtureRequest) -> None:
    assert views.gallery.access_policy is Policy.DEVELOPMENT
    settings.IS_DEVELOPMENT = False
    assert client.get("/ui/").status_code == 404
    settings.IS_DEVELOPMENT = True
    html = client.get("/ui/").content.decode()
    assert html.count('<svg class="line-up ') == 28
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted({i for i in ids if ids.count(i) > 1}) == []


@pytest.mark.parametrize(
    ("view", "status", "heading"),
    [
        (views.bad_request, 400, "We could not read that request"),
        (views.forbidden, 403, "You cannot open this page"),
        (views.not_found, 404, "There is no such page"),
        (views.wrong_method, 405, "This page does not work that way"),
        (views.too_many_tries, 429, "Too many tries"),
        (views.server_error, 500, "Something went wrong on our side"),
        (views.csrf_failure, 403, "This form has gone stale"),
    ],
)
def test_error_pages(view: object, status: int, heading: str) -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    response = view(request)  # type: ignore[operator]
    assert response.status_code == status
    assert title(response.content.decode()) == heading


@pytest.mark.parametrize("view", [views.bad_request, views.server_error])
def test_the_barest_pages_need_neither_user_nor_database(view: object) -> None:
    assert view(RequestFactory().get("/")).content.startswith(b"<!DOCTYPE html>")  # type: ignore[operator]


def test_an_unknown_address_gets_our_page(quiet: Client) -> None:
    response = quiet.get("/no/such/page/")
    assert response.status_code == 404
    assert title(response.content.decode()) == "There is no such page"


def test_a_form_without_its_token_gets_our_page() -> None:
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "a"})
    assert response.status_code == 403
    assert title(response.content.decode()) == "This form has gone stale"


def test_every_stylesheet_is_short_and_used() -> None:
    sheets = sorted((Path(settings.ROOT) / "static" / "css").glob("*.css"))
    templates = "".join(p.read_text() for p in (settings.ROOT / "templates").rglob("*.html"))
    assert [s.name for s in sheets if len(s.read_text().splitlines()) > 300] == []
    assert [s.name for s in sheets if f"css/{s.name}" not in templates] == []
