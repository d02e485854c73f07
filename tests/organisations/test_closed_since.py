"""Postgres keeps since when an account is closed, whichever way it was."""

from datetime import timedelta

import pytest
from django.utils import timezone

from organisations.models import User

pytestmark = pytest.mark.django_db


def test_closing_and_opening(bea: User, alice: User) -> None:
    User.objects.filter(pk=bea.pk).update(is_active=False)
    bea.refresh_from_db()
    assert bea.closed_at is not None
    assert abs(timezone.now() - bea.closed_at) < timedelta(minutes=1)
    since = bea.closed_at - timedelta(days=3)
    User.objects.filter(pk=bea.pk).update(closed_at=since)
    bea.refresh_from_db()
    bea.display_name = "Another name"
    bea.save()
    bea.refresh_from_db()
    assert bea.closed_at == since
    bea.is_active = True
    bea.save()
    bea.refresh_from_db()
    alice.refresh_from_db()
    assert (bea.closed_at, alice.closed_at) == (None, None)
