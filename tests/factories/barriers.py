from datetime import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from organisations.models import Organisation, User
from panels.actions.barriers import save_barriers
from panels.actions.checklist import change_line
from panels.actions.statements import make_statement
from panels.barriers_typed import TypedAnswer, TypedBarriers
from panels.enums import BarrierState, ForWhom, StatementKind
from panels.freezing import fingerprint
from panels.models import ChecklistItem, Gathering, Statement, ThreeAnswers
from panels.queries.barriers import barriers_on_record, version_of
from panels.queries.statements import facts_to_state
from tests.factories.organisations import OrganisationFactory, UserFactory
from tests.factories.panels import GatheringFactory


class ChecklistItemFactory(DjangoModelFactory[ChecklistItem]):
    """A line of the organisation's own."""

    class Meta:
        model = ChecklistItem

    organisation = factory.SubFactory(OrganisationFactory)
    text = factory.Sequence(lambda n: f"Line {n}")
    for_whom = ForWhom.BOTH
    position = factory.Sequence(lambda n: 100 + n)


class ThreeAnswersFactory(DjangoModelFactory[ThreeAnswers]):
    class Meta:
        model = ThreeAnswers

    gathering = factory.SubFactory(GatheringFactory)
    who_is_not = "People who rent."
    who_should_be = "Tenants."
    how = "Pay for their time."
    by = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(timezone.now)


def own_copy(organisation: Organisation, by: User) -> None:
    """The organisation has changed its checklist once, so it has a copy of its own."""
    change_line(
        organisation=organisation,
        key="food",
        text="Food for everybody",
        for_whom=ForWhom.BOTH,
        by=by,
        now=timezone.now(),
    )


def said(
    gathering: Gathering,
    key: str,
    state: BarrierState,
    *,
    by: User,
    note: str = "",
    answered_by: str = "",
) -> None:
    """One line answered, over whatever stands there."""
    typed = TypedBarriers(
        answers={key: TypedAnswer(state, note, answered_by)},
        bursaries=None,
        lived=None,
        over={key: version_of(barriers_on_record(gathering), key)},
    )
    save_barriers(gathering=gathering, typed=typed, by=by, now=timezone.now())


def stated(
    gathering: Gathering,
    kind: StatementKind = StatementKind.PUBLIC,
    *,
    by: User,
    now: datetime | None = None,
) -> Statement:
    """A statement as an organiser makes it, of a gathering that is counted."""
    now = now or timezone.now()
    facts = facts_to_state(gathering, today=timezone.localdate(now))
    assert facts is not None
    made, _ = make_statement(
        gathering=gathering, kind=kind, seen=fingerprint(facts), by=by, now=now
    )
    return made
