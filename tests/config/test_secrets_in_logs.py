"""Every address that holds a secret is written to the log without it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLResolver, get_resolver

from config.logs import redact

SECRET = "Zs3cr3tZs3cr3tZs3cr3t"
A_SECRET_PART = re.compile(r"<\w+:(token|secret)>")


def routes(patterns: list[Any], start: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = start + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


WITH_A_SECRET = sorted(
    route for route in routes(get_resolver().url_patterns) if A_SECRET_PART.search(route)
)


def test_there_are_some() -> None:
    assert len(WITH_A_SECRET) > 5
    assert any(route.startswith("calendar/") for route in WITH_A_SECRET)


@pytest.mark.parametrize("route", WITH_A_SECRET)
def test_no_secret_is_logged(route: str) -> None:
    path = "/" + re.sub(r"<[^>]*>", "x", A_SECRET_PART.sub(SECRET, route))
    assert SECRET in path
    assert SECRET not in redact(f"request_started GET {path}")
