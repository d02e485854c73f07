from django.urls import path

from panels.views import line_up, session_counts, sessions

LINE_UP = "o/<slug:organisation>/events/<uuid:pk>/line-up/"
SESSION = f"{LINE_UP}<uuid:session>/"

urlpatterns = [
    path(LINE_UP, line_up.line_up, name="line_up"),
    path(f"{LINE_UP}several/", line_up.sessions_change, name="sessions_change"),
    path(f"{LINE_UP}new/", sessions.session_create, name="session_create"),
    path(SESSION, sessions.session_edit, name="session_edit"),
    path(f"{SESSION}remove/", sessions.session_remove, name="session_remove"),
    path(f"{SESSION}women/", session_counts.session_count, name="session_count"),
]
