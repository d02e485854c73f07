from django.urls import path

from panels.views import three_questions

HERE = "o/<slug:organisation>/events/<uuid:pk>/three-questions/"

urlpatterns = [
    path(HERE, three_questions.three_questions, name="three_questions"),
    path(f"{HERE}answer/", three_questions.three_questions_answer, name="three_questions_answer"),
]
