"""Every page says who may open it."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.house_rules.tree import APPS_LOWEST_FIRST


def our_routes() -> Iterator[tuple[str, URLPattern]]:
    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif pattern.callback.__module__.split(".")[0] in APPS_LOWEST_FIRST:
                yield route, pattern

    yield from walk(get_resolver().url_patterns, "")


def test_every_view_declares_who_may_open_it() -> None:
    without = [
        route for route, pattern in our_routes() if not hasattr(pattern.callback, "access_policy")
    ]
    assert without == []


def test_pages_of_an_organisation_are_guarded_by_it() -> None:
    unguarded = [
        route
        for route, pattern in our_routes()
        if route.startswith("o/") and pattern.callback.access_policy not in {"member", "role"}
    ]
    assert unguarded == []
