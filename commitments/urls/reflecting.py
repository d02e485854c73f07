from django.urls import path

from commitments.views import reflecting

urlpatterns = [
    path(
        "me/invitations/<uuid:pk>/reflection/",
        reflecting.reflection_write,
        name="reflection_write",
    ),
    path(
        "me/invitations/<uuid:pk>/reflection/publish/",
        reflecting.reflection_publish,
        name="reflection_publish",
    ),
    path(
        "me/invitations/<uuid:pk>/reflection/private/",
        reflecting.reflection_withdraw,
        name="reflection_withdraw",
    ),
]
