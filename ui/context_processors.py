from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from ui.navigation import menu_for


def site(request: HttpRequest) -> dict[str, Any]:
    """What base.html needs on every page. The menu is only worked out when a page draws it."""
    return {
        "site_name": settings.SITE_NAME,
        "is_development": settings.IS_DEVELOPMENT,
        "operator_name": settings.OPERATOR_NAME,
        "organisation": getattr(request, "organisation", None),
        "membership": getattr(request, "membership", None),
        "nav": SimpleLazyObject(lambda: menu_for(request)),
    }
