from django.urls import path

from commitments.views import making, previewing, publishing, revising

DRAFT = "pledges/make/<uuid:pk>"

urlpatterns = [
    path("pledges/make/", making.pledge_start, name="pledge_start"),
    path(f"{DRAFT}/who/", making.pledge_who, name="pledge_who"),
    path(f"{DRAFT}/promises/", making.pledge_promises, name="pledge_promises"),
    path(f"{DRAFT}/own/", making.pledge_own, name="pledge_own"),
    path(f"{DRAFT}/standards/", making.pledge_standards, name="pledge_standards"),
    path(f"{DRAFT}/rhythm/", making.pledge_rhythm, name="pledge_rhythm"),
    path(f"{DRAFT}/shows/", making.pledge_shows, name="pledge_shows"),
    path(f"{DRAFT}/check/", publishing.pledge_check, name="pledge_check"),
    path(f"{DRAFT}/publish/", publishing.pledge_publish, name="pledge_publish"),
    path(f"{DRAFT}/drop/", publishing.draft_drop, name="draft_drop"),
    path(f"{DRAFT}/preview/", previewing.preview_make, name="preview_make"),
    path(f"{DRAFT}/preview/close/", previewing.preview_close, name="preview_close"),
    path("r/<str:token>/draft/", previewing.draft_preview, name="draft_preview"),
    path("me/pledges/<uuid:pk>/settings/", revising.pledge_settings, name="pledge_settings"),
    path("me/pledges/<uuid:pk>/revise/", revising.pledge_revise, name="pledge_revise"),
    path("me/pledges/<uuid:pk>/revise/drop/", revising.revision_drop, name="revision_drop"),
    path("pledges/<str:slug>/versions/", revising.pledge_versions, name="pledge_versions"),
]
