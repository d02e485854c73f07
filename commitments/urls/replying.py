from django.urls import path

from commitments.views import replying

urlpatterns = [
    path("r/<str:token>/", replying.letter_reply, name="letter_reply"),
]
