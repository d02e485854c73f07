from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from outbox.enums import Kind, State
from outbox.models import Email, Suppression
from tests.factories.organisations import OrganisationFactory


class EmailFactory(DjangoModelFactory[Email]):
    class Meta:
        model = Email

    id = factory.LazyFunction(uuid4)
    organisation = factory.SubFactory(OrganisationFactory)
    kind = Kind.REMINDERS
    dedupe_key = factory.LazyAttribute(lambda email: f"test:{email.id}")
    to_address = factory.Sequence(lambda n: f"reader{n}@example.org")
    subject = "Due on 3 December 2026: Publish the figures"
    text = "Hello\n\nThis is waiting for you.\n"
    html = "<p>Hello</p>\n<p>This is waiting for you.</p>\n"
    headers = factory.LazyFunction(lambda: {"From": "At the Table <no-reply@att.example>"})
    message_id = factory.LazyAttribute(lambda email: f"<{email.id}@att.example>")
    created_at = factory.LazyFunction(timezone.now)
    date_header = factory.SelfAttribute("created_at")
    due_at = factory.SelfAttribute("created_at")

    class Params:
        sign_in = factory.Trait(
            kind=Kind.SIGN_IN, policy="at_most_once", organisation=None, text="Your code: ABC123\n"
        )
        sent = factory.Trait(state=State.SENT, sent_at=factory.LazyFunction(timezone.now))
        failed = factory.Trait(state=State.FAILED, attempts=8, last_error="550 No such mailbox")


class SuppressionFactory(DjangoModelFactory[Suppression]):
    class Meta:
        model = Suppression

    address = factory.Sequence(lambda n: f"gone{n}@example.org")
    reason = "550 5.1.1 No such mailbox"
    at = factory.LazyFunction(timezone.now)
