"""Every address of the product. Each app writes its own paths whole."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from outbox.providers import event_routes

handler400 = "ui.views.bad_request"
handler403 = "ui.views.forbidden"
handler404 = "ui.views.not_found"
handler429 = "ui.views.too_many_tries"
handler500 = "ui.views.server_error"

urlpatterns = [
    path("", include("ui.urls")),
    path("", include("organisations.urls")),
    path("", include("panels.urls")),
    path("", include("commitments.urls")),
    path("", include("recommendations.urls")),
    path("", include("committees.urls")),
    path("", include("reminders.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    *event_routes(settings.EMAIL_PROVIDER),
]
