from django.urls import path

from commitments.views import organisation

urlpatterns = [
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
