from panels.urls import (
    barriers,
    check,
    declaring,
    gatherings,
    importing,
    line_up,
    over_time,
    planner,
    statements,
    three_questions,
)

urlpatterns = [
    *barriers.urlpatterns,
    *gatherings.urlpatterns,
    *check.urlpatterns,
    *declaring.urlpatterns,
    *planner.urlpatterns,
    *line_up.urlpatterns,
    *importing.urlpatterns,
    *over_time.urlpatterns,
    *statements.urlpatterns,
    *three_questions.urlpatterns,
]
