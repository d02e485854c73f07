from django.contrib import admin

from organisations.models import Membership, Organisation, User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ("email", "display_name", "is_active", "is_staff", "date_joined")
    search_fields = ("email", "display_name")
    fields = ("email", "display_name", "is_active", "is_staff", "date_joined")
    readonly_fields = ("email", "date_joined")


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "nation", "is_worked_example", "created_at")
    search_fields = ("name", "slug")
    readonly_fields = ("slug", "created_at")


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ("user", "organisation", "roles", "started_at", "ended_at")
    list_select_related = ("user", "organisation")
    search_fields = ("user__email", "organisation__name")
    readonly_fields = ("organisation", "user", "started_at")
