from django.urls import path

from recommendations.views import asking, closing, handing_over

HERE = "o/<slug:organisation>/recommendations/"
ACTION = f"{HERE}<uuid:recommendation>/actions/<uuid:pk>/"

urlpatterns = [
    path(f"{HERE}<uuid:pk>/closing/", closing.closure_propose, name="closure_propose"),
    path(f"{HERE}closing/<uuid:pk>/withdraw/", closing.closure_withdraw, name="closure_withdraw"),
    path(f"{HERE}checks/<uuid:pk>/", closing.recheck_record, name="recheck_record"),
    path(f"{ACTION}later/", asking.extension_ask, name="extension_ask"),
    path(f"{HERE}later/<uuid:pk>/withdraw/", asking.extension_withdraw, name="extension_withdraw"),
    path(f"{ACTION}not-yet/", asking.action_not_yet, name="action_not_yet"),
    path(f"{ACTION}object/", asking.action_object, name="action_object"),
    path(f"{HERE}objections/<uuid:pk>/", asking.objection_settle, name="objection_settle"),
    path(
        "o/<slug:organisation>/people/<uuid:pk>/hand-over/",
        handing_over.hand_over,
        name="hand_over",
    ),
]
