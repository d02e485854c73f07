from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from recommendations.models import Action
from reminders.enums import Audience, Choice, ReminderKind
from reminders.models import Preference, Reminder
from tests.factories.organisations import OrganisationFactory, UserFactory
from tests.factories.recommendations import ActionFactory


class ReminderFactory(DjangoModelFactory[Reminder]):
    class Meta:
        model = Reminder

    dedupe_key = factory.Sequence(lambda n: f"test:{n}")
    kind = ReminderKind.ACTION_DUE
    audience = Audience.LEAD
    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    subject_id = factory.Faker("uuid4")
    due_date = factory.LazyFunction(timezone.localdate)
    planned_for = factory.LazyFunction(timezone.localdate)
    rung = -7
    until = factory.LazyAttribute(lambda r: r.planned_for + timedelta(days=7))
    created_at = factory.LazyFunction(timezone.now)


class PreferenceFactory(DjangoModelFactory[Preference]):
    class Meta:
        model = Preference

    user = factory.SubFactory(UserFactory)
    kind = ReminderKind.ACTION_DUE
    choice = Choice.OFF


class AcceptedActionFactory(ActionFactory):
    """Accepted by its lead, due in a week and not shown to be done."""

    class Meta:
        model = Action

    target_date = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))
    original_date = factory.SelfAttribute("target_date")
    accepted_at = factory.LazyFunction(timezone.now)
    accepted_by = factory.LazyAttribute(lambda a: a.responsible_owner if a.accepted_at else None)
