from django.contrib import admin

from recommendations.models import Recommendation, Source
from ui.admin import ReadOnlyAdmin


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
