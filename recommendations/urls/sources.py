from django.urls import path

from recommendations.views import changing, exporting, importing, sources

HERE = "o/<slug:organisation>/sources/"

urlpatterns = [
    path(
        "o/<slug:organisation>/recommendations/export/",
        exporting.recommendations_export,
        name="recommendations_export",
    ),
    path(
        "o/<slug:organisation>/recommendations/change/",
        changing.recommendations_change,
        name="recommendations_change",
    ),
    path(HERE, sources.source_list, name="source_list"),
    path(f"{HERE}new/", sources.source_create, name="source_create"),
    path(f"{HERE}paste/", sources.source_paste, name="source_paste"),
    path(
        f"{HERE}<uuid:source>/file/",
        importing.recommendations_import,
        name="recommendations_import",
    ),
    path(
        f"{HERE}<uuid:source>/file/save/",
        importing.recommendations_import_preview,
        name="recommendations_import_preview",
    ),
    path(f"{HERE}<uuid:pk>/edit/", sources.source_edit, name="source_edit"),
]
