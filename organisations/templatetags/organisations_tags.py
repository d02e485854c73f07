from django.conf import settings
from django.template import Library

from organisations.queries import DemoPerson, demo_people

register = Library()


@register.simple_tag
def demo_sign_in() -> list[DemoPerson]:
    """The invented people to sign in as; nobody outside development."""
    return demo_people() if settings.IS_DEVELOPMENT else []
