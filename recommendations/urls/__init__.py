from recommendations.urls import closing, dashboards, effect, plan, proving, sources

urlpatterns = [
    *closing.urlpatterns,
    *dashboards.urlpatterns,
    *effect.urlpatterns,
    *plan.urlpatterns,
    *proving.urlpatterns,
    *sources.urlpatterns,
]
