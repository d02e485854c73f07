from django.urls import path

from recommendations.views import dashboard, detail, owners, planning, stepping

HERE = "o/<slug:organisation>/recommendations/"
ONE = f"{HERE}<uuid:pk>/"
STEPS = f"{HERE}<uuid:recommendation>/actions/"

urlpatterns = [
    path(HERE, dashboard.dashboard, name="dashboard"),
    path(f"{HERE}add/<slug:key>/", dashboard.catalogue_adopt, name="catalogue_adopt"),
    path(ONE, detail.recommendation_detail, name="recommendation_detail"),
    path(f"{ONE}update/", detail.update_post, name="update_post"),
    path(f"{ONE}owners/", owners.owners_set, name="owners_set"),
    path(f"{ONE}response/", detail.response_record, name="response_record"),
    path(f"{ONE}edit/", planning.recommendation_edit, name="recommendation_edit"),
    path(f"{ONE}depends-on/", planning.dependencies_edit, name="dependencies_edit"),
    path(
        "o/<slug:organisation>/sources/<uuid:source>/add/",
        planning.recommendation_create,
        name="recommendation_create",
    ),
    path(f"{STEPS}add/", stepping.action_add, name="action_add"),
    path(f"{STEPS}<uuid:pk>/edit/", stepping.action_edit, name="action_edit"),
    path(f"{STEPS}<uuid:pk>/remove/", stepping.action_remove, name="action_remove"),
    path(
        f"{STEPS}<uuid:pk>/accept/",
        owners.action_accept,
        name="action_accept",
    ),
]
