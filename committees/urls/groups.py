from django.urls import path

from committees.views import calendar, groups

GROUPS = "o/<slug:organisation>/groups/"

urlpatterns = [
    path(GROUPS, groups.group_list, name="group_list"),
    path(f"{GROUPS}new/", groups.group_create, name="group_create"),
    path(f"{GROUPS}<uuid:pk>/", groups.group_detail, name="group_detail"),
    path(f"{GROUPS}<uuid:pk>/edit/", groups.group_edit, name="group_edit"),
    path(f"{GROUPS}<uuid:pk>/close/", groups.group_close, name="group_close"),
    path(f"{GROUPS}<uuid:pk>/reopen/", groups.group_reopen, name="group_reopen"),
    path(f"{GROUPS}<uuid:pk>/calendar.ics", calendar.group_calendar, name="group_calendar"),
    path(f"{GROUPS}<uuid:pk>/seats/new/", groups.group_member_add, name="group_member_add"),
    path(
        f"{GROUPS}<uuid:group>/seats/<uuid:pk>/end/",
        groups.group_member_end,
        name="group_member_end",
    ),
]
