"""The addresses of a list's other pages."""

from typing import Any, NamedTuple

from django.core.paginator import Page
from django.http import QueryDict


class PageLinks(NamedTuple):
    previous: str
    next: str
    numbers: list[tuple[str, str]]
    """Each number with its address; a gap has none."""


def page_links(page: Page[Any], query: QueryDict) -> PageLinks:
    def address(number: int) -> str:
        changed = query.copy()
        changed["page"] = str(number)
        return f"?{changed.urlencode()}"

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
