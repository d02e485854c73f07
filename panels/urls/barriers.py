from django.urls import path

from panels.views import barriers

EVENTS = "o/<slug:organisation>/events/"

urlpatterns = [
    path(f"{EVENTS}<uuid:pk>/barriers/", barriers.barriers_edit, name="barriers_edit"),
    path(f"{EVENTS}checklist/", barriers.checklist_edit, name="checklist_edit"),
    path(f"{EVENTS}checklist/step/", barriers.checklist_step, name="checklist_step"),
    path(f"{EVENTS}checklist/line/<slug:key>/", barriers.checklist_line, name="checklist_line"),
]
