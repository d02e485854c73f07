"""Every address × every method × four people, with other organisations' ids put in their place.

The list comes from the URL resolver, so a new page is in it from its first day: one without a
declared policy, or without arguments in `access_world`, fails the run.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from organisations.access import Policy
from organisations.enums import Role
from organisations.models import User
from tests.access_world import World, build_world
from tests.conftest import signed_in_as
from tests.factories.organisations import MembershipFactory, OrganisationFactory, UserFactory
from tests.test_house_rules import APPS_LOWEST_FIRST

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
LOGIN = "/accounts/login/"
# Doors that a relation opens (leading an action, sponsoring a recommendation), not a role.
BY_RELATION = {
    "action_accept",
    "learning_date_add",
    "learning_date_remove",
    "learning_edit",
    "learning_remove",
    "update_post",
}
# Pages of libraries, each with the policy that library gives it.
OF_LIBRARIES = {
    "account_login": Policy.PUBLIC,
    "account_logout": Policy.PUBLIC,
    "account_inactive": Policy.PUBLIC,
    "account_signup": Policy.PUBLIC,
    "account_reauthenticate": Policy.SIGNED_IN,
    "account_email": Policy.SIGNED_IN,
    "account_email_verification_sent": Policy.PUBLIC,
    "account_change_password": Policy.SIGNED_IN,
    "account_set_password": Policy.SIGNED_IN,
    "account_reset_password": Policy.PUBLIC,
    "account_confirm_login_code": Policy.PUBLIC,
    "account_confirm_password_reset_code": Policy.PUBLIC,
    "account_complete_password_reset": Policy.PUBLIC,
    "account_password_reset_completed": Policy.PUBLIC,
    "account_request_login_code": Policy.PUBLIC,
    "mfa_index": Policy.SIGNED_IN,
    "mfa_authenticate": Policy.PUBLIC,
    "mfa_reauthenticate": Policy.SIGNED_IN,
    "mfa_activate_totp": Policy.SIGNED_IN,
    "mfa_deactivate_totp": Policy.SIGNED_IN,
    "mfa_view_recovery_codes": Policy.SIGNED_IN,
    "mfa_generate_recovery_codes": Policy.SIGNED_IN,
    "mfa_download_recovery_codes": Policy.SIGNED_IN,
    "mfa_list_webauthn": Policy.SIGNED_IN,
    "mfa_add_webauthn": Policy.SIGNED_IN,
    "mfa_reauthenticate_webauthn": Policy.SIGNED_IN,
    "mfa_remove_webauthn": Policy.SIGNED_IN,
    "mfa_edit_webauthn": Policy.SIGNED_IN,
    "mfa_login_webauthn": Policy.PUBLIC,
}


def every_route() -> Iterator[tuple[str, URLPattern]]:
    def walk(patterns: list, prefix: str) -> Iterator[tuple[str, URLPattern]]:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            else:
                yield route, pattern

    yield from walk(get_resolver().url_patterns, "")


ROUTES = {
    str(pattern.name): (route, pattern)
    for route, pattern in every_route()
    if pattern.callback.__module__.split(".")[0] in APPS_LOWEST_FIRST
}
GUARDED = sorted(name for name, (route, _) in ROUTES.items() if route.startswith("o/"))
MINE = sorted(
    name
    for name, (_, pattern) in ROUTES.items()
    if pattern.callback.access_policy == Policy.SIGNED_IN
)
OPEN = sorted(
    name
    for name, (_, pattern) in ROUTES.items()
    if pattern.callback.access_policy in {Policy.PUBLIC, Policy.TOKEN}
)
FOR_THE_OPERATOR = sorted(
    name
    for name, (_, pattern) in ROUTES.items()
    if pattern.callback.access_policy == Policy.OPERATOR
)
FOR_DEVELOPERS = sorted(
    name
    for name, (_, pattern) in ROUTES.items()
    if pattern.callback.access_policy == Policy.DEVELOPMENT
)


@dataclass(frozen=True)
class Worlds:
    """Two organisations with everything in them, and the people who knock."""

    harbours: World
    northsides: World
    people: dict[str, User]


@pytest.fixture(scope="module")
def worlds(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Worlds]:
    """Built once, because it takes longer than any test; each test's writes are taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        harbour = OrganisationFactory(name="Harbour Minds", slug="harbour-minds")
        northside = OrganisationFactory(name="Northside Trust", slug="northside-trust")
        homes = {"alice": (harbour, list(Role)), "bea": (harbour, [Role.STAFF]),
                 "chidi": (northside, list(Role))}  # fmt: skip
        people = {}
        for name, (home, roles) in homes.items():
            people[name] = UserFactory(email=f"{name}@{home.slug}.example")
            MembershipFactory(user=people[name], organisation=home, roles=roles)
        yield Worlds(
            build_world(harbour, people["alice"]), build_world(northside, people["chidi"]), people
        )
        transaction.set_rollback(True)


