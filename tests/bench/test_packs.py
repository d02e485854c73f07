"""The bench of packs: it measures both parts and leaves nothing behind."""

import pytest

from bench import packs
from bench.seed import MEASURED_PERSON
from committees.models import Pack
from organisations.models import Organisation
from tests.factories.organisations import UserFactory


def test_it_measures_and_nothing_stays(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "RECOMMENDATIONS", 3)
    UserFactory(email=MEASURED_PERSON)
    found = list(packs.works())
    assert [each.name for each in found] == ["freezing 3 recommendations", "typesetting that pack"]
    assert all(each.median > 0 for each in found)
    assert (Pack.objects.count(), Organisation.objects.count()) == (0, 0)
