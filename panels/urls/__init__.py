from panels.urls import check, gatherings

urlpatterns = [
    *gatherings.urlpatterns,
    *check.urlpatterns,
]