@pytest.fixture
def harbours(worlds: Worlds, db: None) -> World:
    return worlds.harbours


@pytest.fixture
def northsides(worlds: Worlds, db: None) -> World:
    return worlds.northsides


@pytest.fixture
def alice(worlds: Worlds, db: None) -> User:
    return worlds.people["alice"]


@pytest.fixture
def bea(worlds: Worlds, db: None) -> User:
    return worlds.people["bea"]


@pytest.fixture
def chidi(worlds: Worlds, db: None) -> User:
    return worlds.people["chidi"]


def ask(client: Client, method: str, path: str) -> HttpResponse:
    """One request whose writes are taken back, so that no request sees another's."""
    with transaction.atomic():
        response = client.generic(method, path)
        transaction.set_rollback(True)
    return response


def address(name: str, world: World) -> str:
    _, pattern = ROUTES[name]
    needs = pattern.pattern.converters
    return reverse(name, kwargs=world.arguments[name] if needs else {})


def test_every_address_has_a_policy() -> None:
    without = [
        route
        for route, pattern in every_route()
        if not hasattr(pattern.callback, "access_policy")
        and pattern.name not in OF_LIBRARIES
        and not route.startswith("admin/")
    ]
    assert without == []


def test_every_address_with_arguments_is_walked(harbours: World) -> None:
    without = [
        name
        for name, (_, pattern) in ROUTES.items()
        if pattern.pattern.converters and name not in harbours.arguments
    ]
    assert without == []


@pytest.mark.parametrize("name", GUARDED)
def test_pages_of_an_organisation(
    name: str,
    harbours: World,
    northsides: World,
    client: Client,
    as_alice: Client,
    as_bea: Client,
    as_chidi: Client,
    bea: User,
) -> None:
    view = ROUTES[name][1].callback
    path = address(name, harbours)
    needs = set(getattr(view, "access_roles", ()))
    bea_is_refused = (needs and "staff" not in needs) or name in BY_RELATION
    for method in METHODS:
        anonymous = ask(client, method, path)
        assert anonymous.status_code == 302, f"{method} {path} anonymous"
        assert anonymous["Location"].startswith(LOGIN), f"{method} {path} anonymous"
        stranger = ask(as_chidi, method, path)
        assert stranger.status_code == 404, f"{method} {path} stranger"
        without_role = ask(as_bea, method, path)
        allowed = {403, 405} if bea_is_refused else {200, 302, 405}
        assert without_role.status_code in allowed, f"{method} {path} without the role"
        if needs and "staff" not in needs:
            assert without_role.status_code == 403, f"{method} {path} without the role"
        with_role = ask(as_alice, method, path)
        assert with_role.status_code in {200, 302, 405}, f"{method} {path} with the role"
        for response in (anonymous, without_role, with_role):
            assert northsides.canary not in response.content.decode(errors="replace")
        assert harbours.canary not in stranger.content.decode(errors="replace")


