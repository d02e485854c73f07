from django.urls import path

from commitments.views import leaving

urlpatterns = [
    path("me/pledges/<uuid:pk>/end/", leaving.pledge_end, name="pledge_end"),
    path("me/pledges/<uuid:pk>/handover/", leaving.handover, name="handover"),
    path("me/pledges/<uuid:pk>/handover/revoke/", leaving.handover_revoke, name="handover_revoke"),
    path("r/<str:token>/next/", leaving.handover_accept, name="handover_accept"),
]
