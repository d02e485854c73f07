"""Where invented people may not go."""

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from organisations.models import Organisation, User
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_it_refuses_outside_development() -> None:
    with pytest.raises(CommandError, match="never in an installation"):
        call_command("seed_demo")
    assert Organisation.objects.count() == 0


@override_settings(IS_DEVELOPMENT=True)
def test_if_empty_leaves_a_database_that_is_in_use() -> None:
    OrganisationFactory(name="A real one")
    call_command("seed_demo", if_empty=True)
    assert Organisation.objects.count() == 1
    assert User.objects.count() == 0


@override_settings(IS_DEVELOPMENT=True)
def test_it_is_whole_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("half-way")

    monkeypatch.setattr("demo.story.fill_tables", fail)
    with pytest.raises(RuntimeError, match="half-way"):
        call_command("seed_demo", verbosity=0)
    assert Organisation.objects.count() == User.objects.count() == 0
