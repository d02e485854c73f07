"""The command that loads the wordings and checks the reviews before anybody is offered one."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from commitments import catalogue_file as wordings
from commitments.models import Wording
from recommendations import catalogue_file as reviews

pytestmark = pytest.mark.django_db


def call() -> str:
    out = StringIO()
    call_command("load_catalogue", stdout=out)
    return out.getvalue()


def test_it_says_what_it_did() -> None:
    assert call() == "Wordings: 1 read, 1 new.\nReviews: 1 read.\n"
    assert call() == "Wordings: 1 read, 0 new.\nReviews: 1 read.\n"


def test_it_refuses_a_changed_text() -> None:
    call()
    Wording.objects.update(title="Changed by hand")
    with pytest.raises(CommandError, match="new version"):
        call()


def test_it_names_the_mistakes_of_both_and_loads_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.toml").write_text("version = 0")
    for catalogue in (wordings, reviews):
        read = catalogue.load_catalogue
        monkeypatch.setattr(catalogue, "load_catalogue", lambda read=read: read(tmp_path))
    with pytest.raises(CommandError) as refusal:
        call()
    told = str(refusal.value).splitlines()
    assert "broken.toml: 'version' must be a whole number of at least 1, not 0" in told
    assert "broken.toml: 'version' is not known here" in told
    assert Wording.objects.count() == 0


def test_the_dashboard_reads_the_files_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = reviews.reviews()
    monkeypatch.setattr(reviews, "load_catalogue", lambda: 1 / 0)
    assert reviews.reviews() is first
