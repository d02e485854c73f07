from django.urls import path

from commitments.views import encouraging

urlpatterns = [
    path("me/pledges/<uuid:pk>/encourage/", encouraging.encourage, name="encourage"),
    path("r/<str:token>/pledge/", encouraging.encouraged, name="encouraged"),
]
