"""Nowhere is there a place for who belongs to a staff network: Postgres itself refuses the row.

The tables are found, not listed: a new one that could hold a person beside a group or a meeting
fails here until it is refused too.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from committees.enums import DecisionKind, GroupKind
from committees.models import Apology, Group, GroupMember, Meeting
from organisations.enums import Role
from organisations.models import User
from recommendations.models import ClosureProposal
from tests.factories.agenda import AdviceFactory, AgendaItemFactory
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.recommendations import RecommendationFactory

OF_THEM = {Group, Meeting}
PEOPLE = {User, GroupMember}


@pytest.fixture
def network(db: None) -> Group:
    found: Group = GroupFactory(kind=GroupKind.STAFF_NETWORK)
    return found


@pytest.fixture
def person(network: Group) -> User:
    """Free to decide anything, so that nothing but the network stands in the way."""
    found: User = MembershipFactory(
        organisation=network.organisation, roles=[Role.COMMITTEE, Role.TRUSTEE]
    ).user
    return found


def seat(network: Group, person: User) -> None:
    GroupMemberFactory(group=network, user=person)


def apology(network: Group, person: User) -> None:
    """With a seat on another group: of their own they can have none."""
    other = GroupMemberFactory(group__organisation=network.organisation, user=person)
    Apology.objects.create(meeting=MeetingFactory(group=network), member=other)


def advice(network: Group, person: User) -> None:
    AdviceFactory(organisation=network.organisation, group=network, given_by=person)


def pack(network: Group, person: User) -> None:
    apps.get_model("committees.Pack").objects.create(
        organisation=network.organisation,
        meeting=MeetingFactory(group=network),
        number=1,
        frozen_at=timezone.now(),
        frozen_by=person,
        content={},
        sha256="0" * 64,
    )


def decision(network: Group, person: User) -> None:
    apps.get_model("committees.Decision").objects.create(
        organisation=network.organisation,
        meeting=MeetingFactory(group=network),
        kind=DecisionKind.RESPONSE,
        recommendation=RecommendationFactory(organisation=network.organisation),
        response="accepted",
        decided_by=person,
        decided_at=timezone.now(),
        owners=[],
        was_passed_on=True,
    )


def opinion(network: Group, person: User) -> None:
    recommendation = RecommendationFactory(organisation=network.organisation)
    proposal = ClosureProposal.objects.create(
        recommendation=recommendation,
        wanted="closed_superseded",
        reason="The new plan covers it.",
        proposed_by=person,
        proposed_at=timezone.now(),
    )
    apps.get_model("committees.Opinion").objects.create(
        proposal=proposal, group=network, by=person, view="agree", at=timezone.now()
    )


WAYS: dict[str, Callable[[Group, User], None]] = {
    "committees.Advice": advice,
    "committees.Apology": apology,
    "committees.Decision": decision,
    "committees.GroupMember": seat,
    "committees.Opinion": opinion,
    "committees.Pack": pack,
}


def points_at(model: type[models.Model], targets: set[Any]) -> bool:
    fields = [*model._meta.get_fields(include_hidden=False)]
    return any(
        field.related_model in targets for field in fields if field.concrete and field.is_relation
    )


def test_every_place_where_a_person_could_stand_beside_a_group_is_known() -> None:
    found = [
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if points_at(model, OF_THEM) and points_at(model, PEOPLE)
    ]
    assert sorted(found) == sorted(WAYS)


def test_no_list_of_people_hangs_on_a_group_or_a_meeting() -> None:
    for model in OF_THEM:
        assert [field.name for field in model._meta.many_to_many] == []
        assert points_at(model, PEOPLE) is False


@pytest.mark.parametrize("label", sorted(WAYS))
def test_postgres_refuses_a_network_s(label: str, network: Group, person: User) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        WAYS[label](network, person)


@pytest.mark.parametrize(
    "words", [{"note": "Who came"}, {"topic": "A"}, {"changed": "Much"}, {"headcount": 3}]
)
def test_nor_words_and_counts_of_its_meetings(words: dict[str, Any], network: Group) -> None:
    with pytest.raises(DatabaseError, match="no notes or counts"), transaction.atomic():
        MeetingFactory(group=network, **words)
    meeting = MeetingFactory(group=network)
    with pytest.raises(DatabaseError, match="no notes or counts"), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(**words)


def test_nor_an_agenda(network: Group) -> None:
    with pytest.raises(DatabaseError, match="no agenda"), transaction.atomic():
        AgendaItemFactory(meeting=MeetingFactory(group=network))


def test_a_group_with_members_never_becomes_one(person: User, network: Group) -> None:
    board = GroupMemberFactory(user=person, group__organisation=network.organisation).group
    for group, kind in ((board, GroupKind.STAFF_NETWORK), (network, GroupKind.BOARD)):
        with pytest.raises(DatabaseError), transaction.atomic():
            Group.objects.filter(pk=group.pk).update(kind=kind)
