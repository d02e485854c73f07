"""Rows behind the pages of the access matrix; each module here adds those of its own pages.

A module offers `rows(seeds) -> {url name: arguments}`. It creates what its pages need in the
organisation of the seeds, with the canary in every text that is not for everybody.
"""

from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from commitments.models import Invitation, Pledge
from organisations.models import Organisation, User
from panels.models import Gathering

Rows = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Seeds:
    """What every module may build on, all of one organisation.

    `owner` leads `pledge` (published, so without the canary) and `draft`; `other` is a colleague.
    """

    organisation: Organisation
    owner: User
    other: User
    canary: str
    pledge: Pledge
    draft: Pledge
    invitation: Invitation
    gathering: Gathering


def with_rows_of_modules(own: Rows, seeds: Seeds) -> Rows:
    """`own` and the rows of every module; an address that is given twice is refused."""
    merged = dict(own)
    for name in sorted(module.name for module in iter_modules(__path__)):
        found: Rows = import_module(f"{__name__}.{name}").rows(seeds)
        twice = sorted(merged.keys() & found.keys())
        if twice:
            raise ValueError(f"access_rows/{name}.py gives again: {', '.join(twice)}")
        merged |= found
    return merged
