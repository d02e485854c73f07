"""Every address has a declared policy and is walked; those of libraries keep to theirs.

The list comes from the URL resolver, so a new page is in it from its first day: one without a
declared policy, or without arguments in `access_world`, fails the run.
"""

import pytest
from django.test import Client
from django.urls import reverse

from organisations.access import Policy
from tests.access.routes import LOGIN, OF_LIBRARIES, ROUTES, ask, every_route
from tests.access_world import World


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
