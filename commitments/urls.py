from django.urls import path

from commitments.views import keeping, making, organisation, public

urlpatterns = [
    path("pledges/", public.pledge_list, name="pledge_list"),
    path("pledges/make/", making.pledge_start, name="pledge_start"),
    path("pledges/<str:slug>/", public.pledge_public, name="pledge_public"),
    path("me/pledges/<uuid:pk>/", keeping.my_pledge, name="my_pledge"),
    path("me/pledges/<uuid:pk>/who/", making.pledge_who, name="pledge_who"),
    path("me/pledges/<uuid:pk>/promises/", making.pledge_promises, name="pledge_promises"),
    path("me/pledges/<uuid:pk>/rhythm/", making.pledge_rhythm, name="pledge_rhythm"),
    path("me/pledges/<uuid:pk>/check/", making.pledge_check, name="pledge_check"),
    path("me/pledges/<uuid:pk>/publish/", making.pledge_publish, name="pledge_publish"),
    path("me/pledges/<uuid:pk>/check-in/", keeping.check_in, name="check_in"),
    path("me/pledges/<uuid:pk>/invitations/new/", keeping.invitation_add, name="invitation_add"),
    path("me/invitations/<uuid:pk>/", keeping.invitation_move, name="invitation_move"),
    path(
        "o/<slug:organisation>/pledges/",
        organisation.organisation_pledges,
        name="organisation_pledges",
    ),
    path(
        "o/<slug:organisation>/pledges/<uuid:pk>/confirm/",
        organisation.pledge_confirm,
        name="pledge_confirm",
    ),
]