@pytest.mark.parametrize("name", [name for name in GUARDED if ROUTES[name][0].count("<") > 1])
def test_another_organisations_row_is_not_found(
    name: str, harbours: World, northsides: World, as_alice: Client
) -> None:
    """Our address, their ids: each one by itself, and all of them at once."""
    foreign = northsides.arguments[name]
    if name == "catalogue_adopt":
        foreign = foreign | {"key": "no-such-catalogue"}
    own = harbours.arguments[name]
    ids = [key for key in own if key != "organisation"]
    for swapped in [*([key] for key in ids), ids]:
        mixed = own | {key: foreign[key] for key in swapped}
        path = reverse(name, kwargs=mixed)
        for method in ("GET", "HEAD", "POST"):
            response = ask(as_alice, method, path)
            assert response.status_code in {404, 405}, f"{method} {path}"
            assert northsides.canary not in response.content.decode(errors="replace")
        statuses = {ask(as_alice, method, path).status_code for method in ("GET", "POST")}
        assert 404 in statuses, path


@pytest.mark.parametrize("name", MINE)
def test_pages_about_oneself(
    name: str,
    harbours: World,
    northsides: World,
    client: Client,
    as_alice: Client,
    as_bea: Client,
) -> None:
    path = address(name, harbours)
    is_a_row = bool(ROUTES[name][1].pattern.converters)
    for method in METHODS:
        anonymous = ask(client, method, path)
        assert anonymous.status_code == 302, f"{method} {path} anonymous"
        assert anonymous["Location"].startswith(LOGIN), f"{method} {path} anonymous"
        own = ask(as_alice, method, path)
        assert own.status_code in {200, 302, 405}, f"{method} {path}"
        other = ask(as_bea, method, path)
        allowed = {404, 405} if is_a_row else {200, 302, 405}
        assert other.status_code in allowed, f"{method} {path} somebody else"
        for response in (own, other):
            assert northsides.canary not in response.content.decode(errors="replace")


@pytest.mark.parametrize("name", OPEN)
def test_pages_for_everybody(
    name: str, harbours: World, northsides: World, client: Client, as_bea: Client
) -> None:
    """Nothing private shows, nothing breaks, and a guessed token opens nothing."""
    path = address(name, harbours)
    for visitor in (client, as_bea):
        for method in METHODS:
            response = ask(visitor, method, path)
            assert response.status_code in {200, 302, 400, 404, 405, 503}, f"{method} {path}"
            shown = response.content.decode(errors="replace")
            assert harbours.canary not in shown
            assert northsides.canary not in shown
    if ROUTES[name][1].callback.access_policy == Policy.TOKEN:
        assert ask(client, "POST", path).status_code in {400, 404, 405}


@pytest.mark.parametrize("name", FOR_THE_OPERATOR)
def test_pages_for_whoever_runs_the_installation(
    name: str,
    harbours: World,
    client: Client,
    as_alice: Client,
    as_operator: Client,
    operator: User,
) -> None:
    """To everybody else they are not there; without a second way to sign in they do not open."""
    path = address(name, harbours)
    for method in METHODS:
        assert ask(client, method, path)["Location"].startswith(LOGIN), f"{method} {path}"
        stranger = ask(as_alice, method, path)
        assert stranger.status_code == 404, f"{method} {path}"
        assert harbours.canary not in stranger.content.decode(errors="replace")
        assert ask(as_operator, method, path).status_code in {200, 302, 405}, f"{method} {path}"
    operator.authenticator_set.all().delete()
    assert ask(as_operator, "GET", path)["Location"] == "/accounts/2fa/"


@pytest.mark.parametrize("name", FOR_DEVELOPERS)
def test_pages_for_developers_are_not_there(
    name: str, harbours: World, client: Client, as_alice: Client
) -> None:
    for visitor in (client, as_alice):
        for method in METHODS:
            assert ask(visitor, method, address(name, harbours)).status_code == 404


@pytest.mark.parametrize("name", sorted(OF_LIBRARIES))
def test_pages_of_libraries(name: str, client: Client, db: None) -> None:
    needs_a_key = {"mfa_remove_webauthn", "mfa_edit_webauthn"}
    path = reverse(name, kwargs={"pk": 1} if name in needs_a_key else {})
    for method in ("GET", "POST"):
        response = ask(client, method, path)
        if OF_LIBRARIES[name] == Policy.SIGNED_IN:
            assert response.status_code == 302, f"{method} {path}"
            assert response["Location"].startswith(LOGIN), f"{method} {path}"
        else:
            assert response.status_code in {200, 302, 405, 409}, f"{method} {path}"


