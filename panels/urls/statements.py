from django.urls import path

from panels.views import statements, statements_public

HERE = "o/<slug:organisation>/events/<uuid:pk>/share/"
PUBLIC = "line-ups/<str:slug>/"

urlpatterns = [
    path(HERE, statements.statement_share, name="statement_share"),
    path(
        f"{HERE}<uuid:statement>/take-back/",
        statements.statement_revoke,
        name="statement_revoke",
    ),
    path(PUBLIC, statements_public.statement_public, name="statement_public"),
    path(f"{PUBLIC}picture.png", statements_public.statement_image, name="statement_image"),
    path(f"{PUBLIC}line-up.pdf", statements_public.statement_pdf, name="statement_pdf"),
    path(f"{PUBLIC}embed/", statements_public.statement_embed, name="statement_embed"),
    path("r/<str:token>/line-up/", statements_public.statement_link, name="statement_link"),
]
