"""What is before a meeting: items, apologies, advice."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from committees.enums import AdviceAnswer, GroupKind
from committees.models import Advice, AgendaItem, Apology
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory
from tests.factories.organisations import OrganisationFactory, UserFactory


class AgendaItemFactory(DjangoModelFactory[AgendaItem]):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.Sequence(lambda n: n)
    title = factory.Sequence(lambda n: f"Item {n}")


class ApologyFactory(DjangoModelFactory[Apology]):
    class Meta:
        model = Apology

    meeting = factory.SubFactory(MeetingFactory)
    member = factory.SubFactory(GroupMemberFactory, group=factory.SelfAttribute("..meeting.group"))


class AdviceFactory(DjangoModelFactory[Advice]):
    """Given a week ago, and not answered."""

    class Meta:
        model = Advice

    class Params:
        asked = factory.Trait(
            question="May we publish this?",
            asked_by=factory.SubFactory(UserFactory),
            asked_on=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=9)),
            text="",
            given_by=None,
            given_on=None,
        )
        answered = factory.Trait(
            answer=AdviceAnswer.ADAPT,
            answer_reason="We change the second part.",
            answered_by=factory.SubFactory(UserFactory),
            answered_on=factory.LazyFunction(timezone.localdate),
        )

    organisation = factory.SubFactory(OrganisationFactory)
    group = factory.SubFactory(
        GroupFactory,
        organisation=factory.SelfAttribute("..organisation"),
        kind=GroupKind.ADVISORY,
    )
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Advice {n}")
    text = "Name the people who gained from it."
    given_by = factory.SubFactory(UserFactory)
    given_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=7))
