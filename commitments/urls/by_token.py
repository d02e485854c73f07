from django.urls import path

from commitments.views import by_token

urlpatterns = [
    path("r/<str:token>/stop/", by_token.mail_stop, name="mail_stop"),
]
