"""Reading events and groups."""

from organisations.models import Organisation
from panels.models import GatheringQuerySet


def gatherings_of(
    organisation: Organisation, *, kind: str = "", text: str = "", result: str = ""
) -> GatheringQuerySet:
    found: GatheringQuerySet = organisation.gatherings.newest_first()
    if kind:
        found = found.filter(kind=kind)
    if result:
        found = found.with_result(result)
    return found.matching(text) if text else found
