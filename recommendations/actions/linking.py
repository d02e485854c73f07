"""Links to rows that were ticked on a page, which offered only some of them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet


@dataclass(frozen=True)
class Linked:
    """What was ticked of what the page offered; links that it did not offer stay."""

    offered: frozenset[UUID]
    chosen: frozenset[UUID]


def set_links(links: Any, linked: Linked, *, of: QuerySet[Any]) -> bool:
    """`of`: the rows of the same organisation, and no others. Whether anything changed."""
    before = set(links.values_list("pk", flat=True))
    chosen = set(of.filter(pk__in=linked.chosen).values_list("pk", flat=True))
    wanted = (before - linked.offered) | chosen
    links.set(list(wanted))
    return wanted != before
