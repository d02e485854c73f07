from django.urls import path

from panels.views import counting, gatherings

EVENTS = "o/<slug:organisation>/events/"

urlpatterns = [
    path(EVENTS, gatherings.gathering_list, name="gathering_list"),
    path(f"{EVENTS}new/", gatherings.gathering_create, name="gathering_create"),
    path(f"{EVENTS}<uuid:pk>/", gatherings.gathering_detail, name="gathering_detail"),
    path(f"{EVENTS}<uuid:pk>/edit/", gatherings.gathering_edit, name="gathering_edit"),
    path(f"{EVENTS}<uuid:pk>/counts/", counting.counts_enter, name="counts_enter"),
]
