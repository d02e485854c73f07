from django.contrib import admin

from committees.models import Decision, Group, Meeting
from ui.admin import ReadOnlyAdmin


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    list_display = ("name", "organisation", "kind", "meets_every_months")
    list_select_related = ("organisation",)
    search_fields = ("name", "organisation__name")


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    """When, and whether it took place; what was noted is the group's own."""

    list_display = ("date", "group", "state")
    list_select_related = ("group",)


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """What was decided and by whom; the reason is the organisation's own."""

    list_display = ("decided_at", "organisation", "kind", "ruling", "response")
    list_select_related = ("organisation",)
    exclude = ("reason", "owners")
