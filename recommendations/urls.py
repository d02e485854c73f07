from django.urls import path

from recommendations import views

HERE = "o/<slug:organisation>/recommendations/"
ONE = f"{HERE}<uuid:pk>/"

urlpatterns = [
    path(HERE, views.dashboard, name="dashboard"),
    path(f"{HERE}add/<slug:key>/", views.catalogue_adopt, name="catalogue_adopt"),
    path(ONE, views.recommendation_detail, name="recommendation_detail"),
    path(f"{ONE}update/", views.update_post, name="update_post"),
    path(f"{ONE}owners/", views.owners_set, name="owners_set"),
    path(f"{ONE}response/", views.response_record, name="response_record"),
    path(
        f"{HERE}<uuid:recommendation>/actions/<uuid:pk>/accept/",
        views.action_accept,
        name="action_accept",
    ),
]
