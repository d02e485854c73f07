"""The wording gets into the database once, and is never changed under a signed pledge."""

from dataclasses import replace

import pytest
from django.utils import timezone

from commitments.actions import WordingChangedError, load_wording
from commitments.catalogue_file import load_catalogue
from commitments.enums import PledgeVerb
from commitments.models import Wording, WordingPromise
from history.models import Entry


@pytest.mark.django_db
def test_loading_twice_writes_once() -> None:
    (entry,) = load_catalogue()
    assert load_wording(entry=entry, now=timezone.now())
    assert not load_wording(entry=entry, now=timezone.now())
    wording = Wording.objects.get()
    assert (wording.women_numerator, wording.women_denominator) == (1, 2)
    assert (wording.minoritised_numerator, wording.minoritised_denominator) == (1, 5)
    assert list(wording.promises.order_by("position").values_list("group", flat=True)) == [
        *["committing"] * 4,
        *["also"] * 4,
    ]
    assert Entry.objects.filter(verb=PledgeVerb.WORDING_LOADED).count() == 1


@pytest.mark.django_db
def test_a_text_that_changed_needs_a_new_version() -> None:
    (entry,) = load_catalogue()
    load_wording(entry=entry, now=timezone.now())
    changed = replace(entry, promises=(replace(entry.promises[0], text="New"), *entry.promises[1:]))
    with pytest.raises(WordingChangedError):
        load_wording(entry=changed, now=timezone.now())
    assert not WordingPromise.objects.filter(text="New").exists()
    assert load_wording(entry=replace(changed, version=2), now=timezone.now())
    assert Wording.objects.count() == 2


@pytest.mark.django_db
def test_loading_rolls_back_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    (entry,) = load_catalogue()
    monkeypatch.setattr("commitments.actions.catalogue.record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        load_wording(entry=entry, now=timezone.now())
    assert Wording.objects.count() == 0
