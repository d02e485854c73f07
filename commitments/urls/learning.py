from django.urls import path

from commitments.views import learning, learning_import

SHELF = "o/<slug:organisation>/learning/"
ITEM = f"{SHELF}<uuid:pk>/"

urlpatterns = [
    path(SHELF, learning.learning_list, name="learning_list"),
    path(f"{SHELF}new/", learning.learning_add, name="learning_add"),
    path(f"{SHELF}many/", learning_import.learning_import, name="learning_import"),
    path(f"{SHELF}many/template/", learning_import.learning_template, name="learning_template"),
    path(ITEM, learning.learning_detail, name="learning_detail"),
    path(f"{ITEM}edit/", learning.learning_edit, name="learning_edit"),
    path(f"{ITEM}remove/", learning.learning_remove, name="learning_remove"),
    path(f"{ITEM}dates/new/", learning.learning_date_add, name="learning_date_add"),
    path(
        f"{ITEM}dates/<int:day>/remove/",
        learning.learning_date_remove,
        name="learning_date_remove",
    ),
]
