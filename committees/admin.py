from django.contrib import admin

from committees.models import Group, Meeting


@admin.register(Group)
class GroupAdmin(admin.ModelAdmin):
    list_display = ("name", "organisation", "kind", "meets_every_months")
    list_select_related = ("organisation",)
    search_fields = ("name", "organisation__name")
    readonly_fields = ("organisation", "kind", "created_at")


@admin.register(Meeting)
class MeetingAdmin(admin.ModelAdmin):
    list_display = ("date", "group", "state")
    list_select_related = ("group",)
    readonly_fields = ("group", "date", "state", "note")
