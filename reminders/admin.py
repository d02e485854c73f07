from django.contrib import admin

from outbox.admin import ReadOnly
from reminders.models import Preference, Reminder


@admin.register(Reminder)
class ReminderAdmin(ReadOnly):
    list_display = ("kind", "user", "organisation", "due_date", "planned_for")
    list_filter = ("kind",)
    list_select_related = ("user", "organisation")


@admin.register(Preference)
class PreferenceAdmin(ReadOnly):
    list_display = ("user", "kind", "choice")
    list_select_related = ("user",)
