from django.urls import path

from committees.views import advice

ADVICE = "o/<slug:organisation>/advice/"

urlpatterns = [
    path(ADVICE, advice.advice_list, name="advice_list"),
    path(f"{ADVICE}give/", advice.advice_give, name="advice_give"),
    path(f"{ADVICE}ask/", advice.advice_ask, name="advice_ask"),
    path(f"{ADVICE}<uuid:pk>/", advice.advice_detail, name="advice_detail"),
    path(f"{ADVICE}<uuid:pk>/reply/", advice.advice_reply, name="advice_reply"),
    path(f"{ADVICE}<uuid:pk>/answer/", advice.advice_answer, name="advice_answer"),
]
