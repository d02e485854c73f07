"""Whoever runs the installation may look at what is public, and change nothing."""

from django.contrib import admin
from django.test import RequestFactory

from commitments.models import CheckIn, Invitation, Pledge
from organisations.models import User


def test_it_shows_what_is_public_and_changes_nothing(pledge: Pledge, draft_of_bea: Pledge) -> None:
    request = RequestFactory().get("/admin/")
    request.user = User.objects.create_superuser("root@example.org")
    pledges = admin.site._registry[Pledge]
    assert list(pledges.get_queryset(request)) == [pledge]
    assert not pledges.has_add_permission(request)
    assert not pledges.has_change_permission(request)
    assert not pledges.has_delete_permission(request)


def test_private_records_are_not_registered() -> None:
    assert Invitation not in admin.site._registry
    assert CheckIn not in admin.site._registry
