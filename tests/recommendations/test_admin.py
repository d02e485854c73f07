"""Whoever runs the installation reads; changes go through the pages that write the history."""

from django.contrib import admin
from django.test import RequestFactory

from organisations.models import Organisation, User
from recommendations.models import Recommendation, Source
from tests.factories.recommendations import RecommendationFactory


def test_nothing_can_be_changed_here(harbour: Organisation) -> None:
    request = RequestFactory().get("/admin/")
    request.user = User(is_staff=True, is_superuser=True)
    for model in (Source, Recommendation):
        page = admin.site.get_model_admin(model)
        assert page.has_view_permission(request)
        assert not page.has_add_permission(request)
        assert not page.has_change_permission(request)
        assert not page.has_delete_permission(request)


def test_rows_have_names(harbour: Organisation) -> None:
    found = RecommendationFactory(organisation=harbour, reference="1.7", title="Meet")
    assert (str(found), str(found.source)) == ("1.7 Meet", found.source.title)
    assert found.source.get_absolute_url() == "/o/harbour-minds/recommendations/"
