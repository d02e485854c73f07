"""The admin: for whoever runs the installation, to look."""

from collections.abc import Iterable
from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator

from ui.admin import ReadOnlyAdmin


class OperatorSite(admin.AdminSite):
    site_header = "At the Table"

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[admin.ModelAdmin] | None = None,
        **options: Any,
    ) -> None:
        """Only read-only pages. What libraries register by themselves shows secrets of sign-in."""
        if admin_class is not None and issubclass(admin_class, ReadOnlyAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and has_second_factor(request)

    @method_decorator(login_not_required)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Everybody signs in by the one door, which asks for the second factor."""
        return sign_in(request)


@secure_admin_login
def sign_in(request: HttpRequest) -> HttpResponse:
    if has_second_factor(request):
        return redirect("admin:index")
    messages.warning(request, "Whoever runs this installation needs a second way to sign in.")
    return redirect("mfa_index")


def has_second_factor(request: HttpRequest) -> bool:
    return settings.IS_DEVELOPMENT or bool(is_mfa_enabled(request.user))
