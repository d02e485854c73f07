from django.urls import path

from panels import views

EVENTS = "o/<slug:organisation>/events/"

urlpatterns = [
    path(EVENTS, views.gathering_list, name="gathering_list"),
    path(f"{EVENTS}new/", views.gathering_create, name="gathering_create"),
    path(f"{EVENTS}<uuid:pk>/", views.gathering_detail, name="gathering_detail"),
    path(f"{EVENTS}<uuid:pk>/edit/", views.gathering_edit, name="gathering_edit"),
    path(f"{EVENTS}<uuid:pk>/counts/", views.counts_enter, name="counts_enter"),
    path("check/", views.check, name="check"),
    path("about/counting/", views.counting, name="counting"),
]
