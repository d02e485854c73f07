from django.urls import path

from commitments.views import check_in

urlpatterns = [
    path("me/pledges/<uuid:pk>/check-in/", check_in.check_in, name="check_in"),
    path("me/pledges/<uuid:pk>/entries/", check_in.entries_confirm, name="entries_confirm"),
]