ADMIN_PATHS = ["/admin/", "/admin/organisations/user/", "/admin/outbox/email/"]
# Every model that whoever runs the installation may look at. None of sign-in's is among them.
IN_ADMIN = {
    "commitments.Pledge",
    "commitments.Wording",
    "committees.Group",
    "committees.Meeting",
    "organisations.Membership",
    "organisations.Organisation",
    "organisations.User",
    "outbox.Attempt",
    "outbox.Email",
    "outbox.Heartbeat",
    "outbox.Suppression",
    "panels.Gathering",
    "panels.Tally",
    "recommendations.Recommendation",
    "recommendations.Source",
    "reminders.Preference",
    "reminders.Reminder",
}


@pytest.mark.parametrize("path", ADMIN_PATHS)
def test_the_admin_is_for_whoever_runs_the_installation(
    path: str, harbours: World, client: Client, as_alice: Client, as_operator: Client
) -> None:
    assert ask(client, "GET", path)["Location"].startswith((LOGIN, "/admin/login/"))
    response = ask(as_alice, "GET", path)
    assert response.status_code in {302, 403}
    assert harbours.canary not in response.content.decode(errors="replace")
    assert ask(as_alice, "GET", "/admin/login/").status_code == 403
    assert ask(client, "POST", "/admin/login/")["Location"].startswith(LOGIN)
    assert ask(as_operator, "GET", path).status_code == 200


@pytest.mark.parametrize("path", ADMIN_PATHS)
def test_the_admin_wants_a_second_way_to_sign_in(path: str, operator: User) -> None:
    operator.authenticator_set.all().delete()
    client = signed_in_as(operator)
    assert ask(client, "GET", path).status_code == 302
    assert ask(client, "GET", f"/admin/login/?next={path}")["Location"] == "/accounts/2fa/"


def test_the_admin_knows_these_and_no_others() -> None:
    assert {model._meta.label for model in admin.site._registry} == IN_ADMIN


def test_a_page_of_a_library_or_one_that_writes_is_not_taken() -> None:
    admin.site.register(Authenticator)
    admin.site.register(Authenticator, admin.ModelAdmin)
    assert not admin.site.is_registered(Authenticator)


@pytest.mark.parametrize("label", sorted(IN_ADMIN))
def test_the_admin_is_to_look_at(
    label: str, harbours: World, as_operator: Client, operator: User
) -> None:
    """Its list and a row of it open; nothing is added or deleted, and no secret is there."""
    model = apps.get_model(label)
    changelist = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    pages = [ask(as_operator, "GET", changelist)]
    shown = pages[0].context["cl"].queryset.first()
    if shown is not None:
        row = f"{changelist}{quote(shown.pk)}/"
        pages.append(ask(as_operator, "GET", f"{row}change/"))
        assert ask(as_operator, "POST", f"{row}delete/").status_code == 403
        if model is not User:
            assert ask(as_operator, "POST", f"{row}change/").status_code == 403
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert ask(as_operator, "GET", f"{changelist}add/").status_code == 403
    said = "".join(page.content.decode() for page in pages)
    for secret in ("TOTP-SECRET", f"{harbours.canary} note", operator.password):
        assert secret not in said


@pytest.mark.parametrize("path", ["mfa/authenticator/", "account/emailaddress/", "auth/group/"])
def test_sign_in_has_no_page_in_the_admin(path: str, as_operator: Client) -> None:
    assert as_operator.get(f"/admin/{path}").status_code == 404


def test_an_account_can_be_closed_and_nothing_else_of_it_changed(
    as_operator: Client, bea: User
) -> None:
    typed = {"email": "x@evil.example", "display_name": "X", "is_staff": "on"}
    as_operator.post(f"/admin/organisations/user/{bea.pk}/change/", typed)
    now = User.objects.get(pk=bea.pk)
    assert (now.email, now.display_name, now.is_staff) == (bea.email, bea.display_name, False)
    assert (bea.is_active, now.is_active) == (True, False)
