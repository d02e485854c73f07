"""For whoever runs the installation: what was sent and how it went, never what it said."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from outbox.enums import UNLISTED
from outbox.models import Attempt, Email, Heartbeat, Suppression
from ui.admin import ReadOnlyAdmin


@admin.register(Email)
class EmailAdmin(ReadOnlyAdmin):
    list_display = ("to_address", "kind", "state", "attempts", "created_at", "sent_at")
    list_filter = ("state", "kind")
    search_fields = ("to_address", "message_id")
    fields = (
        "to_address", "kind", "organisation", "state", "policy", "attempts", "created_at", "due_at",
        "not_after", "sent_at", "last_error", "message_id",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Email]:
        return super().get_queryset(request).exclude(kind__in=UNLISTED).defer("text", "html")


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin):
    list_display = ("email_id", "at", "phase", "detail")


@admin.register(Suppression)
class SuppressionAdmin(ReadOnlyAdmin):
    """Deleting a row lets mail go to the address again."""

    list_display = ("address", "cause", "reason", "at")
    list_filter = ("cause",)
    search_fields = ("address",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin):
    list_display = ("name", "at")
