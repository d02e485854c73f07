import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from committees.enums import GroupKind
from committees.models import Group, GroupMember, Meeting
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
