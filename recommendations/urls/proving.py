from django.urls import path

from recommendations.views import covering, evidence, evidence_reading, proving

HERE = "o/<slug:organisation>/recommendations/"
RECOMMENDATION = f"{HERE}<uuid:recommendation>/"
ACTION = f"{RECOMMENDATION}actions/<uuid:pk>/"
EVIDENCE = f"{HERE}evidence/<uuid:pk>/"

urlpatterns = [
    path(ACTION, proving.action_detail, name="action_detail"),
    path(f"{ACTION}happened/", proving.occurrence_add, name="occurrence_add"),
    path(
        f"{RECOMMENDATION}happened/<uuid:pk>/take-back/",
        proving.occurrence_remove,
        name="occurrence_remove",
    ),
    path(f"{ACTION}parts/", covering.units_edit, name="units_edit"),
    path(f"{RECOMMENDATION}parts/<uuid:pk>/", covering.unit_cover, name="unit_cover"),
    path(f"{ACTION}count/", covering.coverage_count, name="coverage_count"),
    path(f"{ACTION}in-place/", covering.embedding_check, name="embedding_check"),
    path(f"{RECOMMENDATION}evidence/", evidence.evidence_list, name="evidence_list"),
    path(f"{RECOMMENDATION}evidence/add/", evidence.evidence_add, name="evidence_add"),
    path(EVIDENCE, evidence.evidence_detail, name="evidence_detail"),
    path(f"{EVIDENCE}new-version/", evidence.evidence_version, name="evidence_version"),
    path(f"{EVIDENCE}withdraw/", evidence.evidence_withdraw, name="evidence_withdraw"),
    path(f"{EVIDENCE}public/", evidence_reading.evidence_publish, name="evidence_publish"),
    path(f"{EVIDENCE}keep/", evidence_reading.evidence_keep, name="evidence_keep"),
    path(f"{EVIDENCE}internal/", evidence_reading.evidence_unpublish, name="evidence_unpublish"),
    path(f"{EVIDENCE}versions/<int:number>/", evidence_reading.evidence_file, name="evidence_file"),
]
