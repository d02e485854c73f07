from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from organisations.models import Membership, Organisation, User
from ui.admin import ReadOnlyAdmin


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """To close an account, or open it again."""

    list_display = ("email", "display_name", "is_active", "is_staff", "date_joined")
    search_fields = ("email", "display_name")
    readonly_fields = ("email", "display_name", "is_staff", "date_joined")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    list_display = ("name", "slug", "nation", "is_worked_example", "created_at")
    search_fields = ("name", "slug")


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    list_display = ("user", "organisation", "roles", "started_at", "ended_at")
    list_select_related = ("user", "organisation")
    search_fields = ("user__email", "organisation__name")
