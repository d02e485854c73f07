from django.urls import path

from recommendations.views import dashboards, progress

HERE = "o/<slug:organisation>/recommendations/"

urlpatterns = [
    path(f"{HERE}over-time/", dashboards.dashboard_over_time, name="dashboard_over_time"),
    path(
        f"{HERE}over-time/export/",
        dashboards.dashboard_over_time_export,
        name="dashboard_over_time_export",
    ),
    path(f"{HERE}by-lead/", dashboards.dashboard_by_owner, name="dashboard_by_owner"),
    path(f"{HERE}changes/", dashboards.dashboard_changes, name="dashboard_changes"),
    path(f"{HERE}show/", progress.progress_show, name="progress_show"),
    path("progress/<slug:organisation>/", progress.progress_public, name="progress_public"),
    path(
        "progress/<slug:organisation>/evidence/<uuid:pk>/",
        progress.progress_evidence,
        name="progress_evidence",
    ),
]
