from django.urls import path

from panels.views import over_time

EVENTS = "o/<slug:organisation>/events/"

urlpatterns = [
    path(f"{EVENTS}over-time/", over_time.trends, name="trends"),
    path(f"{EVENTS}over-time/figures.csv", over_time.trends_csv, name="trends_csv"),
    path(f"{EVENTS}over-time/figures.xlsx", over_time.trends_xlsx, name="trends_xlsx"),
]
