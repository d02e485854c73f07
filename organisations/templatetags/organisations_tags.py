from typing import Any

from allauth.account import app_settings
from django.conf import settings
from django.template import Library

from organisations.queries import DemoPerson, demo_people

register = Library()


@register.simple_tag
def demo_sign_in() -> list[DemoPerson]:
    """The invented people to sign in as; nobody outside development."""
    return demo_people() if settings.IS_DEVELOPMENT else []


@register.simple_tag(takes_context=True)
def code_minutes(context: dict[str, Any]) -> int:
    """How long the code works that this page asks for."""
    seconds = {
        "account_confirm_login_code": app_settings.LOGIN_BY_CODE_TIMEOUT,
        "account_confirm_password_reset_code": app_settings.PASSWORD_RESET_BY_CODE_TIMEOUT,
    }.get(
        context["request"].resolver_match.url_name, app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT
    )
    return int(seconds // 60)
