"""The addresses of a list's other pages."""

from typing import Any, NamedTuple, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

A_PAGE = 25
"""Rows of a list that has no reason for another number."""


def page_of(rows: Any, number: str | None, *, of: int = A_PAGE) -> Page[Any]:
    """The nearest page there is, whatever was asked for."""
    return Paginator(rows, of).get_page(number)


class KeyPaginator(Paginator):
    """Finds a page by the keys alone, from an index, and reads the rows of that page only.

    Otherwise every row that a deep page passes over is read too, and thrown away.
    """

    def __init__(self, rows: QuerySet[Any], per_page: int = A_PAGE) -> None:
        super().__init__(rows, per_page)
        self.rows = rows

    def page(self, number: int | str) -> Page[Any]:
        page = super().page(number)
        keys = cast(QuerySet[Any], page.object_list).values("pk")
        page.object_list = self.rows.filter(pk__in=keys)
        return page


class PageLinks(NamedTuple):
    previous: str
    next: str
    numbers: list[tuple[str, str]]
    """Each number with its address; a gap has none."""


def page_links(page: Page[Any], query: QueryDict, *, name: str = "page") -> PageLinks:
    """`name`: what the number is called. A second list of a page has its own, which is also the
    id of the part that it stands in."""
    changed, part = query.copy(), "" if name == "page" else f"#{name}"

    def address(number: int) -> str:
        changed[name] = str(number)
        return f"?{changed.urlencode()}{part}"

    return PageLinks(
        previous=address(page.previous_page_number()) if page.has_previous() else "",
        next=address(page.next_page_number()) if page.has_next() else "",
        numbers=[
            (str(number), address(number) if isinstance(number, int) else "")
            for number in page.paginator.get_elided_page_range(
                page.number, on_each_side=1, on_ends=1
            )
        ],
    )
