from django.urls import path

from commitments.views import assisting

urlpatterns = [
    path("me/pledges/<uuid:pk>/assistants/", assisting.assistants, name="assistants"),
    path(
        "me/pledges/<uuid:pk>/assistants/<uuid:assistant>/end/",
        assisting.assistant_end,
        name="assistant_end",
    ),
    path("me/pledges/<uuid:pk>/stop-helping/", assisting.assistant_leave, name="assistant_leave"),
    path("r/<str:token>/help/", assisting.assistant_accept, name="assistant_accept"),
]
