from django.urls import path

from commitments.views import trusting

urlpatterns = [
    path(
        "me/pledges/<uuid:pk>/confirm/",
        trusting.work_address_confirm,
        name="work_address_confirm",
    ),
    path("pledges/<str:slug>/report/", trusting.pledge_report, name="pledge_report"),
    path("pledges/<str:slug>/report/sent/", trusting.pledge_report_sent, name="pledge_report_sent"),
    path("o/<slug:organisation>/reports/", trusting.report_list, name="report_list"),
    path("o/<slug:organisation>/reports/<uuid:pk>/", trusting.report_settle, name="report_settle"),
    path("me/reports/", trusting.operator_reports, name="operator_reports"),
    path(
        "me/reports/<uuid:pk>/",
        trusting.operator_report_settle,
        name="operator_report_settle",
    ),
]
