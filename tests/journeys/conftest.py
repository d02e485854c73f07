"""Visitors at a desk and on a phone, on a real server."""

from collections.abc import Callable, Generator
from contextlib import ExitStack
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.journeys.visitor import AXE, DESK, PHONE, PlainVisitor, Visitor

Arrive = Callable[..., Visitor]


@pytest.fixture
def server(live_server: LiveServer, settings: Settings) -> str:
    """Its address, which is also the one in every email."""
    settings.SITE_URL = live_server.url
    # Everybody here comes from one address; limits on tries are counted for each test anew.
    cache.clear()
    return str(live_server.url)


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def screen(request: pytest.FixtureRequest) -> dict[str, int]:
    return dict(request.param)


@pytest.fixture
def arrive(browser: Browser, server: str, screen: dict[str, int]) -> Generator[Arrive]:
    """A further visitor, in a browser that shares nothing with the others."""
    with ExitStack() as leaving:

        def arriving(**options: Any) -> Visitor:
            context = browser.new_context(
                viewport=screen,  # type: ignore[arg-type]
                locale="en-GB",
                reduced_motion="reduce",
                **options,
            )
            leaving.callback(context.close)
            context.set_default_timeout(10_000)
            # Sent once, and in every page from its start.
            context.add_init_script(AXE)
            plain = options.get("java_script_enabled") is False
            return (PlainVisitor if plain else Visitor)(context, server)

        yield arriving


@pytest.fixture
def visitor(arrive: Arrive) -> Visitor:
    return arrive()
