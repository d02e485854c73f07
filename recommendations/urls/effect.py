from django.urls import path

from recommendations.views import assessments, indicators, partners, readings

HERE = "o/<slug:organisation>"
INDICATOR = f"{HERE}/effect/<uuid:pk>/"
ASSESSMENT = f"{HERE}/assessments/<uuid:pk>/"
PARTNER = f"{HERE}/partners/<uuid:pk>/"

urlpatterns = [
    path(f"{HERE}/effect/", indicators.indicator_list, name="indicator_list"),
    path(f"{HERE}/effect/new/", indicators.indicator_create, name="indicator_create"),
    path(INDICATOR, indicators.indicator_detail, name="indicator_detail"),
    path(f"{INDICATOR}edit/", indicators.indicator_edit, name="indicator_edit"),
    path(f"{INDICATOR}figures/", readings.reading_add, name="reading_add"),
    path(f"{INDICATOR}export/", indicators.indicator_export, name="indicator_export"),
    path(f"{INDICATOR}stop/", indicators.indicator_retire, name="indicator_retire"),
    path(f"{HERE}/assessments/", assessments.assessment_list, name="assessment_list"),
    path(f"{HERE}/assessments/new/", assessments.assessment_create, name="assessment_create"),
    path(ASSESSMENT, assessments.assessment_detail, name="assessment_detail"),
    path(f"{ASSESSMENT}edit/", assessments.assessment_edit, name="assessment_edit"),
    path(f"{ASSESSMENT}sign/", assessments.assessment_sign, name="assessment_sign"),
    path(f"{HERE}/partners/", partners.partner_list, name="partner_list"),
    path(f"{HERE}/partners/new/", partners.partner_add, name="partner_add"),
    path(f"{PARTNER}edit/", partners.partner_edit, name="partner_edit"),
    path(f"{PARTNER}remove/", partners.partner_remove, name="partner_remove"),
]
