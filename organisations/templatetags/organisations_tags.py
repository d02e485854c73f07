from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.template import Library

from organisations.queries import demo_people

register = Library()


@dataclass(frozen=True)
class DemoPerson:
    pk: UUID
    shown_name: str
    places: str


@register.simple_tag
def demo_sign_in() -> list[DemoPerson]:
    """The invented people to sign in as; nobody outside development."""
    if not settings.IS_DEVELOPMENT:
        return []
    people = demo_people().prefetch_related("memberships__organisation")
    return [
        DemoPerson(
            pk=user.pk,
            shown_name=user.shown_name,
            places="; ".join(
                f"{membership.organisation.name}: {', '.join(membership.role_labels).lower()}"
                for membership in user.memberships.all()
            ),
        )
        for user in people
    ]
