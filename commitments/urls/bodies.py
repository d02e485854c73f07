from django.urls import path

from commitments.views import bodies

MEMBERS = "o/<slug:organisation>/member-organisations/"
SEEN_BY = "o/<slug:organisation>/who-sees-our-pledges/"

urlpatterns = [
    path(MEMBERS, bodies.body_members, name="body_members"),
    path(f"{MEMBERS}ask/", bodies.body_ask, name="body_ask"),
    path(f"{MEMBERS}<uuid:pk>/end/", bodies.body_end, name="body_end"),
    path(SEEN_BY, bodies.bodies, name="bodies"),
    path(f"{SEEN_BY}<uuid:pk>/end/", bodies.bodies_end, name="bodies_end"),
    path("r/<str:token>/member/", bodies.body_consent, name="body_consent"),
]
