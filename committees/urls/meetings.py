from django.urls import path

from committees.urls.groups import GROUPS
from committees.views import agenda, meetings

MEETINGS = "o/<slug:organisation>/meetings/<uuid:pk>/"
ITEM = "o/<slug:organisation>/agenda/<uuid:pk>/"

urlpatterns = [
    path(f"{GROUPS}<uuid:pk>/meetings/new/", meetings.meeting_plan, name="meeting_plan"),
    path(
        f"{GROUPS}<uuid:group>/meetings/<uuid:pk>/", meetings.meeting_record, name="meeting_record"
    ),
    path(MEETINGS, meetings.meeting_detail, name="meeting_detail"),
    path(f"{MEETINGS}edit/", meetings.meeting_edit, name="meeting_edit"),
    path(f"{MEETINGS}apologies/", meetings.apologies_edit, name="apologies_edit"),
    path(f"{MEETINGS}agenda/", agenda.agenda_edit, name="agenda_edit"),
    path(ITEM, agenda.agenda_item_edit, name="agenda_item_edit"),
    path(f"{ITEM}move/", agenda.agenda_item_move, name="agenda_item_move"),
    path(f"{ITEM}remove/", agenda.agenda_item_remove, name="agenda_item_remove"),
]
