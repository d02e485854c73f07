from django.urls import path

from panels.views import as_at, choices, counting, gatherings, locking, repeating

EVENTS = "o/<slug:organisation>/events/"
ONE = f"{EVENTS}<uuid:pk>/"

urlpatterns = [
    path(EVENTS, gatherings.gathering_list, name="gathering_list"),
    path(f"{EVENTS}new/", gatherings.gathering_create, name="gathering_create"),
    path(f"{EVENTS}quick/", gatherings.gathering_quick, name="gathering_quick"),
    path(f"{EVENTS}choices/", choices.counting_choices, name="counting_choices"),
    path(ONE, gatherings.gathering_detail, name="gathering_detail"),
    path(f"{ONE}edit/", gatherings.gathering_edit, name="gathering_edit"),
    path(f"{ONE}repeat/", repeating.gathering_repeat, name="gathering_repeat"),
    path(f"{ONE}counts/", counting.counts_enter, name="counts_enter"),
    path(f"{ONE}counts/as-at/", as_at.counts_as_at, name="counts_as_at"),
    path(f"{ONE}counts/again/", as_at.counts_again, name="counts_again"),
    path(f"{ONE}lock/", locking.gathering_lock, name="gathering_lock"),
    path(f"{ONE}frozen/", locking.gathering_frozen, name="gathering_frozen"),
]
