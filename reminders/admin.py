from django.contrib import admin

from reminders.models import Preference, Reminder
from ui.admin import ReadOnlyAdmin


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = ("kind", "user", "organisation", "due_date", "planned_for")
    list_filter = ("kind",)
    list_select_related = ("user", "organisation")


@admin.register(Preference)
class PreferenceAdmin(ReadOnlyAdmin):
    list_display = ("user", "kind", "choice")
    list_select_related = ("user",)
