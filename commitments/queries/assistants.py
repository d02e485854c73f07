"""Who helps a leader, and whom somebody helps."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import F, Q, QuerySet

from commitments.models import Assistant, Pledge
from organisations.models import User
from organisations.tokens import digest


def assistants_of(pledge: Pledge) -> QuerySet[Assistant]:
    """Those who help or are asked to, then those who did; nobody who never accepted."""
    return (
        pledge.assistants.filter(Q(ended_at=None) | Q(accepted_at__isnull=False))
        .select_related("user")
        .order_by(F("ended_at").desc(nulls_first=True), "-invited_at", "pk")
    )


def current_assistants_of(pledge: Pledge) -> QuerySet[Assistant]:
    return pledge.assistants.filter(ended_at=None)


def help_given_by(user: User, pledge: Pledge) -> Assistant | None:
    return current_assistants_of(pledge).filter(user=user).first()


def assistant_asked_by(token: str) -> Assistant | None:
    """Whatever has become of it."""
    return (
        Assistant.objects.select_related("pledge__leader", "user")
        .filter(token_sha256=digest(token))
        .first()
    )


def is_own_address(user: User, address: str) -> bool:
    return (
        user.email.lower() == address.lower()
        or EmailAddress.objects.filter(user=user, email__iexact=address).exists()
    )


@dataclass(frozen=True)
class Help:
    """A pledge that somebody helps with. `draft` is a check-in waiting for its leader."""

    assistant: Assistant
    is_open: bool

    @property
    def pledge(self) -> Pledge:
        return self.assistant.pledge
