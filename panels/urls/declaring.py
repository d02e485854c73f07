from django.urls import path

from panels.views import answering, declaring

GATHERING = "o/<slug:organisation>/events/<uuid:pk>"
ROUND = f"{GATHERING}/asking/<uuid:asked>"

urlpatterns = [
    path(f"{GATHERING}/asking/", declaring.declaration_open, name="declaration_open"),
    path(f"{ROUND}/", declaring.declaration_round, name="declaration_round"),
    path(f"{ROUND}/sheet/", declaring.declaration_sheet, name="declaration_sheet"),
    path(f"{ROUND}/remind/", declaring.declaration_remind, name="declaration_remind"),
    path(f"{ROUND}/close/", declaring.declaration_close, name="declaration_close"),
    path("r/<str:token>/answer/", answering.declaration_answer, name="declaration_answer"),
    path("r/<str:token>/object/", answering.declaration_object, name="declaration_object"),
    path("code/", answering.declaration_code, name="declaration_code"),
]
