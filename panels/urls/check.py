from django.urls import path

from panels.views import check

urlpatterns = [
    path("check/", check.check, name="check"),
    path("check/seats/", check.check_seats, name="check_seats"),
    path("about/counting/", check.counting, name="counting"),
]
