from django.urls import path

from panels.views import importing

IMPORT = "o/<slug:organisation>/events/<uuid:pk>/import/"
UPLOAD = f"{IMPORT}<uuid:upload>/"

urlpatterns = [
    path(IMPORT, importing.import_start, name="import_start"),
    path(f"{IMPORT}template/", importing.import_template, name="import_template"),
    path(f"{UPLOAD}columns/", importing.import_map, name="import_map"),
    path(f"{UPLOAD}confirm/", importing.import_confirm, name="import_confirm"),
    path(f"{UPLOAD}saving/", importing.import_progress, name="import_progress"),
]
