"""The menu. Each app registers its own entries in `AppConfig.ready`; `ui` knows none of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class Scope(StrEnum):
    """Which of the three menus an entry belongs to."""

    PUBLIC = "public"
    ME = "me"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class Entry:
    label: str
    url_name: str
    scope: Scope
    roles: frozenset[str]
    order: int
    rooms: tuple[str, ...] = ()

    def reach(self, url: str) -> list[str]:
        """Where its pages begin: its own address and, beside it, those of its other rooms."""
        parent = url.rstrip("/").rpartition("/")[0]
        return [url, *(f"{parent}/{room}/" for room in self.rooms)]


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: str
    """The value of aria-current: "page", "true" (a page below it) or "" (elsewhere)."""


@dataclass(frozen=True)
class Menu:
    public: tuple[Link, ...] = ()
    me: tuple[Link, ...] = ()
    organisation: tuple[Link, ...] = ()

    @property
    def main_items(self) -> SafeString:
        return _items(self.public + self.me)

    @property
    def organisation_items(self) -> SafeString:
        return _items(self.organisation)


# Every page draws them, and somebody who looks around sees the same few again and again.
@lru_cache(maxsize=4096)
def _items(links: tuple[Link, ...]) -> SafeString:
    return format_html_join(
        "\n",
        '<li><a href="{}"{}>{}</a></li>',
        (
            (
                link.url,
                format_html(' aria-current="{}"', link.current) if link.current else "",
                link.label,
            )
            for link in links
        ),
    )


_entries: dict[tuple[Scope, str], Entry] = {}


def register(
    label: str,
    url_name: str,
    *,
    roles: Iterable[str] | None = None,
    scope: str = Scope.ORGANISATION,
    order: int = 100,
    rooms: Iterable[str] = (),
) -> None:
    """`roles` empty means everybody in that scope; registering twice keeps the last.

    `rooms`: what stands beside the page in the address and belongs to it all the same.
    """
    where = Scope(scope)
    _entries[where, url_name] = Entry(
        label, url_name, where, frozenset(roles or ()), order, tuple(rooms)
    )


def registered() -> list[Entry]:
    return sorted(_entries.values(), key=lambda entry: entry.order)


def menu_for(request: HttpRequest) -> Menu:
    organisation = getattr(request, "organisation", None)
    membership = getattr(request, "membership", None)
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return Menu(
        public=_links(request, Scope.PUBLIC, (), []),
        me=_links(request, Scope.ME, (), []) if signed_in else (),
        organisation=_links(request, Scope.ORGANISATION, _roles(membership), [organisation.slug])
        if organisation is not None and membership is not None
        else (),
    )


def _roles(membership: Any) -> Iterable[str]:
    return membership.roles if membership is not None else ()


def _links(
    request: HttpRequest, scope: Scope, roles: Iterable[str], args: list[str]
) -> tuple[Link, ...]:
    held = set(roles)
    found = [
        (entry, url)
        for entry in registered()
        if entry.scope is scope
        and (not entry.roles or entry.roles & held)
        and (url := _url(entry.url_name, *args)) is not None
    ]
    nearest = _nearest(request.path, found)
    return tuple(
        Link(entry.label, url, _current(request.path, url, nearest)) for entry, url in found
    )


def _nearest(path: str, found: list[tuple[Entry, str]]) -> str | None:
    above = (
        (len(start), url)
        for entry, url in found
        for start in entry.reach(url)
        if path.startswith(start)
    )
    return max(above, default=(0, None))[1]


# Bounded: an organisation has eight of these, and anybody may set one up.
@lru_cache(maxsize=4096)
def _url(url_name: str, *args: str) -> str | None:
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return None


def _current(path: str, url: str, nearest: str | None) -> str:
    if url == path:
        return "page"
    return "true" if url == nearest else ""
