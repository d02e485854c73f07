"""Every address that the resolver knows, by the policy that opens it, and how one is asked."""

from collections.abc import Iterator

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from organisations.access import Policy
from tests.access_world import World
from tests.house_rules.tree import APPS_LOWEST_FIRST

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
LOGIN = "/accounts/login/"
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


def ask(client: Client, method: str, path: str) -> HttpResponse:
    """One request whose writes are taken back, so that no request sees another's."""
    taken_back = transaction.atomic()
    # As Django marks those of its own tests, within which a durable block may begin.
    taken_back._from_testcase = True
    with taken_back:
        response = client.generic(method, path)
        transaction.set_rollback(True)
    return response


def address(name: str, world: World) -> str:
    _, pattern = ROUTES[name]
    needs = pattern.pattern.converters
    return reverse(name, kwargs=world.arguments[name] if needs else {})
