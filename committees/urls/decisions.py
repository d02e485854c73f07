from django.urls import path

from committees.views import deciding, decisions

DECISIONS = "o/<slug:organisation>/decisions/"

urlpatterns = [
    path(DECISIONS, decisions.decision_list, name="decision_list"),
    path(f"{DECISIONS}closing/<uuid:pk>/", deciding.closure_decide, name="closure_decide"),
    path(f"{DECISIONS}later-date/<uuid:pk>/", deciding.extension_decide, name="extension_decide"),
    path(
        f"{DECISIONS}new-date/<uuid:recommendation>/<uuid:pk>/",
        deciding.date_move,
        name="date_move",
    ),
    path(f"{DECISIONS}response/<uuid:pk>/", deciding.response_decide, name="response_decide"),
    path(f"{DECISIONS}closing/<uuid:pk>/opinion/", decisions.opinion_give, name="opinion_give"),
    path(
        f"{DECISIONS}closing/<uuid:pk>/network/",
        decisions.network_opinion_give,
        name="network_opinion_give",
    ),
]
