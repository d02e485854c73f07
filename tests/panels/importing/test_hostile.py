"""Whatever is sent as a file is refused in words at its field or read; it is never our error."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bench.hostile_files import FILES
from panels.models import Gathering, Session, Upload
from tests.panels.importing.conftest import sent, start, step
from tests.panels.pages import errors

# Read in seconds each; reading them is measured by the bench.
LARGE = {name for name in FILES if name.startswith(("50,000", "1,000,000 rows (Excel)"))}
NAMES = sorted(set(FILES) - LARGE)
MANGLED = "<script>alert(1)</script>"
TURNED = "\u202eعائشة‏ <b>Obi</b>"


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_is_refused_at_the_field_or_read(
    as_alice: Client, conference: Gathering, name: str
) -> None:
    make, refusal = FILES[name]
    response = as_alice.post(start(conference), sent(make(), "line-up"))
    upload = Upload.objects.first()
    if upload is not None and upload.columns:
        uses = {f"column-{at}": use for at, (_, use) in enumerate(upload.columns)}
        response = as_alice.post(step(upload, "columns"), uses)
    if refusal is None:
        assert response.status_code == 302
        assert as_alice.get(response["Location"]).status_code == 200
        return
    found = errors(response)
    assert response.status_code == 200
    assert list(found) == ["column-0" if upload else "file"]
    assert refusal in next(iter(found.values()))[0] or name in {"empty file", "6 MB of text"}


@pytest.mark.parametrize("name", ["", ".", "a" * 250 + ".csv", "../../etc/passwd", MANGLED, TURNED])
def test_a_name_of_a_file_says_nothing(as_alice: Client, conference: Gathering, name: str) -> None:
    file = SimpleUploadedFile("x", b"Ada Obi\nBo Li")
    file._name = name  # type: ignore[attr-defined]
    response = as_alice.post(start(conference), {"file": file, "text": ""})
    assert response.status_code in {200, 302}
    assert Session.objects.count() == 0


def test_nul_that_was_pasted_is_refused_in_words(as_alice: Client, conference: Gathering) -> None:
    response = as_alice.post(start(conference), {"text": "Ada\x00 Obi"})
    assert response.status_code == 400
    assert "not text that can be stored" in response.content.decode()


@pytest.mark.parametrize("written", [MANGLED, TURNED, "=1+1", "a" * 160, "{{ 7|add:7 }}", "\ud83d"])
def test_names_are_shown_as_they_are_written(
    as_alice: Client, conference: Gathering, written: str
) -> None:
    as_alice.post(
        start(conference), {"text": f"Talk:\n{written}\nBo Li".encode("utf-8", "replace").decode()}
    )
    upload = Upload.objects.get()
    shown = as_alice.get(step(upload, "confirm"))
    assert shown.status_code == 200
    assert "<script>alert" not in shown.content.decode()
    assert "\u202e" not in shown.content.decode()
    saved = as_alice.post(step(upload, "confirm"), follow=True)
    assert saved.status_code == 200
    assert Session.objects.get().seats.count() == 2


def test_headings_are_shown_as_they_are_written(as_alice: Client, conference: Gathering) -> None:
    content = f'"{MANGLED}",name,"<b>x"\nOne,"{MANGLED}",<i>y\nTwo,Bo Li,{TURNED}'.encode()
    as_alice.post(start(conference), sent(content))
    upload = Upload.objects.get()
    page: Any = as_alice.get(step(upload, "columns")).content.decode()
    assert "<script>alert" not in page
    assert "<i>y" not in page
    assert "\u202e" not in page
    as_alice.post(step(upload, "columns"), {"column-1": "name"})
    shown = as_alice.get(step(upload, "confirm")).content.decode()
    assert "<script>alert" not in shown
    assert "<b>x" not in shown


@pytest.mark.parametrize("name", ["columns", "confirm"])
def test_hostile_choices_are_refused(as_alice: Client, uploaded: Upload, name: str) -> None:
    data = {f"column-{n}": "x" * 10_000 for n in range(8)} | {"main_stage": [MANGLED] * 100}
    assert as_alice.post(step(uploaded, name), data).status_code in {200, 302}
    assert Session.objects.count() == 0
