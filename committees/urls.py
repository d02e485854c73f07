from django.urls import path

from committees import views

GROUPS = "o/<slug:organisation>/groups/"

urlpatterns = [
    path(GROUPS, views.group_list, name="group_list"),
    path(f"{GROUPS}new/", views.group_create, name="group_create"),
    path(f"{GROUPS}<uuid:pk>/", views.group_detail, name="group_detail"),
    path(f"{GROUPS}<uuid:pk>/seats/new/", views.group_member_add, name="group_member_add"),
    path(
        f"{GROUPS}<uuid:group>/seats/<uuid:pk>/end/",
        views.group_member_end,
        name="group_member_end",
    ),
    path(f"{GROUPS}<uuid:pk>/meetings/new/", views.meeting_plan, name="meeting_plan"),
    path(f"{GROUPS}<uuid:group>/meetings/<uuid:pk>/", views.meeting_record, name="meeting_record"),
]
