from django.urls import path

from panels.views import check

urlpatterns = [
    path("check/", check.check, name="check"),
    path("about/counting/", check.counting, name="counting"),
]
