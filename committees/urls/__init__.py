from committees.urls import advice, decisions, groups, meetings, packs

urlpatterns = [
    *advice.urlpatterns,
    *decisions.urlpatterns,
    *groups.urlpatterns,
    *meetings.urlpatterns,
    *packs.urlpatterns,
]
