from django.urls import path

from commitments.views import record

OWN = "me/pledges/<uuid:pk>/"

urlpatterns = [
    path(OWN, record.my_pledge, name="my_pledge"),
    path(f"{OWN}record.csv", record.record_csv, name="record_csv"),
    path(f"{OWN}figures.csv", record.figures_csv, name="figures_csv"),
    path(f"{OWN}record.pdf", record.record_pdf, name="record_pdf"),
]
