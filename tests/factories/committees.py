from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from committees.enums import GroupKind
from committees.models import Group, GroupMember, Meeting
from organisations.models import Organisation, User
from tests.factories.organisations import OrganisationFactory, UserFactory


class GroupFactory(DjangoModelFactory[Group]):
    class Meta:
        model = Group

    organisation = factory.SubFactory(OrganisationFactory)
    kind = GroupKind.ACCOUNTABILITY
    name = factory.Sequence(lambda n: f"Group {n}")
    meets_every_months = 3
    created_at = factory.LazyFunction(timezone.now)


class GroupMemberFactory(DjangoModelFactory[GroupMember]):
    class Meta:
        model = GroupMember

    group = factory.SubFactory(GroupFactory)
    user = factory.SubFactory(UserFactory)
    from_date = factory.LazyFunction(timezone.localdate)


class MeetingFactory(DjangoModelFactory[Meeting]):
    class Meta:
        model = Meeting

    group = factory.SubFactory(GroupFactory)
    date = factory.LazyFunction(timezone.localdate)


def seated_in(organisation: Organisation, user: User, **seat: Any) -> GroupMember:
    """On an accountability committee of it, for long enough, unless told otherwise."""
    group = seat.pop("group", None) or GroupFactory(
        organisation=organisation, kind=GroupKind.ACCOUNTABILITY
    )
    long_ago = timezone.localdate() - timedelta(days=400)
    made: GroupMember = GroupMemberFactory(
        group=group, user=user, **{"from_date": long_ago, **seat}
    )
    return made
