from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from commitments.actions.replying import give_answer
from commitments.answering import Given
from commitments.models import AskLetter, Reflection, Reply
from commitments.queries.replies import kind_asked
from organisations.tokens import derived_token, digest
from panels import entry
from panels.enums import Barrier, BarrierState, Basis
from tests.factories.commitments import InvitationFactory


class AskLetterFactory(DjangoModelFactory[AskLetter]):
    """Open for 60 days from when it was written."""

    class Meta:
        model = AskLetter

    id = factory.Faker("uuid4", cast_to=None)
    invitation = factory.SubFactory(InvitationFactory)
    text = "Dear organiser"
    token_sha256 = factory.LazyAttribute(lambda letter: digest(derived_token("reply", letter.id)))
    written_by = factory.LazyAttribute(lambda letter: letter.invitation.pledge.leader)
    created_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda letter: letter.created_at + timedelta(days=60))


def token_of(letter: AskLetter) -> str:
    return derived_token("reply", letter.pk)


class ReflectionFactory(DjangoModelFactory[Reflection]):
    class Meta:
        model = Reflection

    invitation = factory.SubFactory(InvitationFactory)
    what_happened = "Four men spoke."
    written_by = factory.LazyAttribute(lambda written: written.invitation.pledge.leader)
    written_at = factory.LazyFunction(timezone.now)


def given(
    letter: AskLetter,
    whole: entry.TypedPart | None = None,
    *,
    barriers: dict[Barrier, BarrierState] | None = None,
    note: str = "",
    name: str = "",
    **more: Any,
) -> Given:
    """What an organiser gives; `more` is the rest of `entry.Typed`."""
    stated: dict[str, Any] = {"women_basis": Basis.ORGANISER_STATED, "told": True}
    line_up = None
    if whole:
        typed = entry.Typed(kind=kind_asked(letter), whole=whole, **(stated | more))
        line_up = entry.line_up(typed)
    return Given(line_up=line_up, barriers=barriers or {}, note=note, name=name)


def answered(letter: AskLetter, whole: entry.TypedPart | None = None, **more: Any) -> Reply:
    """Through the action, as the page does it."""
    now = more.pop("now", None) or timezone.now()
    return give_answer(letter=letter, given=given(letter, whole, **more), now=now)
