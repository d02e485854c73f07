from django.contrib import admin
from django.http import HttpRequest

from recommendations.models import Recommendation, Source


class ReadOnlyAdmin(admin.ModelAdmin):
    """Dates and states change through their own pages, which write the history."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    list_display = ("title", "organisation", "kind", "published")
    list_select_related = ("organisation",)
    search_fields = ("title", "organisation__name")


@admin.register(Recommendation)
class RecommendationAdmin(ReadOnlyAdmin):
    list_display = ("reference", "title", "organisation", "response", "state")
    list_select_related = ("organisation",)
    list_filter = ("state", "response")
    search_fields = ("reference", "title", "organisation__name")
