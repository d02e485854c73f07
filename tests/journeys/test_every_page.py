"""Every page that the resolver knows, so that none escapes the accessibility check.

One load each, looked at twice: at a desk in the light theme and on a phone in the dark one. The
journeys see the main pages in all four ways.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from pytest_django.fixtures import Settings

from organisations.access import Policy
from organisations.models import Organisation, User
from panels.models import Gathering
from tests.access_world import World, build_world
from tests.factories.panels import enter_count, numbers
from tests.journeys.test_people import (
    PASSWORD,
    adds_a_passkey,
    has_a_passkey_device,
    signs_in_with_password,
)
from tests.journeys.visitor import DESK, FOLD, PHONE, UNFOLD, Visitor
from tests.test_access_matrix import OF_LIBRARIES, ROUTES

# Not pages: answers for machines, downloads, and what allauth's scripts fetch.
NO_PAGES = {
    "healthz",
    "readyz",
    "dev_mail_html",
    "mfa_login_webauthn",
    "mfa_download_recovery_codes",
}
ONLY_BY_POST = {
    "action_accept",
    "catalogue_adopt",
    "group_member_end",
    "invite_revoke",
    "mail_send_again",
    "pledge_confirm",
    "pledge_publish",
}
OF_ONE_KEY = {"mfa_remove_webauthn", "mfa_edit_webauthn"}
PUBLIC = {Policy.PUBLIC, Policy.TOKEN}


class Inspector(Visitor):
    def look(self) -> None:
        self.page.evaluate(UNFOLD)
        for size, theme in ((DESK, "light"), (PHONE, "dark")):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            self.check(theme)
        self.page.set_viewport_size(DESK)  # type: ignore[arg-type]
        self.page.evaluate(FOLD)
        self.hears_no_complaint()


@pytest.fixture
def screen() -> dict[str, int]:
    return DESK


@pytest.fixture
def inspector(visitor: Visitor) -> Inspector:
    return Inspector(visitor.context, visitor.server)


@pytest.fixture
def world(server: str, harbour: Organisation, alice: User) -> World:
    """With a count on record, so that its pages have something to show."""
    found = build_world(harbour, alice)
    event = Gathering.objects.get(pk=found.arguments["gathering_detail"]["pk"])
    enter_count(event, numbers(4, 1, 2, 0, 3), by=alice)
    enter_count(event, numbers(8, 4, 3, 1, 5), by=alice)
    return found


def pages(world: World, policies: set[Policy]) -> Iterator[tuple[str, str]]:
    """Names and addresses of what answers to GET."""
    for name, (_, pattern) in sorted(ROUTES.items()):
        if pattern.callback.access_policy in policies and name not in NO_PAGES:
            arguments = world.arguments[name] if pattern.pattern.converters else {}
            yield name, reverse(name, kwargs=arguments)
    for name, policy in sorted(OF_LIBRARIES.items()):
        if policy in policies and name not in NO_PAGES:
            key = {"pk": Authenticator.objects.first().pk} if name in OF_ONE_KEY else {}
            yield name, reverse(name, kwargs=key)


def inspects(inspector: Inspector, addresses: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Looks at every page that opens, once; the others come back with their status."""
    refused, seen = {}, set()
    for name, address in addresses:
        response = inspector.page.goto(inspector.server + address)
        assert response is not None
        if response.status != 200:
            inspector.forgives(response.status)
            refused[name] = response.status
        elif response.url not in seen:
            seen.add(response.url)
            inspector.look()
    return refused


def test_what_everybody_sees(inspector: Inspector, world: World) -> None:
    refused = inspects(inspector, pages(world, PUBLIC))
    assert refused == {"invite_accept": 404, "unsubscribe": 404}


def test_what_somebody_with_every_role_sees(
    inspector: Inspector, world: World, alice: User
) -> None:
    has_a_passkey_device(inspector)
    signs_in_with_password(inspector, alice)
    adds_a_passkey(inspector)
    TOTP.activate(alice, generate_totp_secret())
    refused = inspects(inspector, pages(world, {*Policy} - PUBLIC - {Policy.DEVELOPMENT}))
    assert refused == dict.fromkeys(ONLY_BY_POST, 405)
    inspector.signs_out()
    inspector.opens("/accounts/login/")
    inspector.types(login=alice.email, password=PASSWORD)
    inspector.presses("Sign in")
    inspector.is_at("One more step")


def test_what_a_developer_sees(
    inspector: Inspector, world: World, settings: Settings, tmp_path: Path
) -> None:
    settings.IS_DEVELOPMENT = True
    settings.DEV_MAIL_DIR = tmp_path
    found = [*pages(world, {Policy.DEVELOPMENT}), ("account_login", "/accounts/login/")]
    assert inspects(inspector, found) == {"demo_sign_in": 405}


def test_refusals(
    inspector: Inspector,
    world: World,
    bea: User,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/h/ip"}
    inspector.opens("/?q=%00", status=400)
    inspector.opens("/nowhere/", status=404)
    inspector.opens("/join/no-such-token/", status=404)
    for _ in range(2):
        inspector.goes_to("/accounts/signup/")
        inspector.main.get_by_role("button", name="Create account").click()
    inspector.is_at("Too many tries")
    inspector.forgives(429)
    inspector.look()
    inspector.goes_to("/accounts/signup/")
    inspector.context.clear_cookies()
    inspector.main.get_by_role("button", name="Create account").click()
    inspector.is_at("This form has gone stale")
    inspector.forgives(403)
    inspector.look()
    inspector.is_signed_in_as(bea)
    inspector.opens("/nowhere/", status=404)
    inspector.opens("/o/northside-trust/", status=404)
    inspector.opens("/o/harbour-minds/people/invite/", status=403)
    inspector.opens(reverse("pledge_confirm", kwargs=world.arguments["pledge_confirm"]), status=403)
    inspector.opens("/o/harbour-minds/recommendations/add/oxytocin_2021/", status=403)
    monkeypatch.setattr("commitments.views.public.queries", None)
    inspector.opens("/pledges/", status=500)
