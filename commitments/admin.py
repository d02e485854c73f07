"""For whoever runs the installation: to look, not to change. Drafts and records stay private."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from commitments.enums import PledgeState
from commitments.models import Pledge, Wording
from ui.admin import ReadOnlyAdmin


@admin.register(Wording)
class WordingAdmin(ReadOnlyAdmin):
    list_display = ("title", "version", "source_name")


@admin.register(Pledge)
class PledgeAdmin(ReadOnlyAdmin):
    list_display = ("leader_name", "role_title", "organisation_name", "state", "published_at")
    list_filter = ("state", "is_worked_example")
    search_fields = ("leader_name", "organisation_name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Pledge]:
        return super().get_queryset(request).exclude(state=PledgeState.DRAFT)
