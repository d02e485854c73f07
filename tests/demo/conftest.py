"""The demo data, told once for each file of tests."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """In one transaction that is thrown away at the end. What the command said."""
    said = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(IS_DEVELOPMENT=True):
            call_command("seed_demo", stdout=said)
        yield said.getvalue()
        transaction.set_rollback(True)
