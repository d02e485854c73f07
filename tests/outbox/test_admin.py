"""Whoever runs the installation sees what was sent, never a word of it and never a code."""

import pytest
from django.contrib.admin import site
from django.test import RequestFactory

from organisations.models import User
from outbox.actions import beat
from outbox.admin import EmailAdmin, SuppressionAdmin
from outbox.enums import Phase
from outbox.models import Attempt, Email, Heartbeat, Suppression
from tests.factories.outbox import EmailFactory, SuppressionFactory

pytestmark = pytest.mark.django_db


def test_codes_and_words_are_left_out(alice: User) -> None:
    EmailFactory(sign_in=True)
    email = EmailFactory()
    request = RequestFactory().get("/admin/")
    request.user = alice
    page = EmailAdmin(Email, site)
    assert list(page.get_queryset(request)) == [email]
    assert set(page.get_fields(request)).isdisjoint({"text", "html", "subject", "headers"})
    assert page.has_add_permission(request) is False
    assert page.has_change_permission(request) is False
    assert page.has_delete_permission(request) is False


@pytest.mark.parametrize("may", [True, False])
def test_only_who_runs_the_installation_lifts_a_suppression(may: bool, alice: User) -> None:
    request = RequestFactory().get("/admin/")
    request.user = alice
    alice.is_superuser = may
    assert SuppressionAdmin(Suppression, site).has_delete_permission(request) is may


def test_rows_name_themselves() -> None:
    email = EmailFactory(failed=True)
    assert str(email) == "Reminders (Failed)"
    assert str(SuppressionFactory(address="gone@example.org")) == "gone@example.org"
    attempt = Attempt(email_id=email.id, at=email.created_at, phase=Phase.SENT)
    assert str(attempt) == f"Sent {email.created_at:%Y-%m-%d %H:%M}"
    beat("tick", now=email.created_at)
    assert str(Heartbeat.objects.get()) == f"tick {email.created_at:%Y-%m-%d %H:%M}"
