from django.contrib import admin

from panels.models import Gathering, Tally
from ui.admin import ReadOnlyAdmin


@admin.register(Gathering)
class GatheringAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "held_on", "organisation", "counted_at")
    list_filter = ("kind",)
    list_select_related = ("organisation",)
    search_fields = ("title", "organiser")


@admin.register(Tally)
class TallyAdmin(ReadOnlyAdmin):
    """Which versions there are. The numbers are not shown: small ones are their typist's."""

    list_display = ("gathering", "measure", "part", "counted", "version", "basis", "entered_at")
    list_select_related = ("gathering",)
