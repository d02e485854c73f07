"""The product's addresses, and those of the floors."""

from django.urls import include, path

from bench import floors

urlpatterns = [
    path("bench/public/", floors.public_constant, name="public_constant"),
    path("bench/signed-in/", floors.signed_in_constant, name="signed_in_constant"),
    path("bench/public/<int:rows>/", floors.public_table, name="public_table"),
    path("bench/signed-in/<int:rows>/", floors.signed_in_table, name="signed_in_table"),
    path("bench/o/<slug:organisation>/<int:rows>/", floors.framed_table, name="framed_table"),
    path("", include("config.urls")),
]
handler400, handler403 = "ui.views.bad_request", "ui.views.forbidden"
handler404, handler500 = "ui.views.not_found", "ui.views.server_error"
