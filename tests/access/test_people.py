"""Pages of no organisation: about oneself, for everybody, for the operator, for developers."""

import pytest
from django.test import Client

from organisations.access import Policy
from organisations.models import User
from tests.access.routes import (
    FOR_DEVELOPERS,
    FOR_THE_OPERATOR,
    LOGIN,
    METHODS,
    MINE,
    OPEN,
    ROUTES,
    address,
    ask,
)
from tests.access_world import World


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
