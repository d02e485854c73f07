from django.urls import path

from panels.urls.gatherings import EVENTS
from panels.views import planner, stepping_aside

OF_ONE = f"{EVENTS}<uuid:pk>/"

urlpatterns = [
    path(f"{OF_ONE}seats/", planner.seat_planner, name="seat_planner"),
    path(f"{OF_ONE}without-you/", stepping_aside.step_aside, name="step_aside"),
]
