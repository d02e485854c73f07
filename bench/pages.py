"""The main pages, each with the floor it is held to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from django.urls import reverse
from django.utils import timezone

from bench.seed import LONG_RECORD_SLUG, LONGEST_RECORD, MEASURED_PLEDGE, MEASURED_SLUG
from organisations.models import Organisation
from panels.models import Statement
from ui.dates import months_later

A_PAGE = 25


class Aim(StrEnum):
    """What a page is compared with, and by how much it may cost more."""

    LIST = "list"
    PUBLIC = "public"
    NONE = "none"

    @property
    def most(self) -> float | None:
        return {Aim.LIST: 1.5, Aim.PUBLIC: 2.0, Aim.NONE: None}[self]


@dataclass(frozen=True)
class Page:
    """`rows`: as many as it shows, for the table it is compared with; 0 is no table."""

    name: str
    url: str
    aim: Aim
    is_public: bool = False
    rows: int = 0
    data: dict[str, str] = field(default_factory=dict)

    @property
    def floor(self) -> str:
        """The address of what it is compared with."""
        who = "public" if self.is_public else "signed_in"
        if self.rows:
            return reverse(f"{who}_table", args=[self.rows])
        return reverse(f"{who}_constant")


CHECKED = {
    "people": "6",
    "women": "3",
    "not_women": "3",
    "minoritised": "1",
    "not_minoritised": "4",
    "told": "on",
}


def pages() -> list[Page]:
    organisation = Organisation.objects.get(slug=MEASURED_SLUG)
    return [
        *public_pages(),
        *pages_of_a_statement(),
        *signed_in_pages(organisation),
        *pages_of_line_ups(organisation),
        *pages_of_a_long_record(),
    ]


def public_pages() -> Iterator[Page]:
    pledges = reverse("pledge_list")
    check = reverse("check")
    yield Page("front page", reverse("home"), Aim.PUBLIC, is_public=True)
    yield Page("pledges", pledges, Aim.LIST, is_public=True, rows=A_PAGE)
    yield Page("pledges, page 300", f"{pledges}?page=300", Aim.LIST, is_public=True, rows=A_PAGE)
    yield Page("pledges, a search", f"{pledges}?q=okafor", Aim.LIST, is_public=True, rows=A_PAGE)
    narrowed = f"{pledges}?organisation=Charity+1"
    yield Page("pledges, an organisation", narrowed, Aim.LIST, is_public=True, rows=A_PAGE)
    month = f"{pledges}?month={months_later(timezone.localdate(), -6):%Y-%m}"
    yield Page("pledges, a month", month, Aim.LIST, is_public=True, rows=A_PAGE)
    yield from pages_of_a_pledge()
    yield Page("check", check, Aim.PUBLIC, is_public=True)
    yield Page("check, answered", check, Aim.PUBLIC, is_public=True, data=CHECKED)
    seats = {"seats": "9"}
    yield Page(
        "check, seats planned", reverse("check_seats"), Aim.PUBLIC, is_public=True, data=seats
    )
    yield Page("counting", reverse("counting"), Aim.PUBLIC, is_public=True)


def pages_of_a_pledge() -> Iterator[Page]:
    """Of a leader with reflections and followers, and of the one with the longest record."""
    for name, view, slug, aim in (
        ("a pledge", "pledge_public", MEASURED_PLEDGE, Aim.PUBLIC),
        ("a pledge, a long record", "pledge_public", LONGEST_RECORD, Aim.NONE),
        ("a pledge, its reflections", "pledge_reflections", LONGEST_RECORD, Aim.NONE),
        ("a pledge, embedded", "pledge_embed", MEASURED_PLEDGE, Aim.PUBLIC),
        ("a pledge, its picture", "pledge_card", MEASURED_PLEDGE, Aim.NONE),
    ):
        yield Page(name, reverse(view, args=[slug]), aim, is_public=True)


def pages_of_a_statement() -> Iterator[Page]:
    slug = Statement.objects.filter(revoked_at=None).exclude(slug="").get().slug
    for name, view, aim in (
        ("a statement", "statement_public", Aim.PUBLIC),
        ("a statement, embedded", "statement_embed", Aim.PUBLIC),
        ("a statement, its picture", "statement_image", Aim.NONE),
    ):
        yield Page(name, reverse(view, args=[slug]), aim, is_public=True)


def pages_of_line_ups(organisation: Organisation) -> Iterator[Page]:
    """The same queries, however many sessions."""
    for sessions in (50, 100, 200):
        title = f"A conference of {sessions} sessions"
        gathering = organisation.gatherings.get(title=title)
        url = reverse("line_up", args=[organisation.slug, gathering.pk])
        yield Page(f"line-up, {sessions} sessions", url, Aim.LIST, rows=sessions)


def pages_of_a_long_record() -> Iterator[Page]:
    """Of a hundred thousand events and groups."""
    events, trends = (
        reverse(name, args=[LONG_RECORD_SLUG]) for name in ("gathering_list", "trends")
    )
    for name, narrowed in (
        ("", ""),
        (", a kind", "?kind=board"),
        (", not known", "?result=not_known"),
        (", a search", "?q=number+7777"),
    ):
        yield Page(f"many events{name}", f"{events}{narrowed}", Aim.LIST, rows=A_PAGE)
    yield Page("over time", trends, Aim.NONE)
    yield Page("over time, a kind", f"{trends}?kind=conference", Aim.NONE)


def signed_in_pages(organisation: Organisation) -> Iterator[Page]:
    def at(name: str, *args: object) -> str:
        return reverse(name, args=[organisation.slug, *args])

    recommendation = organisation.recommendations.order_by("position")[0]
    gathering = organisation.gatherings.filter(counted_at__isnull=False).order_by("-held_on")[0]
    group = organisation.groups.order_by("name")[0]
    shown = organisation.recommendations.count()
    framed = reverse("framed_table", args=[organisation.slug, A_PAGE])
    yield Page("a plain table, framed", framed, Aim.NONE, rows=A_PAGE)
    yield Page("dashboard", at("dashboard"), Aim.LIST, rows=shown)
    past = timezone.localdate() - timedelta(days=100)
    yield Page("dashboard, a past day", f"{at('dashboard')}?as_at={past}", Aim.NONE)
    yield Page("dashboard, over time", at("dashboard_over_time"), Aim.NONE)
    yield Page("dashboard, by lead", at("dashboard_by_owner"), Aim.NONE)
    yield Page("dashboard, what changed", at("dashboard_changes"), Aim.NONE)
    detail = at("recommendation_detail", recommendation.pk)
    yield Page("a recommendation", detail, Aim.NONE)
    yield Page("events", at("gathering_list"), Aim.LIST, rows=A_PAGE)
    yield Page("events, page 8", f"{at('gathering_list')}?page=8", Aim.LIST, rows=A_PAGE)
    yield Page("an event", at("gathering_detail", gathering.pk), Aim.NONE)
    yield Page("an event, its count", at("counts_enter", gathering.pk), Aim.NONE)
    yield Page("events, over time", at("trends"), Aim.NONE)
    yield Page("people", at("people"), Aim.LIST, rows=A_PAGE)
    yield Page("groups", at("group_list"), Aim.LIST, rows=A_PAGE)
    yield Page("a group", at("group_detail", group.pk), Aim.NONE)
    yield Page("pledges here", at("organisation_pledges"), Aim.LIST, rows=A_PAGE)
    yield Page("sent mail", at("sent_mail"), Aim.LIST, rows=A_PAGE)
    yield Page("my work", reverse("me"), Aim.LIST, rows=A_PAGE)
