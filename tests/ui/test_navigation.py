from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from tests.ui.rendering import rendered
from ui import navigation
from ui.navigation import Link, Menu, Scope, menu_for, register, registered

HARBOUR = SimpleNamespace(slug="harbour-minds", name="Harbour Minds", is_worked_example=False)
SIGNED_IN = SimpleNamespace(is_authenticated=True)


@pytest.fixture(autouse=True)
def own_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_entries", {})
    register("People", "people", roles=["coordinator"], order=2)
    register("Start", "organisation_home", order=1)
    register("Privacy", "privacy", scope="public")
    register("My name", "my_name", scope="me")
    register("Nowhere", "no_such_page", scope="public")


def menu(path: str = "/", user: object = None, roles: list[str] | None = None) -> Menu:
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()  # type: ignore[assignment]
    if roles is not None:
        request.organisation = HARBOUR  # type: ignore[attr-defined]
        request.membership = SimpleNamespace(roles=roles)  # type: ignore[attr-defined]
    return menu_for(request)


def labels(links: tuple[Link, ...]) -> list[str]:
    return [link.label for link in links]


def test_the_public_sees_public_entries_alone() -> None:
    assert menu() == Menu(public=(Link("Privacy", "/about/privacy/", ""),))


def test_somebody_signed_in_sees_their_own() -> None:
    assert labels(menu(user=SIGNED_IN).me) == ["My name"]
    assert menu(user=SIGNED_IN).organisation == ()


def test_a_member_sees_what_their_roles_open_in_order() -> None:
    assert labels(menu(user=SIGNED_IN, roles=["staff"]).organisation) == ["Start"]
    both = menu(user=SIGNED_IN, roles=["staff", "coordinator"]).organisation
    assert labels(both) == ["Start", "People"]
    assert both[1].url == "/o/harbour-minds/people/"


def test_the_page_itself_is_current() -> None:
    here = menu("/o/harbour-minds/people/", SIGNED_IN, ["coordinator"]).organisation
    assert [link.current for link in here] == ["", "page"]


def test_below_a_page_its_nearest_entry_is_current() -> None:
    here = menu("/o/harbour-minds/people/invite/", SIGNED_IN, ["coordinator"]).organisation
    assert [link.current for link in here] == ["", "true"]


def test_in_a_room_beside_it_an_entry_is_current() -> None:
    register("People", "people", roles=["coordinator"], order=2, rooms=["invites"])
    for path in ("invites/", "invites/new/"):
        here = menu(f"/o/harbour-minds/{path}", SIGNED_IN, ["coordinator"]).organisation
        assert [link.current for link in here] == ["", "true"]
    for path in ("/o/northside/invites/", "/o/harbour-minds/invites-sent/"):
        here = menu(path, SIGNED_IN, ["coordinator"]).organisation
        assert "true" not in [link.current for link in here[1:]]


def test_registering_twice_keeps_one() -> None:
    register("Home", "organisation_home", order=5)
    assert [e.label for e in registered() if e.scope is Scope.ORGANISATION] == ["People", "Home"]


def test_an_unknown_scope_is_refused() -> None:
    with pytest.raises(ValueError, match="elsewhere"):
        register("X", "privacy", scope="elsewhere")


def test_the_menu_is_drawn_with_the_current_entry_marked() -> None:
    html = rendered("{% include 'components/_nav.html' %}", "/about/privacy/")
    assert '<li><a href="/about/privacy/" aria-current="page">Privacy</a></li>' in html
    assert f'<li><a href="{reverse("account_login")}">Sign in</a></li>' in html
    assert "Sign out" not in html


def test_a_request_that_never_met_a_session_has_a_menu() -> None:
    assert labels(menu_for(RequestFactory().get("/")).public) == ["Privacy"]


REGISTERED_BY_THE_APPS = registered()


@pytest.mark.parametrize("entry", REGISTERED_BY_THE_APPS, ids=lambda entry: entry.url_name)
def test_every_entry_of_the_product_leads_somewhere(entry: navigation.Entry) -> None:
    args = ["some-slug"] if entry.scope is Scope.ORGANISATION else []
    try:
        reverse(entry.url_name, args=args)
    except NoReverseMatch:
        pytest.fail(f"The menu names {entry.url_name}, which has no address.")
