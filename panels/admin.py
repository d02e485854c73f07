from django.contrib import admin
from django.http import HttpRequest

from panels.models import Gathering, Tally


@admin.register(Gathering)
class GatheringAdmin(admin.ModelAdmin):
    list_display = ("title", "kind", "held_on", "organisation", "counted_at")
    list_filter = ("kind",)
    list_select_related = ("organisation",)
    search_fields = ("title", "organiser")
    readonly_fields = ("organisation", "created_by", "created_at", "counted_at")


@admin.register(Tally)
class TallyAdmin(admin.ModelAdmin):
    """Which versions there are. The numbers are not shown: small ones are their typist's."""

    list_display = ("gathering", "measure", "part", "counted", "version", "basis", "entered_at")
    list_select_related = ("gathering",)
    fields = ("gathering", "measure", "part", "counted", "version", "basis", "entered_at")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Tally | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Tally | None = None) -> bool:
        return False
