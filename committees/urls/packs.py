from django.urls import path

from committees.urls.meetings import MEETINGS
from committees.views import pack_files, pack_links, packs

PACKS = "o/<slug:organisation>/packs/"
PACK = f"{PACKS}<uuid:pk>/"

urlpatterns = [
    path(f"{MEETINGS}pack/", packs.pack_freeze, name="pack_freeze"),
    path(PACKS, packs.pack_list, name="pack_list"),
    path(PACK, packs.pack_detail, name="pack_detail"),
    path(f"{PACK}minutes/", packs.pack_minutes, name="pack_minutes"),
    path(f"{PACK}paper/", pack_files.pack_paper, name="pack_paper"),
    path(f"{PACK}paper/again/", pack_files.pack_paper_again, name="pack_paper_again"),
    path(f"{PACK}pack.pdf", pack_files.pack_pdf, name="pack_pdf"),
    path(f"{PACK}export/", pack_files.pack_export, name="pack_export"),
    path(f"{PACK}links/", pack_links.pack_link_make, name="pack_link_make"),
    path(
        "o/<slug:organisation>/pack-links/<uuid:pk>/end/",
        pack_links.pack_link_end,
        name="pack_link_end",
    ),
    path("p/<str:token>/", pack_links.pack_read, name="pack_read"),
    path("p/<str:token>/pack.pdf", pack_links.pack_read_pdf, name="pack_read_pdf"),
]
