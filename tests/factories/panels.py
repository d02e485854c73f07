from datetime import date
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from organisations.models import User
from panels import actions, audit, entry
from panels.enums import Basis, Counted, Definition, GatheringKind, Measure, Part
from panels.models import Gathering, Tally
from panels.queries import count_on_record
from tests.factories.organisations import OrganisationFactory, UserFactory


class GatheringFactory(DjangoModelFactory[Gathering]):
    class Meta:
        model = Gathering

    organisation = factory.SubFactory(OrganisationFactory)
    kind = GatheringKind.PANEL
    title = factory.Sequence(lambda n: f"Panel {n}")
    held_on = date(2026, 3, 12)
    created_by = factory.SubFactory(UserFactory)
    created_at = factory.LazyFunction(timezone.now)


class TallyFactory(DjangoModelFactory[Tally]):
    """One row by itself. `enter_count` below makes the whole count of a gathering."""

    class Meta:
        model = Tally

    gathering = factory.SubFactory(GatheringFactory)
    part = Part.WHOLE
    counted = Counted.COUNTED
    measure = Measure.WOMEN
    version = 1
    yes = 2
    no = 3
    unknown = 0
    basis = Basis.ORGANISER_STATED
    definition = Definition.WOMEN
    rules_version = audit.RULES_VERSION
    entered_by = factory.SubFactory(UserFactory)
    entered_at = factory.LazyFunction(timezone.now)


def numbers(
    people: int | None = None,
    women: int | None = None,
    not_women: int | None = None,
    minoritised: int | None = None,
    not_minoritised: int | None = None,
) -> entry.TypedPart:
    return entry.TypedPart(people, women, not_women, minoritised, not_minoritised)


def enter_count(gathering: Gathering, whole: entry.TypedPart, *, by: User, **more: Any) -> None:
    """A count as an organiser enters it; `more` is the rest of `entry.Typed`, and `now`."""
    now = more.pop("now", None) or timezone.now()
    stated: dict[str, Any] = {"women_basis": Basis.ORGANISER_STATED, "told": True}
    typed = entry.Typed(kind=GatheringKind(gathering.kind), whole=whole, **(stated | more))
    newest = count_on_record(gathering)
    actions.enter_count(
        gathering=gathering,
        line_up=entry.line_up(typed),
        typed_over=newest.version if newest else 0,
        by=by,
        now=now,
    )
    gathering.refresh_from_db()
